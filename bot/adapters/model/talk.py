"""One request's way through one endpoint: what is tried after each failure.

What an endpoint does, and how many requests it then gets for one question:

| the endpoint | requests |
| --- | --- |
| gives a reply that fits | 1 |
| fails in passing (429, 5xx, 408, 409, connection, half a stream), always | 3 |
| wants to be asked again later than in 30 s, or after the deadline | 1 |
| does not know `json_schema` | 2, and 1 from then on |
| knows no `response_format` at all | 3, and 1 from then on |
| does not know `max_tokens`, `temperature` or `stream_options` | 1 more for each, once |
| replies with nothing, or with what does not fit, on every rung | 3 |
| refuses key, model, length or content; quota used up; time-out; cut off; endless; no API | 1 |
| all of that together | 8 at most |
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.adapters.model.dialects import Dialect
from bot.adapters.model.failures import EndpointError, Parameter, Place
from bot.ports import ModelRequest, Usage

MAX_RETRIES: Final = 2
"""Requests after the first for failures that may pass, whatever else happens."""

MAX_RETRY_AFTER_SECONDS: Final = 30
"""Who wants us to come back later than this is passed over instead."""

MAX_REQUESTS: Final = 1 + MAX_RETRIES + 2 + 3
"""The first, what passes, two rungs down, three parameters left out."""

Step = Literal["again", "otherwise", "over"]


@dataclass
class Talk:
    """How it stands. `left_seconds` says how long it is until the deadline."""

    request: ModelRequest
    place: Place
    dialect: Dialect
    left_seconds: Callable[[], float]
    step: Step = "over"
    is_sending: bool = False
    """Whether the endpoint has the last request: it is no longer waiting for its turn or money."""

    retry_after_seconds: float = 0
    """What the endpoint said last of when to come back, 0 if it did not."""

    usages: list[Usage] = field(default_factory=list)
    learnt: Dialect = field(init=False)
    """What the endpoint has refused; what single replies fail at counts when others worked."""

    _retries: int = 0

    def __post_init__(self) -> None:
        self.learnt = self.dialect

    def note(self, error: EndpointError) -> None:
        """Decide what comes next: the same again, the same asked otherwise, or nothing."""
        self.step, self.retry_after_seconds = "over", 0
        if error.is_passing:
            self._try_again(error.retry_after_seconds)
        elif error.refused:
            self._leave_out(error.refused)
        elif error.may_be_the_rung:
            self._ask_with(self.dialect.lower())

    def _try_again(self, retry_after_seconds: float) -> None:
        if self._retries < MAX_RETRIES and retry_after_seconds <= MAX_RETRY_AFTER_SECONDS:
            self._retries += 1
            self.step, self.retry_after_seconds = "again", retry_after_seconds

    def _leave_out(self, parameter: Parameter) -> None:
        poorer = self.dialect.without(parameter)
        # who refuses a rung that we only came to by a bad reply may well know the one above
        if poorer and (parameter != "response_format" or self.learnt.rung == self.dialect.rung):
            self.learnt = self.learnt.without(parameter) or self.learnt
        self._ask_with(poorer)

    def _ask_with(self, dialect: Dialect | None) -> None:
        if dialect:
            self.dialect, self.step = dialect, "otherwise"
