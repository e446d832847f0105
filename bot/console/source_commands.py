"""`sources …` as it is typed, at the shell's prompt and at the desk's: options, paths, questions.

Each command returns what is to be asked of the desk. Nothing but click is imported until it is
asked, since `nutgraf --help` reads this too.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import SubscriptionError

if TYPE_CHECKING:
    from bot.cards import Card
    from bot.source_desk import SourceDesk


@dataclass(frozen=True)
class Outcome:
    """What a command answers.

    Args:
        card: for people.
        text: for machines, or a file's content; printed instead of the card if it is not `None`.
        failed: something of it could not be done.
    """

    card: "Card"
    text: str | None = None
    failed: bool = False


Question = Callable[["SourceDesk", datetime], Awaitable[Outcome]]
"""Asks the desk; what it raises is a `NutgrafError`."""

as_json = click.option("--json", "json", is_flag=True, help="For machines.")
NAME_HELP = "NAME is an address, an outlet, or a part of either that only one source has."


def typed_address(text: str) -> str:
    """Return the address that was typed; a folder's path ends in a slash, since it is watched."""
    text = text.strip()
    is_folder = text and "://" not in text and Path(text).is_dir()
    return f"{text.rstrip('/')}/" if is_folder else text


@click.group("sources", invoke_without_command=True)
@click.pass_context
def sources(context: click.Context) -> Question | None:
    """What the newsroom reads: feeds, pages, wires, folders."""
    return list_them("", json=False) if context.invoked_subcommand is None else None


@sources.command("add")
@click.argument("address")
@click.option("--outlet", default="", help="The name to print; by default what it calls itself.")
@click.option("--publisher", default="", help="The company behind it, if it has several outlets.")
@click.option("--folder", default="", help="Where to file it in lists.")
@click.option("--urgent", is_flag=True, help="Ask every minute.")
@click.option("--paused", is_flag=True, help="Do not read it yet.")
@click.option("--all", "which", flag_value="all", help="All feeds that a front page names.")
@click.option("--page", "which", flag_value="page", help="The page itself, not its feeds.")
@click.option("--as-is", "which", flag_value="as is", help="Do not look at it now.")
def add(address: str, which: str | None, **options: Any) -> Question:  # noqa: ANN401 - click's
    """Add a feed, a page, a file or a folder. Of a site's front page its best feed is added."""

    async def ask(desk: "SourceDesk", now: datetime) -> Outcome:
        from bot.news import Subscription  # noqa: PLC0415 - see the module's docstring
        from bot.source_desk import add as add_source  # noqa: PLC0415
        from bot.source_desk.cards import added_card  # noqa: PLC0415

        wanted = Subscription(typed_address(address), now, **options)
        if which != "as is":
            _require_folder(wanted.address)
        added = await add_source(desk, wanted, which or "best", now=now)  # type: ignore[arg-type]
        return Outcome(added_card(added))

    return ask


@sources.command("list", short_help="List the sources, or those with some words.")
@click.argument("words", nargs=-1)
@as_json
def list_command(words: tuple[str, ...], *, json: bool) -> Question:
    """List the sources, or only those whose address, outlet or folder has the WORDS."""
    return list_them(" ".join(words), json=json)


def list_them(about: str, *, json: bool) -> Question:
    """Return the question what the newsroom reads."""

    async def ask(desk: "SourceDesk", now: datetime) -> Outcome:
        from bot.source_desk import listing  # noqa: PLC0415
        from bot.source_desk.cards import listing_card  # noqa: PLC0415
        from bot.source_desk.machines import listing_json  # noqa: PLC0415

        found = await listing(desk.subscriptions, about)
        return Outcome(listing_card(found, now=now), listing_json(found, now) if json else None)

    return ask


@sources.command("test")
@click.argument("address", nargs=-1, required=True)
@as_json
def test(address: tuple[str, ...], *, json: bool) -> Question:
    """Show what would be read at the ADDRESS, how often, or why not. Nothing is stored."""

    async def ask(desk: "SourceDesk", now: datetime) -> Outcome:
        from bot.source_desk import try_address  # noqa: PLC0415
        from bot.source_desk.machines import trial_json  # noqa: PLC0415
        from bot.source_desk.reports import trial_card  # noqa: PLC0415

        found = await try_address(desk, typed_address(" ".join(address)), now=now)
        text = trial_json(found) if json else None
        return Outcome(trial_card(found, desk.zone), text, failed=bool(found.refused))

    return ask


@sources.command("pause", epilog=NAME_HELP)
@click.argument("name", nargs=-1, required=True)
def pause(name: tuple[str, ...]) -> Question:
    """Read a source no more until it is resumed."""

    async def ask(desk: "SourceDesk", _: datetime) -> Outcome:
        from bot.source_desk import pause as pause_source  # noqa: PLC0415
        from bot.source_desk.cards import paused_card  # noqa: PLC0415

        return Outcome(paused_card(await pause_source(desk, " ".join(name))))

    return ask


@sources.command("resume", epilog=NAME_HELP)
@click.argument("name", nargs=-1, required=True)
def resume(name: tuple[str, ...]) -> Question:
    """Read a paused source again, or one that was gone."""

    async def ask(desk: "SourceDesk", _: datetime) -> Outcome:
        from bot.source_desk import resume as resume_source  # noqa: PLC0415
        from bot.source_desk.cards import resumed_card  # noqa: PLC0415

        return Outcome(resumed_card(await resume_source(desk, " ".join(name))))

    return ask


@sources.command("remove", epilog=NAME_HELP)
@click.argument("name", nargs=-1, required=True)
@click.pass_context
def remove(context: click.Context, name: tuple[str, ...]) -> Question:
    """Forget a source; its articles stay. What to type to have it back is printed."""
    program = context.meta.get("bot.program", "")

    async def ask(desk: "SourceDesk", _: datetime) -> Outcome:
        from bot.source_desk import remove as remove_source  # noqa: PLC0415
        from bot.source_desk.cards import removed_card  # noqa: PLC0415

        return Outcome(removed_card(await remove_source(desk, " ".join(name)), program=program))

    return ask


@sources.command("health", short_help="Say which sources fail, since when and why.")
@as_json
def health(*, json: bool) -> Question:
    """Say which sources fail, since when and why, and which are silent, moved, gone or paused."""

    async def ask(desk: "SourceDesk", now: datetime) -> Outcome:
        from bot.source_desk import health_of  # noqa: PLC0415
        from bot.source_desk.machines import health_json  # noqa: PLC0415
        from bot.source_desk.reports import health_card  # noqa: PLC0415

        found = health_of(await desk.subscriptions.subscriptions(), now=now)
        return Outcome(health_card(found, desk.zone), health_json(found) if json else None)

    return ask


@sources.command("import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Only say what would be added.")
def import_command(file: str, *, dry_run: bool) -> Question:
    """Add the sources of an OPML list: a FILE, a web address, or `-`."""

    async def ask(desk: "SourceDesk", now: datetime) -> Outcome:
        from bot.source_desk import import_opml  # noqa: PLC0415
        from bot.source_desk.cards import imported_card  # noqa: PLC0415

        found = await import_opml(desk, file, dry=dry_run, now=now)
        return Outcome(imported_card(found), failed=bool(found.refused))

    return ask


@sources.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path | None) -> Question:
    """Write all sources as an OPML list to the FILE, or print it."""

    async def ask(desk: "SourceDesk", _: datetime) -> Outcome:
        from asyncio import to_thread  # noqa: PLC0415

        from bot.delivery.phrases import count  # noqa: PLC0415
        from bot.source_desk import export_opml  # noqa: PLC0415
        from bot.source_desk.cards import said  # noqa: PLC0415

        markup, number = await export_opml(desk)
        if file is None:
            return Outcome(said(markup), markup)
        await to_thread(_write, file, markup)
        return Outcome(said(f"{count(number, 'source')} written to {file}."))

    return ask


def _require_folder(address: str) -> None:
    from bot.news import is_folder  # noqa: PLC0415
    from bot.source_desk.printing import printed  # noqa: PLC0415

    if is_folder(address) and not Path(address).is_dir():
        raise SubscriptionError(
            f"{printed(address)}: there is no such folder; make it first, or add it with --as-is."
        )


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SubscriptionError(f"{file}: cannot be written ({error.strerror}).") from error
