"""The desk as a conversation in a terminal, through the same functions as every other surface."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from rich.console import Console

from bot.cards import Bullets, Card, Heading, Note, Paragraph, Run
from bot.console import stories
from bot.console.terminal import print_card
from bot.delivery.edition import briefing_card, quotes_card
from bot.delivery.phrases import count
from bot.desk import Desk
from bot.errors import NutgrafError

COMMANDS: Final = {
    "brief [about]": "read the sources again and brief the day, or only what you name",
    "story NUMBER or words": "one story in full: every key quote, every source",
    **stories.COMMANDS,
    "quotes [speaker]": "all key statements of the day, or those of one speaker",
    "sources": "what this desk reads, and what could not be read",
    "help": "this list",
    "quit": "leave",
}

ReadLine = Callable[[], str]
"""Returns the next line that the editor typed; raises `EOFError` when there is none."""


async def chat(
    desk: Desk, console: Console, read_line: ReadLine, clock: Callable[[], datetime]
) -> None:
    """Answer commands until `quit` or the end of the input. A command that fails says why."""
    while True:
        try:
            line = (await asyncio.to_thread(read_line)).strip()
        except EOFError:
            return
        if line.lower() in ("quit", "exit", "q"):
            return
        if line:
            print_card(console, await answer(desk, line, now=clock()))


async def answer(desk: Desk, line: str, *, now: datetime) -> Card:
    """Return the card that answers one typed line."""
    name, _, rest = line.strip().lstrip("/").partition(" ")
    handler = HANDLERS.get(name.lower())
    if handler is None:
        return _say(f"There is no command {name!r}. `help` lists them.")
    try:
        return await handler(desk, rest.strip(), now)
    except NutgrafError as error:
        return _say(str(error))


async def _brief(desk: Desk, about: str, now: datetime) -> Card:
    edition = await desk.brief(now=now, about=about)
    return briefing_card(edition.briefing, desk.zone)


async def _story(desk: Desk, name: str, now: datetime) -> Card:
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    edition = await desk.story(name, now=now)
    return briefing_card(edition.briefing, desk.zone)


async def _quotes(desk: Desk, speaker: str, now: datetime) -> Card:
    edition = await desk.quotes(now=now)
    return quotes_card(edition.briefing, speaker)


async def _sources(desk: Desk, _: str, __: datetime) -> Card:
    return sources_card(desk)


async def _help(_: Desk, __: str, ___: datetime) -> Card:
    return help_card()


HANDLERS: Final[dict[str, Callable[[Desk, str, datetime], Awaitable[Card]]]] = {
    "brief": _brief,
    "story": _story,
    "why": stories.why,
    "split": stories.split,
    "merge": stories.merge,
    "follow": stories.follow,
    "quotes": _quotes,
    "sources": _sources,
    "help": _help,
}


def sources_card(desk: Desk) -> Card:
    """Return what the desk reads, and what the last reading could not read."""
    listed = [
        (Run(f"{source.outlet or 'outlet as the source names itself'}: "), Run(source.address))
        for source in desk.sources
    ]
    blocks: list[Bullets | Heading | Note] = [Heading(count(len(listed), "source"), 1)]
    if listed:
        blocks.append(Bullets(tuple(listed)))
    if desk.last_intake is None:
        blocks.append(Note((Run("Not read yet; `brief` reads them."),)))
    elif desk.last_intake.unread:
        blocks.append(Note((Run("Could not be read the last time:"),)))
        unread = desk.last_intake.unread
        blocks.append(Bullets(tuple((Run(f"{u.address}: {u.reason}"),) for u in unread)))
    return Card(tuple(blocks))


def help_card() -> Card:
    """Return the list of commands."""
    items = tuple((Run(name, "strong"), Run(f": {what}")) for name, what in COMMANDS.items())
    return Card((Heading("What this desk can do", 1), Bullets(items)))


def _say(sentence: str) -> Card:
    return Card((Paragraph((Run(sentence),)),))
