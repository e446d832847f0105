"""What the terminal desk says to who was away: what is new since, a handover, that it is read."""

from datetime import datetime

from bot.cards import Card
from bot.console.stories import EDITOR
from bot.delivery.edition import briefing_card
from bot.delivery.handover import handover_card
from bot.delivery.phrases import short_hour
from bot.desk import Desk
from bot.desk_marks import handover, mark_of, note_briefed, note_read
from bot.moments import parse_moment
from bot.source_desk.cards import said


async def since(desk: Desk, moment: str, now: datetime) -> Card:
    """Brief what is new since a moment, or since the editor asked so last."""
    begins = parse_moment(moment, desk.zone, now=now) if moment else await mark_of(desk, EDITOR)
    edition = await desk.brief(now=now, mark=begins)
    if not moment:
        await note_briefed(desk, EDITOR, edition)
    return briefing_card(edition.briefing, desk.zone)


async def hand_over(desk: Desk, moment: str, now: datetime) -> Card:
    """Return what the next shift must know."""
    begins = parse_moment(moment, desk.zone, now=now) if moment else None
    return handover_card(await handover(desk, now=now, since=begins), desk.zone)


async def read(desk: Desk, _: str, now: datetime) -> Card:
    """Note that the editor has read everything."""
    stands = await note_read(desk, EDITOR, now)
    hour = short_hour(stands, desk.zone)
    return said(f"Noted: read up to {hour}. `since` tells what is new since then.")
