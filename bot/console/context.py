"""What the terminal desk says of a quote: where it stands in its article."""

from datetime import datetime
from typing import Final

from bot.cards import Card
from bot.delivery.context import context_card
from bot.desk import Desk
from bot.desk_articles import context
from bot.news import Brief, Quote
from bot.source_desk.cards import said
from bot.text import fold, squeeze

COMMANDS: Final = {
    "context NUMBER or words": "a quote where it stands: its number from the top of the last "
    "briefing, or words of it",
}
ASK: Final = "Which quote? Give its number from the top of the last briefing, or words of it."
NONE: Final = "No quote here is that; `quotes` lists them."


async def show_context(desk: Desk, name: str, now: datetime) -> Card:
    """Return the paragraph around a quote, its words marked, and which revision says so.

    Raises:
        UnknownError: its article is held by now, or gone.
    """
    if not name:
        return said(ASK)
    quote = await _find(desk, name, now)
    if quote is None:
        return said(NONE)
    found = await context(desk, [piece.span for piece in quote.pieces], now=now)
    return context_card(found, desk.zone)


async def _find(desk: Desk, name: str, now: datetime) -> Quote | None:
    """Return the quote of that number in the last briefing, or the first of the day with the words.

    Words are looked for in the last briefing first: that is what the editor has seen.
    """
    last = desk.last_edition
    seen = _quotes(last.briefing.briefs) if last else ()
    if name.isdecimal():
        number = int(name)
        return seen[number - 1] if 1 <= number <= len(seen) else None
    wanted = fold(squeeze(name))
    found = next((quote for quote in seen if wanted in _words(quote)), None)
    if found:
        return found
    day = await desk.quotes(now=now)
    return next((q for q in _quotes(day.briefing.briefs) if wanted in _words(q)), None)


def _quotes(briefs: tuple[Brief, ...]) -> tuple[Quote, ...]:
    return tuple(quote for brief in briefs for quote in brief.quotes)


def _words(quote: Quote) -> str:
    return fold(squeeze(" ".join(piece.words for piece in quote.pieces)))
