"""What a server says of when to ask again: how long its answer is fresh, and when to retry.

What it says is input from outside: whatever cannot be understood counts as not said.
"""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from bot.news import MAX_INTERVAL_SECONDS
from bot.ports import Caching
from bot.sources.dates import to_utc
from bot.sources.feed_times import whole_number

MAX_RETRY_SECONDS: Final = 8 * 3_600
"""The longest that a source may send us away: beyond that it is asked all the same."""

MAX_LINE_CHARS: Final = 1_000
DIRECTIVE: Final = re.compile(r"([a-z-]+)\s*(?:=\s*\"?([0-9]+))?", re.IGNORECASE)


def fresh_seconds(caching: Caching, *, now: datetime) -> int:
    """Return how long the answer that came now is fresh, from 0 to a day.

    `max-age`, else `Expires` less `Date` (or less `now`), less the `Age` that it has already;
    `no-cache` and `no-store` mean 0. `s-maxage` is for caches that many share.
    Source: RFC 9111, sections 4.2 and 5.2.2.
    """
    directives = _directives(caching.cache_control)
    if directives.keys() & {"no-cache", "no-store"}:
        return 0
    if "max-age" in directives:
        lifetime = whole_number(directives["max-age"])
    else:
        lifetime = _lifetime_by_date(caching, now)
    return max(0, min(lifetime - whole_number(caching.age), MAX_INTERVAL_SECONDS))


def retry_seconds(text: str, *, now: datetime) -> int:
    """Return how long a `Retry-After` sends us away, from 0 to eight hours.

    Source: RFC 9110, section 10.2.3: a number of seconds, or a date.
    """
    at = http_date(text)
    seconds = whole_number(text) if at is None else _seconds(at, now)
    return max(0, min(seconds, MAX_RETRY_SECONDS))


def says_nothing(caching: Caching) -> bool:
    """Tell whether the answer leaves open how long it is fresh."""
    return not (caching.cache_control.strip() or caching.expires.strip())


def http_date(text: str) -> datetime | None:
    """Return the instant that an HTTP date means, `None` for any other text.

    Source: RFC 9110, section 5.6.7, in its three forms.
    """
    if len(text) > MAX_LINE_CHARS or not text.strip() or text.strip().isdigit():
        return None
    try:
        return to_utc(parsedate_to_datetime(text.strip()))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _directives(text: str) -> dict[str, str]:
    """Return the directives by name; of one that is repeated the first counts."""
    found: dict[str, str] = {}
    for name, value in DIRECTIVE.findall(text[:MAX_LINE_CHARS]):
        found.setdefault(name.lower(), value)
    return found


def _lifetime_by_date(caching: Caching, now: datetime) -> int:
    expires = http_date(caching.expires)
    return _seconds(expires, http_date(caching.date) or now) if expires else 0


def _seconds(later: datetime, earlier: datetime) -> int:
    """Return the whole seconds between the two, rounded up: not one too early."""
    return -int((earlier - later).total_seconds() // 1)
