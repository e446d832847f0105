"""The desk as a conversation in a terminal, through the same functions as every other surface."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from rich.console import Console

from bot import desk_stories
from bot.cards import Bullets, Card, Heading, Note, Run
from bot.console import asking as questions
from bot.console import briefings, context, marks, reports, stops, stories
from bot.console.asking import Asking
from bot.console.schedule_commands import schedule
from bot.console.schedules import Planning
from bot.console.sources import answer_about_sources, answer_typed
from bot.console.terminal import print_card
from bot.delivery.checked import checked_card
from bot.delivery.edition import briefing_card, quotes_card
from bot.desk import Desk
from bot.desk_checks import check_quotes
from bot.desk_queries import statements_spelled, story_spelled
from bot.desk_search import said_by
from bot.errors import NutgrafError, UnknownError
from bot.search_cards import mended_notes, said_card
from bot.source_desk import SourceDesk, listing
from bot.source_desk.cards import listing_card, said
from bot.story_cards import timeline_card

COMMANDS: Final = {
    "brief [about]": "read the sources again and brief the day, or only what you name",
    "since [18:00]": "brief only what is new since then, or else since you last asked so",
    "handover [18:00]": "what came, changed, was corrected and is unconfirmed since, or in 8 hours",
    "read": "note that you have read everything up to now",
    "story NUMBER or words": "one story in full: every key quote, every source, how it came",
    **stories.COMMANDS,
    **stops.COMMANDS,
    **reports.COMMANDS,
    **briefings.COMMANDS,
    "quotes [speaker]": "all key statements of the day, or those of one speaker",
    "check TEXT": "each quotation of the text against the archive: exact, altered, or not found",
    **context.COMMANDS,
    **questions.COMMANDS,
    "sources": "what this desk reads, and what could not be read",
    "sources add ADDRESS": "read one more; also list, test, pause, resume, remove, health, import, "
    "export; `sources --help` says more",
    "schedule": "the planned editions; also add, edit, pause, resume, remove, preview, run; "
    "`schedule --help` says more",
    "help": "this list",
    "quit": "leave",
}

NO_PLAN: Final = (
    "No edition can be planned here, since this desk is connected to no channel; "
    "`nutgraf schedule` plans them for the channels of your server."
)

ReadLine = Callable[[], str]
"""Returns the next line that the editor typed; raises `EOFError` when there is none."""


async def chat(
    desk: Desk,
    console: Console,
    read_line: ReadLine,
    clock: Callable[[], datetime],
    *,
    source_desk: SourceDesk | None = None,
    planning: Planning | None = None,
) -> None:
    """Answer commands until `quit` or the end of the input. A command that fails says why.

    Without a `source_desk` the sources can be seen, and not changed; without `planning` no edition
    can be planned.
    """
    asking = Asking()
    while True:
        try:
            line = (await asyncio.to_thread(read_line)).strip()
        except EOFError:
            return
        if line.lower() in ("quit", "exit", "q"):
            return
        if line:
            now = clock()
            card = await answer(
                desk, line, now=now, source_desk=source_desk, planning=planning, asking=asking
            )
            print_card(console, card)


async def answer(
    desk: Desk,
    line: str,
    *,
    now: datetime,
    source_desk: SourceDesk | None = None,
    planning: Planning | None = None,
    asking: Asking | None = None,
) -> Card:
    """Return the card that answers one typed line.

    With `asking`, questions go on from those that were asked before.
    """
    name, _, rest = line.strip().lstrip("/").partition(" ")
    if name.lower() == "sources" and rest and source_desk:
        return await answer_about_sources(source_desk, rest, now=now)
    if name.lower() == "schedule":
        return await answer_typed(schedule, planning, rest, now=now) if planning else said(NO_PLAN)
    handler = _handler(name.lower(), line, asking or Asking())
    if handler is None:
        return said(f"There is no command {name!r}. `help` lists them.")
    try:
        return await handler(desk, rest.strip(), now)
    except NutgrafError as error:
        return said(str(error))


Handler = Callable[[Desk, str, datetime], Awaitable[Card]]


def _handler(name: str, line: str, asking: Asking) -> Handler | None:
    asked: dict[str, Handler] = {
        "ask": asking.answer,
        "discuss": asking.discuss,
        "widen": asking.widen,
    }
    handler = asked.get(name) or HANDLERS.get(name)
    if asking.takes(line, is_command=handler is not None) and not line.startswith("/"):
        return lambda desk, _, now: asking.go_on(desk, line, now)
    return handler


async def _brief(desk: Desk, about: str, now: datetime) -> Card:
    edition = await desk.brief(now=now, about=about)
    return briefing_card(edition.briefing, desk.zone)


async def _story(desk: Desk, name: str, now: datetime) -> Card:
    if not name:
        return said("Which story? Give its number in the last briefing, or words from it.")
    edition, mended = await story_spelled(desk, name, now=now)
    found = next((brief.story.id for brief in edition.briefing.briefs), name)
    told = await desk_stories.timeline(desk, found, now=now)
    brief = briefing_card(edition.briefing, desk.zone)
    timeline = timeline_card(told, desk.zone)
    return Card((*mended_notes(mended), *brief.blocks, *timeline.blocks))


async def _quotes(desk: Desk, speaker: str, now: datetime) -> Card:
    if not speaker:
        return quotes_card((await desk.quotes(now=now)).briefing)
    try:
        found, mended = await statements_spelled(desk, now=now, speaker=speaker, about="")
    except UnknownError as error:
        if not (older := await said_by(desk, speaker, now=now)):
            raise
        told = Note((Run(f"{error} From the whole archive:"),))
        return Card((told, *said_card(older, desk.zone).blocks))
    quotes = quotes_card(found.briefing, "")
    return Card((*mended_notes(mended), *quotes.blocks))


async def _check(desk: Desk, text: str, now: datetime) -> Card:
    if not text:
        return said("Check what? Put the text behind it, with its quotation marks.")
    return checked_card(await check_quotes(desk, text, now=now), desk.zone)


async def _sources(desk: Desk, about: str, now: datetime) -> Card:
    if about:
        return said("These sources cannot be changed here; `sources` lists them.")
    return listing_card(await listing(desk.subscriptions), now=now)


async def _help(_: Desk, __: str, ___: datetime) -> Card:
    return help_card()


HANDLERS: Final[dict[str, Handler]] = {
    "brief": _brief,
    "since": marks.since,
    "handover": marks.hand_over,
    "read": marks.read,
    "story": _story,
    "why": stories.why,
    "timeline": stories.timeline,
    "split": stories.split,
    "merge": stories.merge,
    "follow": stories.follow,
    "unfollow": stories.unfollow,
    "kill": stops.kill,
    "hold": stops.hold,
    "release": stops.release,
    "purge": stops.purge,
    "audit": stops.audit,
    "link": briefings.link,
    "export": briefings.export,
    "quotes": _quotes,
    "check": _check,
    "context": context.show_context,
    "corrections": reports.corrections,
    "find": questions.find,
    "said": questions.said_by,
    "sources": _sources,
    "help": _help,
}


def help_card() -> Card:
    """Return the list of commands."""
    items = tuple((Run(name, "strong"), Run(f": {what}")) for name, what in COMMANDS.items())
    return Card((Heading("What this desk can do", 1), Bullets(items)))
