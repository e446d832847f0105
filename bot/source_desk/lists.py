"""Takes sources in from an OPML list, and gives them out as one."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.news import Subscription, Unread
from bot.source_desk.desk import SourceDesk, refusal, sameness
from bot.sources import Outline, RefusedOutline, read_opml, write_opml

AT_ONCE: Final = 500
"""Sources that are added in one transaction; between two of them progress is shown."""


@dataclass(frozen=True)
class Imported:
    """What came of a list, each in its order.

    Args:
        added: what was added, or, of a dry run, would be.
        known: addresses that are sources already, or stand in the list before.
        refused: outlines that are not read, with the reason.
        dry: nothing was added.
    """

    added: tuple[Subscription, ...]
    known: tuple[str, ...]
    refused: tuple[Unread, ...]
    dry: bool = False


async def import_opml(desk: SourceDesk, address: str, *, dry: bool, now: datetime) -> Imported:
    """Add the sources of an OPML list that are new; nothing at their addresses is read yet.

    Raises:
        SourceError: the list cannot be fetched, or is none.
    """
    document = await desk.documents.fetch(address)
    return await take_opml(desk, address, document.content, dry=dry, now=now)


async def take_opml(
    desk: SourceDesk, name: str, content: bytes, *, dry: bool, now: datetime
) -> Imported:
    """Add the sources of an OPML list that is called so, as `import_opml` does.

    Raises:
        SourceError: it is no such list.
    """
    outlines = await asyncio.to_thread(read_opml, name, content)
    kept = await desk.subscriptions.subscriptions()
    seen = {sameness(a) for one in kept for a in (one.address, one.read_from)}
    new, known, refused = [], [], []
    for outline in outlines:
        if reason := _reason(outline):
            refused.append(Unread(_stated(outline), reason))
        elif isinstance(outline, Outline) and sameness(outline.address) not in seen:
            seen.add(sameness(outline.address))
            new.append(_subscription(outline, now))
        else:
            known.append(_stated(outline))
    if not dry:
        await _add_all(desk, new)
    return Imported(tuple(new), tuple(known), tuple(refused), dry)


async def export_opml(desk: SourceDesk) -> tuple[str, int]:
    """Return all sources as an OPML list, and how many they are.

    Paths stand in it too, for people: a list may not point at files when it is taken in.
    """
    kept = await desk.subscriptions.subscriptions()
    return write_opml(map(_outline, kept), title="Nutgraf sources"), len(kept)


async def _add_all(desk: SourceDesk, new: Sequence[Subscription]) -> None:
    desk.progress("adding sources", 0, len(new))
    for start, batch in _batches(new):
        await desk.subscriptions.add_subscriptions(batch)
        desk.progress("adding sources", start + len(batch), len(new))


def _batches(new: Sequence[Subscription]) -> Iterator[tuple[int, Sequence[Subscription]]]:
    for start in range(0, len(new), AT_ONCE):
        yield start, new[start : start + AT_ONCE]


def _reason(outline: Outline | RefusedOutline) -> str:
    return outline.reason if isinstance(outline, RefusedOutline) else refusal(outline.address)


def _stated(outline: Outline | RefusedOutline) -> str:
    stated = outline.stated if isinstance(outline, RefusedOutline) else outline.address
    return stated or "an outline without a name"


def _subscription(outline: Outline, now: datetime) -> Subscription:
    return Subscription(
        outline.address,
        now,
        outline.outlet,
        outline.publisher,
        outline.folder,
        urgent=outline.urgent,
        paused=outline.paused,
    )


def _outline(one: Subscription) -> Outline:
    return Outline(
        one.address,
        one.outlet,
        one.publisher,
        one.folder,
        urgent=one.urgent,
        paused=one.paused or one.paused_in_settings,
    )
