"""`nutgraf demo`: the sample wire, read over HTTP like any other, and the desk on top of it."""

import shutil
import sys
from pathlib import Path

from rich.console import Console

from bot.app import clock, open_desk, open_source_desk
from bot.commands import talk
from bot.console.progress import shown_progress
from bot.console.terminal import print_card
from bot.delivery.edition import briefing_card
from bot.delivery.phrases import count
from bot.demo.server import SampleWire
from bot.demo.wire import EVENING, NOW
from bot.desk import Desk
from bot.errors import ArchiveError
from bot.news import to_json
from bot.settings import ArchiveSettings, BriefingSettings, DeskSettings, Settings
from bot.tools import Listed


async def run_demo(folder: Path) -> None:
    """Read the wire twice, print the edition of its third morning, export it, open the desk.

    Without a terminal it ends after the edition.

    Raises:
        ArchiveError: the folder cannot be written.
    """
    console = Console()
    settings = demo_settings(folder)
    clear_folder(folder)
    started = clock()
    with shown_progress(Console(stderr=True)) as progress:
        async with SampleWire() as wire:
            sources = [Listed(feed.address, feed.outlet, feed.publisher) for feed in wire.feeds]
            allowed = frozenset({wire.host_port})
            async with (
                open_desk(settings, progress, sources=sources, allowed=allowed) as desk,
                open_source_desk(settings, progress, allowed=allowed) as source_desk,
            ):
                await _show_morning(desk, wire, console, folder)
                if sys.stdin.isatty() and console.is_terminal:
                    await talk(desk, console, lambda: NOW + (clock() - started), source_desk)


async def _show_morning(desk: Desk, wire: SampleWire, console: Console, folder: Path) -> None:
    evening = await desk.read_sources(now=EVENING)
    console.print(
        f"The sample wire is on {wire.base_url}: {count(len(wire.feeds), 'feed')}, "
        f"{count(len(evening.article_ids), 'article')} on the evening of 16 September 2026.",
        highlight=False,
        soft_wrap=True,
    )
    wire.move_on()
    edition = await desk.brief(now=NOW)
    print_card(console, briefing_card(edition.briefing, desk.zone))
    export = folder / "briefing.json"
    export.write_text(to_json(edition, indent=2) + "\n", encoding="utf-8")
    console.print(f"\nProve it:  {sys.argv[0]} verify {export}", highlight=False, soft_wrap=True)


def demo_settings(folder: Path) -> Settings:
    """Return the settings of a newsroom that reads the sample wire."""
    return Settings(
        archive=ArchiveSettings(database=str(folder / "nutgraf.db")),
        briefing=BriefingSettings(window_hours=72),
        desk=DeskSettings(time_zone="UTC"),
    )


def clear_folder(folder: Path) -> None:
    """Start anew. Only what a demo made is removed: a folder with other files is left alone.

    Raises:
        ArchiveError: there are other files, or the folder cannot be cleared.
    """
    if not folder.exists():
        return
    ours = {"nutgraf.db", "nutgraf.db-wal", "nutgraf.db-shm", "nutgraf.db.lock", "briefing.json"}
    others = sorted({path.name for path in folder.iterdir()} - ours)
    if others:
        raise ArchiveError(
            f"{folder} holds other files ({others[0]}); name an empty folder with --data."
        )
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be cleared ({error.strerror}).") from error
