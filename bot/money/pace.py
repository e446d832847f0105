"""The requests and tokens that an endpoint takes in a minute: when the next call may start."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import BudgetError

WINDOW: Final = timedelta(seconds=61)
"""No window of this length holds more than the limits, wherever it begins.

It is a sliding window and not a bucket: a bucket that is full at the start of a minute and filled
again during it lets twice the limit through. The second above the minute is for what lies between
leave to call and the call's arrival.
"""
LONGEST_WAIT: Final = timedelta(minutes=10)
"""Nobody is told to wait longer, so a later start was written before the clock was set back."""


@dataclass(frozen=True)
class Pace:
    """What an endpoint takes in a minute; 0 is no limit.

    A call's tokens are all that it may read and write, as services count them. Source: OpenAI,
    "Rate limits"; Microsoft, "Azure OpenAI quotas and limits".
    """

    requests_per_minute: int = 0
    tokens_per_minute: int = 0

    @property
    def is_limited(self) -> bool:
        """Tell whether there is a limit at all."""
        return bool(self.requests_per_minute or self.tokens_per_minute)

    def start(self, call: "Start", earlier: Iterable["Start"], endpoint: str) -> datetime:
        """Return when the call may start: at once, or when enough earlier ones are a window old.

        `earlier` are those of the last window and all that wait, by their start, and so in the
        order in which they asked; `call.at` is now.

        Raises:
            BudgetError: the call alone has more tokens than a minute, or would wait too long.
        """
        if self._exceeds(1, call.tokens):
            raise BudgetError(
                f"A call to {endpoint} may use {call.tokens:,} tokens, and its tokens_per_minute "
                f"are {self.tokens_per_minute:,}; raise them in config/nutgraf.toml if it takes "
                f"more, or lower model.max_tokens."
            )
        inside = deque(one for one in earlier if one.at <= call.at + LONGEST_WAIT)
        start = call.at
        tokens = call.tokens + sum(one.tokens for one in inside)
        while self._exceeds(len(inside) + 1, tokens):
            oldest = inside.popleft()
            tokens -= oldest.tokens
            start = max(start, oldest.at + WINDOW)
        if start > call.at + LONGEST_WAIT:
            raise BudgetError(
                f"The limits of {endpoint} are taken for the next "
                f"{LONGEST_WAIT // timedelta(minutes=1)} minutes; try again later."
            )
        return start

    def _exceeds(self, requests: int, tokens: int) -> bool:
        return 0 < self.requests_per_minute < requests or 0 < self.tokens_per_minute < tokens


@dataclass(frozen=True)
class Start:
    """When a call starts, and the tokens that it may use."""

    at: datetime
    tokens: int
