"""The circuit breaker of an endpoint: who fails again and again is left alone for a while."""

from collections.abc import Callable


class Breaker:
    """Closed, open, or half open: then one request tries whether the endpoint works again.

    Args:
        monotonic: seconds of a clock that is never set.
        failures: so many in a row open it.
        open_seconds: how long it then stays open.
    """

    def __init__(
        self, monotonic: Callable[[], float], *, failures: int = 5, open_seconds: float = 30
    ) -> None:
        self._monotonic = monotonic
        self._limit = failures
        self._open_seconds = open_seconds
        self._failures = 0
        self._open_until = 0.0
        self._is_open = False
        self._is_probing = False
        self._era = 0
        """Counts how often it opened: what was sent before says nothing any more."""

    @property
    def wait_seconds(self) -> float:
        """How long the endpoint is left alone yet; 0 if it may be asked, or is being tried."""
        return max(0.0, self._open_until - self._monotonic()) if self._is_open else 0.0

    def admits(self) -> bool:
        """Tell whether a request may be sent now."""
        return not self._is_open or (self.wait_seconds == 0 and not self._is_probing)

    def enter(self) -> int | None:
        """Return a ticket for one request, to be handed to `leave`; `None` if none may be sent."""
        if not self.admits():
            return None
        self._is_probing = self._is_open
        return self._era

    def leave(self, ticket: int, *, worked: bool | None) -> None:
        """Note how the request ended; `None` if that says nothing of the endpoint."""
        if ticket != self._era:
            return
        was_probing, self._is_probing = self._is_probing, False
        if worked:
            self._failures, self._is_open = 0, False
        elif worked is not None:
            self._failures += 1
            if was_probing or self._failures >= self._limit:
                self.open_for(self._open_seconds)

    def open_for(self, seconds: float) -> None:
        """Open it at once, as when the endpoint says how long it wants to be left alone."""
        self._era += 1
        self._open_until = self._monotonic() + seconds
        self._is_open, self._is_probing = True, False
