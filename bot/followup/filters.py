"""Reads what narrows a search, as an editor types it among the words: `outlet:Keelmark since:…`."""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from bot.errors import UnknownError
from bot.ports import Limits

FILTER: Final = re.compile(
    r"(?<!\S)(?P<key>outlet|source|since|until|lang|story):"
    r"(?:[\"“”„«»](?P<quoted>[^\"“”„«»]*)[\"“”„«»]|(?P<bare>\S*))",
    re.IGNORECASE,
)
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
"""Tags of languages, such as "pt" or "pt-BR" (BCP 47, its first subtags)."""
EXAMPLE: Final = "2026-09-16 or, with an hour, 2026-09-16T18:00"


def read_filters(typed: str, zone: tzinfo) -> tuple[str, Limits]:
    """Return the words without the filters, and the filters; a repeated outlet or source is added.

    A value with spaces stands in quotation marks: `outlet:"Harbour Courier"`. Days are those of the
    zone; `until` a day takes the whole of it.

    Raises:
        UnknownError: a value is missing, or is no date or language.
    """
    outlets: list[str] = []
    sources: list[str] = []
    single: dict[str, str] = {}
    for match in FILTER.finditer(typed):
        key = match["key"].lower()
        value = (match["quoted"] or match["bare"] or "").strip()
        if not value:
            raise UnknownError(
                f"Nothing stands behind `{key}:`; write it as in `{key}:{USES[key]}`."
            )
        if key in ("outlet", "source"):
            (outlets if key == "outlet" else sources).append(value)
        else:
            single[key] = value
    limits = Limits(
        since=_instant("since", single["since"], zone) if "since" in single else None,
        until=_instant("until", single["until"], zone) if "until" in single else None,
        outlets=tuple(outlets),
        sources=tuple(sources),
        language=_language(single["lang"]) if "lang" in single else "",
        story_id=single.get("story", ""),
    )
    return " ".join(FILTER.sub(" ", typed).split()), limits


USES: Final = {
    "outlet": '"Harbour Courier"',
    "source": "https://courier.example/feed",
    "since": "2026-09-16",
    "until": "2026-09-16",
    "lang": "de",
    "story": "ID",
}
"""How each is used, for messages."""


def _instant(key: str, value: str, zone: tzinfo) -> datetime:
    try:
        if len(value) == len("2026-09-16"):
            day = date.fromisoformat(value) + timedelta(days=key == "until")
            return datetime.combine(day, time(), zone)
        read = datetime.fromisoformat(value)
    except (ValueError, OverflowError) as error:
        raise UnknownError(f"`{key}:{value}` is no date; write it as {EXAMPLE}.") from error
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise UnknownError(f"`lang:{value}` is no language; write its code, as in `lang:de`.")
    return value.lower()
