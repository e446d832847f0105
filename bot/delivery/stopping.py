"""What editors are told of what they stopped: cards without a word of it."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.cards import Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count, short_hour
from bot.news import Deed, Stop

DONE = {"kill": "killed", "hold": "held", "release": "released", "purge": "purged"}


def stopped_card(stop: Stop) -> Card:
    """Return what was stopped, by which number it is released, and what follows."""
    did = "Killed" if stop.order.killed else "Held"
    where = count(len(stop.article_ids), "article")
    line = f"{did}: {stop.order.name} (stop {stop.id}), in {where}."
    note = (
        "It is withdrawn wherever it was posted, and told nowhere until it is released "
        f"(release {stop.id})."
    )
    return Card((Paragraph((Run(line),)), Note((Run(note),))))


def released_card(stop: Stop) -> Card:
    """Return what was released, and that posts stay as they are."""
    line = f"Released: {stop.order.name} (stop {stop.id}). It can be told again."
    note = "What was posted stays withdrawn; the next edition may tell it."
    return Card((Paragraph((Run(line),)), Note((Run(note),))))


def standing_card(stops: Sequence[Stop], zone: tzinfo) -> Card:
    """Return what is stopped, with the numbers by which it is released."""
    if not stops:
        return Card((Paragraph((Run("Nothing is stopped."),)),))
    items = tuple(
        (Run(f"{stop.id}", "strong"), Run(f": {_stop_line(stop, zone)}")) for stop in stops
    )
    return Card((Heading(f"{count(len(stops), 'stop')} in force", 1), Bullets(items)))


def purged_card(article_id: str, texts: int) -> Card:
    """Return what was removed for good."""
    line = f"Purged: {count(texts, 'text')} of article {article_id}. The hashes stay."
    return Card((Paragraph((Run(line),)),))


def audit_card(deeds: Sequence[Deed], zone: tzinfo) -> Card:
    """Return who did what, when and why, the newest first."""
    if not deeds:
        return Card((Paragraph((Run("Nobody has stopped, released or purged anything."),)),))
    items = tuple((Run(_deed_line(deed, zone)),) for deed in deeds)
    return Card((Heading("Stopped, released and purged", 2), Bullets(items)))


def _stop_line(stop: Stop, zone: tzinfo) -> str:
    order = stop.order
    did = "killed" if order.killed else "held"
    where = count(len(stop.article_ids), "article")
    line = f"{order.name}, {did} by {order.by} on {short_hour(order.at, zone)}, in {where}"
    return f"{line}. {_why(order.reason)}".strip()


def _deed_line(deed: Deed, zone: tzinfo) -> str:
    line = f"{short_hour(deed.at, zone)}: {deed.by} {DONE[deed.did]} {deed.what}."
    return f"{line} {_why(deed.reason)}".strip()


def _why(reason: str) -> str:
    return f"Reason: {reason}" if reason else ""
