"""Fakes of the ports `Model` and `Meter`: a model that reads from a script, and purses."""

from collections.abc import Callable, Sequence

from bot.adapters.model.contents import find_fitting
from bot.errors import BudgetError, ModelError
from bot.ports import ModelReply, ModelRequest, PlannedCall, Reservation, Rung, Usage

Line = str | ModelError
"""What a scripted model says: the text of its reply, or what it raises."""


class FakeModel:
    """A model that says what the script tells it, fences, thoughts and nonsense included.

    Like the real one it returns the first object in it that fits the schema, written compactly, and
    raises a `ModelError` of the kind "misfit" if there is none.

    Args:
        replies: one for each request in turn, or a function that makes each from its request.
        model: what the model is called.
        rung: how it was asked, as its replies say.
    """

    def __init__(
        self,
        replies: Sequence[Line] | Callable[[ModelRequest], Line],
        *,
        model: str = "fake-model",
        rung: Rung = "json_schema",
    ) -> None:
        self.requests: list[ModelRequest] = []
        self._say = replies if callable(replies) else self._reader(replies)
        self._model = model
        self._rung = rung

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Note the request and say the next line; a token for every four bytes."""
        self.requests.append(request)
        line = self._say(request)
        if isinstance(line, ModelError):
            raise line
        found = find_fitting(line, request.schema)
        if found is None:
            raise ModelError("The fake model's reply does not fit its schema.", kind="misfit")
        asked = len((request.system + request.user).encode()) // 4
        usage = Usage(self._model, asked, len(line.encode()) // 4)
        return ModelReply(found, self._model, self._rung, (usage,))

    def _reader(self, replies: Sequence[Line]) -> Callable[[ModelRequest], Line]:
        lines = iter(replies)

        def read(request: ModelRequest) -> Line:
            line = next(lines, None)
            if line is None:
                raise ValueError(f"The script has no reply left for {request.user!r}.")
            return line

        return read


class FreeMeter:
    """A meter of models that cost nothing; notes what was planned."""

    def __init__(self) -> None:
        self.calls: list[PlannedCall] = []

    async def reserve(self, call: PlannedCall) -> Reservation:
        """Allow the call at once."""
        self.calls.append(call)
        return Reservation("")

    async def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """Count nothing."""

    async def cancel(self, reservation: Reservation) -> None:
        """Count nothing."""


class FakeMeter:
    """A purse of tokens, in memory; every reservation may be closed once.

    Args:
        tokens: how many there are.
        waits: how long each reservation in turn is told to wait, in seconds; those after them not.
    """

    def __init__(self, tokens: int = 1_000_000, waits: Sequence[float] = ()) -> None:
        self.left = tokens
        self.calls: list[PlannedCall] = []
        self.open: dict[str, int] = {}
        """What is set aside, by the reservation's id."""
        self.settled: list[Usage | None] = []
        self.cancelled = 0
        self._waits = list(waits)

    async def reserve(self, call: PlannedCall) -> Reservation:
        """Set the most that the call can use aside."""
        most = call.tokens_in + call.max_tokens
        if most > self.left:
            raise BudgetError(f"The purse holds {self.left} tokens, and the call may use {most}.")
        self.calls.append(call)
        self.left -= most
        reservation = Reservation(str(len(self.calls)), self._waits.pop(0) if self._waits else 0)
        self.open[reservation.id] = most
        return reservation

    async def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """Give back what was not used; nothing, if nobody knows."""
        most = self.open.pop(reservation.id)
        self.left += most - (usage.tokens_in + usage.tokens_out) if usage else 0
        self.settled.append(usage)

    async def cancel(self, reservation: Reservation) -> None:
        """Give all of it back."""
        self.left += self.open.pop(reservation.id)
        self.cancelled += 1
