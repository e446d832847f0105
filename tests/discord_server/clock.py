"""The clock of the loopback Discord, which a test may move, and the ids that carry its time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""Where the time in an id begins. Source: Discord API reference, "Snowflakes"."""


def _real_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 (a server outside the bot: it has a clock of its own)


class Clock:
    """The time as Discord sees it: the real one, until a test moves it.

    Args:
        now: where the time comes from; the machine's clock unless said otherwise.
    """

    def __init__(self, now: Callable[[], datetime] = _real_now) -> None:
        self._now = now
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return self._now() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the clock forward: nonces are forgotten and interaction tokens expire."""
        self._ahead += timedelta(seconds=seconds)


class Snowflakes:
    """Makes ids: each carries the clock's time, and each is greater than the one before."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """Return a new id."""
        milliseconds = (self._clock.now() - EPOCH) // timedelta(milliseconds=1)
        self._last = max(milliseconds << 22, self._last + 1)
        return self._last
