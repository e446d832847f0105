"""Finds the day that a page shows as its own where it tells machines none, through htmldate."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Final

from htmldate import find_date

from bot.sources.dates import EARLIEST
from bot.sources.markup import Element

DAY: Final = "%Y-%m-%d"


def find_shown_day(root: Element, address: str, *, now: datetime) -> datetime | None:
    """Return the first instant, in UTC, of the day that the page seems to be from, or `None`.

    Only places that are usual for a date are looked at: a guess from any number on the page was
    wrong twice as often on the shared pages. `root` stays as it is.
    """
    day = find_date(
        deepcopy(root),
        url=address or None,
        extensive_search=False,
        original_date=True,
        outputformat=DAY,
        min_date=EARLIEST,
        # its own default is the machine's clock
        max_date=now,
    )
    return datetime.strptime(day, DAY).replace(tzinfo=UTC) if day else None
