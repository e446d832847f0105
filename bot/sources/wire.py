"""Decides what a wire's items may be used for, and makes items of them, whatever their format.

Sources: IPTC NewsCodes, "Publishing Status" (usable, withheld, canceled) and "Signal"; NewsML-G2,
`embargoed`, which holds without an end when it is empty.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from bot.errors import ExtractError
from bot.news import WireFacts, Withdrawal
from bot.ports import Item, Reading
from bot.sources.categories import categories
from bot.sources.dates import parse_instant, past
from bot.sources.embargoes import embargo_end, stated_end, states_embargo
from bot.sources.page_metadata import BY
from bot.sources.wire_items import WireItem, local_name

KILLED: Final = frozenset({"canceled", "cancelled", "killed", "withdrawn"})
KILLS: Final = frozenset({"kill", "killed", "takedown", "withdraw", "withdrawal", "cancel"})
"""Local names of signals that take an item back."""
CORRECTS: Final = frozenset({"correction", "corrected", "corrective"})
KILL_NOTICE: Final = re.compile(
    r"^\W*(?:(?:MANDATORY|BULLETIN|STORY|URGENT|EDITORS?|EDS)\W+)*KILL\b(?:\s*[:–—]|--|\s*$)"
    r"|\b(?:MANDATORY|BULLETIN|STORY)\s+KILL\b"
)
"""As agencies head their notices, in capitals: "MANDATORY KILL", "KILL:"."""
CORRECTION_WORDS: Final = (
    r"(?:correct(?:ed|ion|ive|s)|berichtigt|berichtigung|korrektur|rectificatif|corrige|corrigé"
    r"|corrección|corregido|rättelse|korrigering|korjattu|korjaus)"
)
HEADS_CORRECTION: Final = re.compile(
    rf"^\W*{CORRECTION_WORDS}\s*(?:[-:–—(]|$)|[(,]\s*{CORRECTION_WORDS}\s*[,)]", re.IGNORECASE
)
"""As headlines and slugs say it: "CORRECTED-Ferry stops", "FERRY (UPDATE 1, CORRECTED)"."""
NOTES_CORRECTION: Final = re.compile(rf"(?:^|\beds?\b)\W*{CORRECTION_WORDS}\b", re.IGNORECASE)
HEADS_EMBARGO: Final = re.compile(
    r"^\W*(?:strict(?:ly)?\s+)?(?:embargo(?:ed)?|sperrfrist)\s*(?:[-:–—]|until|till|to\s+\d|bis)",
    re.IGNORECASE,
)
"""An embargo that a headline is about ("Oil embargo to end") is none of the item's."""
NO_STORIES: Final = frozenset(
    {"picture", "photo", "graphic", "video", "audio", "animation", "event", "planning", "concept"}
)
"""Kinds of content whose text is a caption, a shot list or an appointment."""
COLLECTIONS: Final = frozenset({"composite", "component"})
"""Kinds of content that are a story if they have a text."""
STORIES: Final = frozenset({"", "newsItem"})
CODE: Final = re.compile(r"^\S*[:/]\S*$")
MAX_DIGITS: Final = 18
"""Digits of a version that is still a number to an archive, which keeps 64 bits."""
MAX_URGENCY: Final = 9
"""Source: NewsML-G2 and NITF, urgency 1 to 9, where 1 is the most urgent."""


def to_reading(address: str, found: Iterable[WireItem], *, now: datetime) -> Reading:
    """Return the texts among a wire's items, of each only the highest version.

    Raises:
        ExtractError: there is no text among them.
    """
    items = tuple(found)
    newest: dict[str, Item] = {}
    for number, item in enumerate(i for one in items for i in _items(one, now)):
        key = item.guid or f"\0{number}"
        newest[key] = max(newest.get(key, item), item, key=_rank)
    if not newest:
        raise ExtractError(address, "is a wire document without a text")
    names = (name for item in items for name in (item.provider, *item.infosources))
    outlet = next((name for name in names if name and not CODE.match(name)), "")
    return Reading("wire", outlet, tuple(newest.values()))


def _items(wire: WireItem, now: datetime) -> Iterator[Item]:
    """Give the item if it is a story, and the withdrawal of another that it states."""
    item = _item(wire, now)
    kind = local_name(wire.itemclass)
    is_story = wire.item in STORIES and kind not in NO_STORIES
    if is_story and kind in COLLECTIONS:
        is_story = bool(item.body)
    if is_story and (item.title or item.body or (item.guid and item.withdrawn)):
        yield item
    withdrawn = _status(wire.replaced_status)
    if wire.replaces and withdrawn:
        yield Item(wire.replaces, withdrawn=withdrawn, updated_at=item.updated_at, wire=WireFacts())


def _item(wire: WireItem, now: datetime) -> Item:
    updated = parse_instant(wire.versioncreated)
    ends = tuple(_ends(wire, updated or now))
    known = [end for end in ends if end is not None]
    return Item(
        guid=wire.id,
        title=wire.headline,
        body=wire.body,
        byline=", ".join(dict.fromkeys(BY.sub("", name) for name in wire.byline)),
        language=wire.lang,
        published_at=past(parse_instant(wire.firstcreated) or updated, now=now),
        updated_at=past(updated, now=now),
        embargoed_until=max(known, default=None),
        withdrawn=_withdrawn(wire, ends),
        wire=_facts(wire),
        categories=categories(wire.subjects),
    )


def _facts(wire: WireItem) -> WireFacts:
    urgency = int(wire.urgency) if wire.urgency.isascii() and wire.urgency.isdigit() else 0
    return WireFacts(
        version=_version(wire.version),
        urgency=urgency if 1 <= urgency <= MAX_URGENCY else None,
        slugline=wire.slugline,
        located=wire.located,
        infosources=tuple(dict.fromkeys(wire.infosources)),
        altids=tuple(dict.fromkeys(wire.altids)),
        correction=_is_correction(wire),
    )


def _ends(wire: WireItem, dated: datetime) -> Iterator[datetime | None]:
    """Give the end of each embargo that the item states, `None` for one that cannot be told."""
    like = wire.versioncreated
    release = _release(wire)
    if release is not None:
        yield release
    if wire.embargoed is not None:
        yield embargo_end(wire.embargoed, like=like)
        return
    if release is None:
        heads = filter(HEADS_EMBARGO.match, (wire.headline, wire.slugline))
        for note in (*heads, *filter(states_embargo, wire.ednote)):
            yield stated_end(note, dated=dated, like=like)


def _release(wire: WireItem) -> datetime | None:
    """Return when the item may be released, if that is after it was sent."""
    release, sent = parse_instant(wire.release), parse_instant(wire.versioncreated)
    if release is None or (sent and release <= sent):
        return None
    return embargo_end(wire.release, like=wire.versioncreated)


def _withdrawn(wire: WireItem, ends: tuple[datetime | None, ...]) -> Withdrawal | None:
    """Return the state of the item; what cannot be understood is withheld."""
    notices = (wire.headline, wire.slugline, *wire.ednote)
    if any(local_name(s) in KILLS for s in wire.signals) or any(map(KILL_NOTICE.search, notices)):
        return "killed"
    if wire.pubstatus == "embargoed":
        return None if ends and None not in ends else "withheld"
    return _status(wire.pubstatus) or ("withheld" if None in ends else None)


def _status(word: str) -> Withdrawal | None:
    if word in KILLED:
        return "killed"
    return None if word in {"", "usable"} else "withheld"


def _is_correction(wire: WireItem) -> bool:
    signalled = any(local_name(signal) in CORRECTS for signal in wire.signals)
    headed = any(map(HEADS_CORRECTION.search, (wire.headline, wire.slugline, *wire.ednote)))
    return signalled or headed or any(map(NOTES_CORRECTION.search, wire.ednote))


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else 0


def _rank(item: Item) -> tuple[int, datetime, bool]:
    version = item.wire.version if item.wire else 0
    return version, item.updated_at or datetime.min.replace(tzinfo=UTC), bool(item.withdrawn)
