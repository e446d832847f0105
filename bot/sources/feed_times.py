"""What feeds say of how often they should be read, in seconds."""

from typing import Final

from bot.news import MAX_INTERVAL_SECONDS

MAX_DIGITS: Final = 9
"""A longer number is larger than any limit here, and takes time to convert."""

PERIODS: Final = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
"""Source: RSS 1.0 modules, Syndication: `updatePeriod`."""


def ttl_seconds(text: str) -> int:
    """Return what a `ttl` asks for, at most a day; 0 for what is no number.

    Source: RSS 2.0: the number of minutes that a channel may be kept before it is read again.
    """
    return min(60 * whole_number(text), MAX_INTERVAL_SECONDS)


def update_seconds(period: str, frequency: str) -> int:
    """Return how often a feed says that it changes; 0 if it does not say.

    Source: RSS 1.0 modules, Syndication: `updateFrequency` times in an `updatePeriod`, once if it
    says nothing.
    """
    return PERIODS.get(period.lower(), 0) // max(whole_number(frequency), 1)


def whole_number(text: str) -> int:
    """Return the number of decimal digits that the text is, 0 for any other text.

    A number too long to be meant is cut to nine digits.
    """
    digits = text.strip()
    return int(digits[:MAX_DIGITS]) if digits.isascii() and digits.isdigit() else 0
