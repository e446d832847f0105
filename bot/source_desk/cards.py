"""Says what came of a command on sources, as cards that every surface renders.

Everything that came from outside passes `printed` or `shown_address` on its way into a card.
"""

from datetime import datetime, tzinfo
from typing import Final

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count, short_hour
from bot.news import Subscription, Unread, is_pushed
from bot.source_desk.adding import Added, AddedSource
from bot.source_desk.health import state_of
from bot.source_desk.keeping import Listing, adding_line
from bot.source_desk.lists import Imported
from bot.source_desk.printing import ago, every, printed, shown_address, span
from bot.sources import FoundFeed

MAX_LISTED: Final = 20
"""Of what an import did not add, by kind; the counts are always whole."""

NO_SOURCES: Final = (
    "No source is listed yet. `sources add ADDRESS` adds a feed, a page or a site's front page."
)


def said(sentence: str) -> Card:
    """Return a card of one sentence."""
    return Card((Paragraph((Run(sentence),)),))


def listing_card(found: Listing, *, now: datetime) -> Card:
    """Return the sources, each with its state in a few words."""
    title = count(found.total, "source")
    if found.about:
        title = f"{len(found.shown):,} of {title}: {printed(found.about)}"
    if not found.total:
        return said(NO_SOURCES)
    blocks: list[Block] = [Heading(title, 1)]
    if found.shown:
        blocks.append(Bullets(tuple(_listed(one, now) for one in found.shown)))
    return Card(tuple(blocks))


def added_card(added: Added) -> Card:
    """Return what was added, and what else the page names."""
    blocks: list[Block] = []
    if added.from_page:
        blocks.append(Paragraph((Run(f"{shown_address(added.from_page)} is a front page."),)))
    blocks += [Paragraph((Run(_added(one)),)) for one in added.sources]
    if added.moved_to:
        note = f"It redirects for good to {shown_address(added.moved_to)}, and will be read there."
        blocks.append(Note((Run(note),)))
    if added.failed:
        blocks.append(Note((Run("Not added:"),)))
        blocks.append(_unread(added.failed))
    if added.others:
        names = "It names other feeds too" if added.from_page else "It names these feeds"
        how = "--all adds all of them" if added.from_page else "add the one you want"
        blocks.append(Note((Run(f"{names}; {how}:"),)))
        blocks.append(feeds_list(added.others))
    return Card(tuple(blocks))


def paused_card(one: Subscription) -> Card:
    """Return that a source is paused, and how it is resumed."""
    again = f"`sources resume {shown_address(one.address)}` reads it again."
    if one.paused_in_settings:
        again = "The settings pause it too, and it is read when neither does."
    was = " already" if one.paused else ""
    return said(f"{name_of(one)} is paused{was}. {again}")


def resumed_card(one: Subscription) -> Card:
    """Return that a source is read again, and what it was before."""
    if one.is_read:
        return said(f"{name_of(one)} was not paused; it is due now.")
    return said(f"{name_of(one)} is read again; it is due now.")


def removed_card(one: Subscription, *, program: str) -> Card:
    """Return that a source is forgotten, and what to type to have it back."""
    undo = f"{program} {adding_line(one)}".strip()
    sentence = f"{name_of(one)} is removed; the articles that it gave stay. To have it back, type:"
    return Card((Paragraph((Run(sentence),)), Paragraph((Run(printed(undo, 8_000), "strong"),))))


def imported_card(found: Imported) -> Card:
    """Return what came of a list: counts, and each outline that was not added."""
    would = "would be added" if found.dry else "added"
    known, refused = len(found.known), len(found.refused)
    added = f"{count(len(found.added), 'source')} {would}"
    counts = f"{added}, {known:,} already there, {refused:,} refused."
    blocks: list[Block] = [Paragraph((Run(counts, "strong"),))]
    parts = (
        (would.capitalize(), [name_of(one) for one in found.added]),
        ("Already there", [shown_address(address) for address in found.known]),
        ("Refused", [f"{shown_address(u.address)}: {u.reason}" for u in found.refused]),
    )
    for title, lines in parts:
        if lines:
            blocks += (Note((Run(f"{title}:"),)), _bounded(lines))
    return Card(tuple(blocks))


def feeds_list(feeds: tuple[FoundFeed, ...]) -> Bullets:
    """Return feeds that a page names."""
    lines = (
        f"{shown_address(f.address)}" + (f" ({printed(f.title)})" if f.title else "") for f in feeds
    )
    return Bullets(tuple((Run(line),) for line in lines))


def name_of(one: Subscription) -> str:
    """Return how a source is called: its outlet, if an editor named it, and its address."""
    address = shown_address(one.address)
    return f"{printed(one.outlet)} ({address})" if one.outlet else address


def state_words(one: Subscription, *, now: datetime) -> str:
    """Return how a source does, in a few words."""
    poll = one.poll
    match state_of(one, now=now):
        case "gone":
            return "gone (410), polled no more"
        case "paused":
            return "paused in the settings" if one.paused_in_settings else "paused"
        case "failing":
            gap = now - (poll.failing_since or now)
            return f"fails for {span(gap.total_seconds())}: {printed(poll.reason)}"
        case "waiting":
            return "nothing was sent yet" if is_pushed(one.address) else "not read yet"
        case "partly":
            missing = count(len(poll.unread), "address", "addresses")
            return f"read {ago(poll.read_at or now, now)} in part, {missing} could not be read"
        case _:
            return f"read {ago(poll.read_at or now, now)}, {how_often(one)}"


def how_often(one: Subscription) -> str:
    """Return how often a source is asked."""
    if is_pushed(one.address):
        return "whenever it is sent"
    return "every minute" if one.urgent else every(one.poll.interval_seconds)


def hour(instant: datetime, zone: tzinfo) -> str:
    """Return an instant on the desk's clock."""
    return short_hour(instant, zone)


def _listed(one: Subscription, now: datetime) -> tuple[Run, ...]:
    marks = [state_words(one, now=now)]
    marks += ["urgent"] if one.urgent else []
    marks += ["from the settings"] if one.configured else []
    marks += [f"in {printed(one.folder)}"] if one.folder else []
    name = f"{printed(one.outlet)}: " if one.outlet else ""
    return (
        Run(name, "strong"),
        Run(shown_address(one.address)),
        Run(f" ({'; '.join(marks)})", "quiet"),
    )


def _added(one: AddedSource) -> str:
    named = f"Added {name_of(one.source)}"
    if not one.format:
        return f"{named}; it was not read yet."
    what = f"{one.format}, “{printed(one.outlet)}”"
    if one.format == "web page":
        return f"{named}: {what}, read again as it changes."
    return f"{named}: {what}, {count(one.items, 'item')}."


def _unread(unread: tuple[Unread, ...]) -> Bullets:
    lines = (f"{shown_address(u.address)}: {printed(u.reason)}" for u in unread)
    return Bullets(tuple((Run(line),) for line in lines))


def _bounded(lines: list[str]) -> Bullets:
    shown = lines[:MAX_LISTED]
    more = [f"and {len(lines) - MAX_LISTED:,} more"] if len(lines) > MAX_LISTED else []
    return Bullets(tuple((Run(line),) for line in (*shown, *more)))
