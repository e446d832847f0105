"""Rate limits: how many requests of a kind the bot has left, told in the headers of each answer."""

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

VIA: Final = {"Via": "1.1 loopback"}
"""discord.py takes a 429 without this header for a ban by the network in front of Discord."""


@dataclass(frozen=True)
class Rate:
    """So many requests in so many real seconds, for each kind of request and place."""

    requests: int = 50
    seconds: float = 1.0


@dataclass
class _Window:
    ends: float
    used: int = 0


class Rates:
    """Counts the requests of each bucket (method, route and the channel, server or webhook)."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._windows: dict[str, _Window] = {}

    def use(self, bucket: str) -> tuple[dict[str, str], float]:
        """Return the headers for one more request, and the seconds to wait if it is too many."""
        now = asyncio.get_running_loop().time()
        window = self._windows.get(bucket)
        if window is None or window.ends <= now:
            window = self._windows[bucket] = _Window(now + self._rate.seconds)
        window.used += 1
        left, reset = self._rate.requests - window.used, window.ends - now
        headers = {
            "X-RateLimit-Limit": str(self._rate.requests),
            "X-RateLimit-Remaining": str(max(left, 0)),
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Bucket": sha256(bucket.encode()).hexdigest()[:32],
        }
        return headers | VIA, reset if left < 0 else 0.0
