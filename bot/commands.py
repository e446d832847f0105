"""What the subcommands do, once `cli.py` knows which one is meant and imports them."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from bot.adapters.files import Files
from bot.app import clock, open_desk, open_planning, open_source_desk
from bot.cards import Card
from bot.console.asking import Asking
from bot.console.chat import chat, help_card
from bot.console.progress import no_progress, shown_progress
from bot.console.schedule_commands import Question as ScheduleQuestion
from bot.console.schedules import Planning, go_ahead
from bot.console.source_commands import Outcome, Question
from bot.console.terminal import print_card
from bot.delivery.checked import checked_card
from bot.delivery.edition import briefing_card
from bot.delivery.handover import handover_card
from bot.delivery.history import history_card
from bot.delivery.markdown import to_markdown
from bot.delivery.ninjs import to_ninjs
from bot.delivery.plain import to_plain
from bot.desk import Desk
from bot.desk_articles import history
from bot.desk_briefings import show
from bot.desk_checks import check_quotes
from bot.desk_marks import handover
from bot.desk_stories import why
from bot.discord_token import load_token
from bot.errors import FetchError
from bot.moments import parse_moment
from bot.news import Dossier, to_json
from bot.ports import Places
from bot.settings import Settings
from bot.source_desk import SourceDesk
from bot.story_cards import why_card
from bot.tools import Listed

PROMPT: Final = "desk> "
MAX_TEXT_BYTES: Final = 1_000_000
CONFIRMED: Final = ("exact", "typographic")


async def brief_addresses(
    settings: Settings, addresses: Sequence[str], about: str, since: str = ""
) -> Dossier:
    """Return the briefing of these addresses, or of the newsroom's sources when there are none.

    With `since` it tells what is new in those since that moment, as an editor writes it.

    Raises:
        UnknownError: `since` is no such moment.
    """
    with shown_progress(Console(stderr=True)) as progress:
        async with open_desk(settings, progress) as desk:
            if addresses:
                listed = [Listed(address) for address in addresses]
                return await desk.brief_these(listed, now=clock(), about=about)
            now = clock()
            begins = parse_moment(since, desk.zone, now=now) if since else None
            return await desk.brief(now=now, about=about, mark=begins)


async def hand_over(settings: Settings, since: str, *, markdown: bool) -> str:
    """Return what a shift hands over, as Markdown or plain text.

    Raises:
        UnknownError: `since` is no moment that can be read.
    """
    with shown_progress(Console(stderr=True)) as progress:
        async with open_desk(settings, progress) as desk:
            now = clock()
            begins = parse_moment(since, desk.zone, now=now) if since else None
            card = handover_card(await handover(desk, now=now, since=begins), desk.zone)
    return to_markdown(card) if markdown else to_plain(card)


async def show_briefing(settings: Settings, briefing_id: str) -> Dossier:
    """Return a stored briefing."""
    with shown_progress(Console(stderr=True)) as progress:
        async with open_desk(settings, progress) as desk:
            return await show(desk, briefing_id, now=clock())


async def ask_questions(
    settings: Settings, questions: Iterable[str], tell: Callable[[Card], None]
) -> None:
    """Tell the answer to each question from the archive; each may go on from the one before it."""
    with shown_progress(Console(stderr=True)) as progress:
        async with open_desk(settings, progress) as desk:
            asking, lines = Asking(), iter(questions)
            # somebody may be typing: the loop must not wait for them
            while question := await asyncio.to_thread(next, lines, None):
                if question.strip():
                    tell(await asking.go_on(desk, question.strip(), clock()))


async def show_history(settings: Settings, article_id: str) -> str:
    """Return the history of an article as plain text.

    Raises:
        UnknownError: there is none of that id.
    """
    async with open_desk(settings, no_progress) as desk:
        told = await history(desk, article_id, now=clock())
        return to_plain(history_card(told, desk.zone))


async def check_text(settings: Settings, file: str) -> tuple[str, bool]:
    """Return what the archive has of the file's quotations, and whether it confirms all of them.

    Raises:
        FetchError: the file cannot be read, or is no text in UTF-8.
    """
    content = (await Files(max_bytes=MAX_TEXT_BYTES).fetch(file)).content
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FetchError(file, "is no text in UTF-8") from error
    async with open_desk(settings, no_progress) as desk:
        checked = await check_quotes(desk, text, now=clock())
        confirmed = all(one.verdict.kind in CONFIRMED for one in checked.claims)
        return to_plain(checked_card(checked, desk.zone)), confirmed


async def explain(settings: Settings, story: str) -> str:
    """Return, as plain text, why the reports of a story are one, and what it is worth.

    Raises:
        UnknownError: no story has that number or speaks of these words.
    """
    async with open_desk(settings, no_progress) as desk:
        return to_plain(why_card(await why(desk, story, now=clock())))


def print_dossier(dossier: Dossier, form: str, time_zone: str) -> None:
    """Print the briefing in one of its forms: terminal, plain, markdown, json or ninjs."""
    card = briefing_card(dossier.briefing, ZoneInfo(time_zone))
    match form:
        case "json":
            sys.stdout.write(to_json(dossier, indent=2) + "\n")
        case "markdown":
            sys.stdout.write(to_markdown(card))
        case "ninjs":
            sys.stdout.write(to_ninjs(dossier.briefing, ZoneInfo(time_zone)))
        case "plain":
            sys.stdout.write(to_plain(card))
        case _:
            print_card(Console(), card)


async def answer_about_sources(settings: Settings, question: Question) -> bool:
    """Print what the desk of the sources answers, and tell whether all of it could be done."""
    with shown_progress(Console(stderr=True)) as progress:
        async with open_source_desk(settings, progress) as desk:
            outcome = await question(desk, clock())
    return _print_outcome(outcome)


async def answer_about_schedules(settings: Settings, question: ScheduleQuestion) -> bool:
    """Print what the desk of the schedules answers, and tell whether all of it could be done."""
    confirm = _confirm if sys.stdin.isatty() and sys.stdout.isatty() else go_ahead
    with shown_progress(Console(stderr=True)) as progress:
        async with open_planning(settings, progress, _places(settings)) as planning:
            outcome = await question(replace(planning, confirm=confirm), clock())
    return _print_outcome(outcome)


def _places(settings: Settings) -> Places:
    from bot.chat.places import PlacesByToken  # noqa: PLC0415 - few commands ask Discord

    return PlacesByToken(lambda: load_token(settings))


def _confirm(card: Card) -> bool:
    print_card(Console(), card)
    return click.confirm("Save it?", default=True)


def _print_outcome(outcome: Outcome) -> bool:
    if outcome.text is not None:
        sys.stdout.write(outcome.text)
    else:
        print_card(Console(), outcome.card)
    return not outcome.failed


async def chat_here(settings: Settings) -> None:
    """Hold the desk's conversation on standard input and output."""
    console = Console()
    with shown_progress(Console(stderr=True)) as progress:
        async with (
            open_planning(settings, progress, _places(settings)) as planning,
            open_source_desk(settings, progress) as source_desk,
        ):
            await talk(planning.desk, console, clock, source_desk, planning=planning)


async def talk(
    desk: Desk,
    console: Console,
    now: Callable[[], datetime],
    source_desk: SourceDesk | None = None,
    *,
    planning: Planning | None = None,
) -> None:
    """Show the commands on a terminal, and answer what is typed until it ends."""
    interactive = sys.stdin.isatty()
    if interactive:
        print_card(console, help_card())
    await chat(
        desk,
        console,
        lambda: input(PROMPT if interactive else ""),
        now,
        source_desk=source_desk,
        planning=planning,
    )
