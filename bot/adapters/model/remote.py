"""The model behind the port: endpoints in their order, one deadline over all that is tried."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from bot.adapters.model.breaker import Breaker
from bot.adapters.model.endpoints import Endpoint
from bot.adapters.model.failures import Place
from bot.adapters.model.line import Line
from bot.adapters.model.talk import Talk
from bot.adapters.model.till import Till
from bot.errors import BudgetError, ModelError
from bot.ports import Meter, ModelReply, ModelRequest, ModelTask, Payer, Rung, Usage

log = logging.getLogger(__name__)

CHECK_TOKENS: Final = 512
"""Enough for a model that thinks before it says one word."""

CHECK_SECONDS: Final = 30
"""Longest time for a check: somebody sits and waits for it."""

CHECK_SCHEMA: Final = {
    "type": "object",
    "properties": {"open": {"type": "boolean"}},
    "required": ["open"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Checked:
    """How one model at one endpoint answers. `problem` is empty if all is well, else a sentence."""

    endpoint: str
    model: str
    problem: str = ""
    rung: Rung | None = None
    seconds: float = 0


class RemoteModel:
    """Implements `Model` with endpoints of chat.completions. An async context manager.

    The endpoints are asked in their order, each as long as its failures may pass (`talk` has the
    table of requests), and the next one when it cannot help: because it is down, because its key,
    quota or budget is used up, or because it refuses, cannot read so much, or writes nonsense.

    Args:
        endpoints: the first choice first.
        meter: what every single request is paid through.
        deadline_seconds: longest time for one question, over all endpoints, tries and waits.
        monotonic: seconds of a clock that is never set, for how long a failing endpoint is left
            alone.
        backoff_seconds: the first wait before a second try, which doubles.

    Raises:
        ValueError: two endpoints have one name.
    """

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        meter: Meter,
        *,
        deadline_seconds: float = 120,
        monotonic: Callable[[], float] = time.monotonic,
        backoff_seconds: float = 0.5,
    ) -> None:
        if len({endpoint.name for endpoint in endpoints}) < len(endpoints):
            raise ValueError("Every endpoint needs a name of its own.")
        self._endpoints = tuple(endpoints)
        self._till = Till(meter)
        self._deadline_seconds = deadline_seconds
        self._monotonic = monotonic
        self._backoff_seconds = backoff_seconds
        self._lines: list[Line] = []

    async def __aenter__(self) -> Self:
        """Open the doors to the endpoints; none is asked yet."""
        self._lines = [
            Line(
                endpoint,
                self._till,
                Breaker(self._monotonic),
                backoff_seconds=self._backoff_seconds,
            )
            for endpoint in self._endpoints
        ]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections, and wait until all that was spent is written down."""
        for line in self._lines:
            await line.close()
        await self._till.close()

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Return the first reply that fits the request's schema.

        Raises:
            BudgetError: no endpoint may be paid for it.
            ModelError: no endpoint gave such a reply before the deadline. Its kind is "too_long" if
                one would have read a shorter prompt, else that of the first choice's failure.
            ValueError: the model is not open.
        """
        if not self._lines:
            raise ValueError("Open the model first: async with RemoteModel(…) as model.")
        lines = [line for line in self._lines if line.endpoint.models.get(request.task)]
        return await self._ask_in_turn(lines, request, self._deadline_seconds)

    async def check(self, payer: Payer) -> tuple[Checked, ...]:
        """Ask every model of every endpoint for one word, and return how each answers.

        It costs a few tokens, which the payer pays.
        """
        asked = [(line, task) for line in self._lines for task in _one_task_per_model(line)]
        return tuple([await self._check(line, task, payer) for line, task in asked])

    async def _check(self, line: Line, task: ModelTask, payer: Payer) -> Checked:
        request = ModelRequest(
            task=task,
            system="You answer in JSON.",
            user="Is this line open?",
            schema_name="line",
            schema=CHECK_SCHEMA,
            max_tokens=CHECK_TOKENS,
            temperature=0,
            payer=payer,
        )
        names = (line.endpoint.name, line.endpoint.models[task])
        start = asyncio.get_running_loop().time()
        try:
            seconds = min(CHECK_SECONDS, self._deadline_seconds)
            reply = await self._ask_in_turn([line], request, seconds)
        except ModelError as error:
            return Checked(*names, problem=str(error))
        took = asyncio.get_running_loop().time() - start
        return Checked(*names, rung=reply.rung, seconds=took)

    async def _ask_in_turn(
        self, lines: Sequence[Line], request: ModelRequest, seconds: float
    ) -> ModelReply:
        failures: list[ModelError] = []
        usages: list[Usage] = []
        try:
            async with asyncio.timeout(seconds) as limit:
                for line in lines:
                    try:
                        return await line.ask(self._talk(line, request, limit, usages))
                    except ModelError as error:
                        _log_failure(line, error)
                        failures.append(error)
        except TimeoutError as error:
            sentence = f"No model replied within {seconds:g} seconds."
            failures.append(ModelError(sentence, kind="timeout"))
            raise _sum_up(failures, request.task) from error
        raise _sum_up(failures, request.task)

    def _talk(
        self, line: Line, request: ModelRequest, limit: asyncio.Timeout, usages: list[Usage]
    ) -> Talk:
        now = asyncio.get_running_loop().time
        endpoint = line.endpoint
        model = endpoint.models[request.task]
        return Talk(
            request,
            Place(endpoint.name, model, endpoint.key),
            line.dialect_of(model),
            left_seconds=lambda: (limit.when() or 0) - now(),
            usages=usages,
        )


def _one_task_per_model(line: Line) -> Iterator[ModelTask]:
    models = line.endpoint.models
    yield from {model: task for task, model in models.items() if model}.values()


def _log_failure(line: Line, error: ModelError) -> None:
    facts = {"endpoint": line.endpoint.name, "kind": error.kind, "reason": str(error)}
    log.warning("model passed over", extra=facts)


def _sum_up(failures: Sequence[ModelError], task: ModelTask) -> ModelError:
    """Return one error for all of them."""
    if not failures:
        sentence = f"No endpoint has a model for the task {task}; name one in the settings."
        return ModelError(sentence, kind="missing")
    if len(failures) == 1 or all(isinstance(error, BudgetError) for error in failures):
        return failures[0]
    kinds = [error.kind for error in failures]
    kind = "too_long" if "too_long" in kinds else kinds[0]
    return ModelError(" ".join(str(error) for error in failures), kind=kind)
