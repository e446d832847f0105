"""`nutgraf demo`: the sample wire, read over HTTP like any other, and the desk on top of it."""

import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

from rich.console import Console

from bot.adapters.archive import SqliteArchive
from bot.app import build_desk, list_sources, open_documents, open_source_desk
from bot.commands import talk
from bot.console.progress import shown_progress
from bot.delivery.phrases import count
from bot.demo.server import SampleWire
from bot.demo.timetable import MovedClock, Timetable, open_timetable
from bot.demo.wire import EVENING, NOW
from bot.desk import Desk
from bot.errors import ArchiveError
from bot.news import Dossier, to_json
from bot.settings import ArchiveSettings, BriefingSettings, DeskSettings, Settings
from bot.tools import Listed

PLANNED: Final = "daily 06:00, 12:05 and 19:30"
EVENING_EDITION: Final = EVENING + timedelta(minutes=30)
"""The first edition of that plan; the next is at `NOW`."""
NOON_EDITION: Final = NOW + timedelta(hours=6, minutes=5)
"""The third, five minutes after the embargoes of the wire ended."""


async def run_demo(folder: Path) -> None:
    """Read the wire, print the editions of an evening, a morning and a noon, and open the desk.

    They come by the timetable, on a clock that is moved. The morning's says what is new, beside
    what a correction and a kill put right in the evening's; the noon's tells what was under
    embargo. It is exported. Without a terminal the demo ends after it.

    Raises:
        ArchiveError: the folder cannot be written.
        DeliveryError: an edition did not come.
    """
    console = Console()
    settings = demo_settings(folder)
    clear_folder(folder)
    now = MovedClock(EVENING)
    with shown_progress(Console(stderr=True)) as progress:
        async with SampleWire() as wire:
            allowed = frozenset({wire.host_port})
            async with (
                SqliteArchive.open(Path(settings.archive.database)) as archive,
                open_documents(settings, allowed) as documents,
                open_source_desk(settings, progress, allowed=allowed) as source_desk,
            ):
                sources = [Listed(feed.address, feed.outlet, feed.publisher) for feed in wire.feeds]
                await list_sources(settings, archive, sources=sources)
                desk = build_desk(settings, archive, documents, progress)
                await _say_where(desk, wire, console)
                async with open_timetable(archive, desk, console, now) as timetable:
                    desk.last_edition = await _show_editions(timetable, wire, console, folder)
                if sys.stdin.isatty() and console.is_terminal:
                    await talk(desk, console, now, source_desk)


async def _say_where(desk: Desk, wire: SampleWire, console: Console) -> None:
    evening = await desk.read_sources(now=EVENING)
    _say(
        console,
        f"The sample wire is on {wire.base_url}: {count(len(wire.feeds), 'feed')}, "
        f"{count(len(evening.article_ids), 'article')} on the evening of 16 September 2026.",
    )


async def _show_editions(
    timetable: Timetable, wire: SampleWire, console: Console, folder: Path
) -> Dossier:
    """Return the edition of noon."""
    plan = await timetable.plan(PLANNED)
    _say(console, f"\n/schedule add at:{PLANNED}\n{plan}\nThe clock is moved to the first.\n")
    await timetable.let_come(EVENING_EDITION)
    wire.move_on()
    _say(
        console,
        "\nThe night passes, and the wire moves on: new reports, a correction, a kill. What was "
        "posted is put right, and the next edition tells only what is new.\n",
    )
    await timetable.let_come(NOW)
    await timetable.let_be_corrected()
    _say(
        console,
        "\nAt 12:00 an embargo ends. The archive had the text all along, and no edition, search or "
        "answer had a word of it; the edition of 12:05 tells it.\n",
    )
    edition = await timetable.let_come(NOON_EDITION)
    export = folder / "briefing.json"
    export.write_text(to_json(edition, indent=2) + "\n", encoding="utf-8")
    _say(console, f"\nProve it:  {sys.argv[0]} verify {export}")
    return edition


def _say(console: Console, text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)


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
