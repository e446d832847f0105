"""What the terminal desk does to what must not be told: kill, hold, release, purge, audit."""

from datetime import datetime
from typing import Final

from bot import desk_stops
from bot.cards import Card, Paragraph, Run
from bot.console.stories import EDITOR
from bot.delivery.stopping import (
    audit_card,
    purged_card,
    released_card,
    standing_card,
    stopped_card,
)
from bot.desk import Desk

COMMANDS: Final = {
    "kill story NUMBER or words": "withdraw a story everywhere until it is released",
    "kill quote WORDS": "withdraw a quote, wherever it is printed, until it is released",
    "hold story …, hold quote …": "the same, while something is cleared up",
    "release NUMBER": "let go what was stopped; alone: what is stopped, with its numbers",
    "purge ARTICLE_ID": "remove the texts of an article for good; their hashes stay",
    "audit": "who killed, held, released and purged what, when and why",
}
"""A reason may follow every one of them after two slashes: `kill story 2 // legal`."""

WHAT: Final = "Which? `{did} story NUMBER or words`, or `{did} quote WORDS`; a reason after //."
WHICH_ARTICLE: Final = "Which article? `history` and a briefing's JSON have the ids."


async def kill(desk: Desk, line: str, now: datetime) -> Card:
    """Kill a story or a quote."""
    return await stop(desk, line, now, killed=True)


async def hold(desk: Desk, line: str, now: datetime) -> Card:
    """Hold a story or a quote."""
    return await stop(desk, line, now, killed=False)


async def stop(desk: Desk, line: str, now: datetime, *, killed: bool) -> Card:
    """Kill or hold what the line names: a story or a quote, and perhaps why."""
    asked, reason = _with_reason(line)
    kind, _, name = asked.partition(" ")
    stopping = {"story": desk_stops.stop_story, "quote": desk_stops.stop_quote}.get(kind.lower())
    if stopping is None or not name.strip():
        return _say(WHAT.format(did="kill" if killed else "hold"))
    done = await stopping(desk, name.strip(), killed=killed, by=EDITOR, now=now, reason=reason)
    return stopped_card(done)


async def release(desk: Desk, line: str, now: datetime) -> Card:
    """Release a stop by its number, or list what stands."""
    asked, reason = _with_reason(line)
    if not asked.isdecimal():
        return standing_card(await desk_stops.stopped(desk), desk.zone)
    done = await desk_stops.release(desk, int(asked[:9]), by=EDITOR, now=now, reason=reason)
    return released_card(done)


async def purge(desk: Desk, line: str, now: datetime) -> Card:
    """Remove the texts of an article for good."""
    asked, reason = _with_reason(line)
    if not asked:
        return _say(WHICH_ARTICLE)
    texts = await desk_stops.purge(desk, asked, by=EDITOR, now=now, reason=reason)
    return purged_card(asked, texts)


async def audit(desk: Desk, _: str, __: datetime) -> Card:
    """Tell who did what."""
    return audit_card(await desk_stops.audit(desk), desk.zone)


def _with_reason(line: str) -> tuple[str, str]:
    asked, _, reason = line.partition("//")
    return asked.strip(), reason.strip()


def _say(sentence: str) -> Card:
    return Card((Paragraph((Run(sentence),)),))
