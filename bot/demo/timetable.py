"""The demo's timetable: the newsroom's own loops on a moved clock, posting on a terminal."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final, TypeVar

from rich.console import Console

from bot.adapters.archive import SqliteArchive
from bot.app import build_schedule_desk, clock
from bot.console.terminal import print_card
from bot.delivery.compact import message_number
from bot.delivery.correcting import correction_card
from bot.delivery.edition import briefing_card
from bot.delivery.phrases import day_and_hour
from bot.desk import Desk
from bot.errors import DeliveryError
from bot.news import Dossier, Post, Review
from bot.ports import Place
from bot.posting import Desks
from bot.schedule_desk import ScheduleDesk, Wish, add, set_operations
from bot.service import Service
from bot.waking import PREPARE

T = TypeVar("T")

HERE: Final = Place(1, 1, "this terminal")
CHECK_SECONDS: Final = 0.2
"""How often the clock is compared with the timetable: a moved one is noticed at once."""
WAIT_SECONDS: Final = 60.0


class MovedClock:
    """A clock that goes on as real time does, from whatever instant it was moved to."""

    def __init__(self, at: datetime) -> None:
        self.move(at)

    def __call__(self) -> datetime:
        """Return the instant that it shows."""
        return self._at + (clock() - self._moved)

    def move(self, at: datetime) -> None:
        """Let it show this instant now."""
        self._at, self._moved = at, clock()


class Terminal:
    """The ports `Channels` and `Teller` on a terminal: what is posted is printed."""

    def __init__(self, console: Console, desk: Desk) -> None:
        self._console = console
        self._desk = desk
        self._ids: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self.posted: asyncio.Queue[Dossier] = asyncio.Queue()
        self.corrected = asyncio.Event()

    async def send(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],  # noqa: ARG002 - of the port; nobody else posts here
        first_id: int | None = None,  # noqa: ARG002
    ) -> int:
        """Print the edition with its first message; in a terminal it needs no others.

        What is put right in an earlier one is posted too; operations are told it, who read here.
        """
        self._ids[post.key] = len(self._ids) + 1
        if _begins_edition(post):
            print_card(self._console, briefing_card(dossier.briefing, self._desk.zone))
            self.posted.put_nowait(dossier)
        return self._ids[post.key]

    async def edit(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],  # noqa: ARG002 - of the port
        first_id: int | None = None,  # noqa: ARG002
    ) -> bool:
        """Print once what each later version put right in an edition that was printed."""
        briefing = dossier.briefing
        if post.key in self._ids and _begins_edition(post):
            told = self._told.get(briefing.id, 1)
            self._told[briefing.id] = max(told, briefing.version)
            for version in range(told + 1, briefing.version + 1):
                print_card(self._console, correction_card(briefing, version))
                self.corrected.set()
        return post.key in self._ids

    async def take_back(
        self,
        thread_id: int,  # noqa: ARG002 - of the port
        *,
        may_send: Callable[[], bool],  # noqa: ARG002
    ) -> int:
        """Return that there is nothing to take back: a terminal has no threads."""
        return 0

    async def find(
        self,
        post: Post,
        since: datetime,  # noqa: ARG002 - of the port
        *,
        first_id: int | None = None,  # noqa: ARG002
    ) -> int | None:
        """Return whether it was printed."""
        return self._ids.get(post.key)

    async def tell(
        self,
        channel_id: int,  # noqa: ARG002 - of the port
        text: str,
        nonce: str,  # noqa: ARG002
        report_id: int = 0,  # noqa: ARG002
        *,
        since: datetime | None = None,  # noqa: ARG002
    ) -> None:
        """Print what operations are told."""
        said = text.replace(f"<#{HERE.channel_id}>", HERE.name)
        self._console.print(said, highlight=False, markup=False, soft_wrap=True)

    async def ask(self, review: Review, text: str, nonce: str) -> None:
        """Print what editors are asked."""
        await self.tell(review.channel_id, text, nonce)

    async def tell_member(
        self, member_id: int, text: str, nonce: str, *, since: datetime | None = None
    ) -> None:
        """Print what a member is told."""
        await self.tell(member_id, text, nonce, since=since)


def _begins_edition(post: Post) -> bool:
    return post.shows == "edition" and message_number(post.key) == 1


class Timetable:
    """A newsroom at work on a moved clock."""

    def __init__(self, now: MovedClock, terminal: Terminal, schedules: ScheduleDesk) -> None:
        self._now = now
        self._terminal = terminal
        self._schedules = schedules

    async def plan(self, words: str) -> str:
        """Plan an edition in an editor's words; returns how they were understood."""
        await set_operations(self._schedules, HERE)
        wish = Wish(at=words)
        plan = await add(self._schedules, wish, HERE, schedule_id="demo", now=self._now())
        runs = "; ".join(day_and_hour(at, self._schedules.zone) for at in plan.runs)
        return f"{plan.words} (next: {runs})"

    async def let_come(self, due_at: datetime) -> Dossier:
        """Move the clock to just before an instant and then to it; returns the edition it brings.

        Raises:
            DeliveryError: it does not come in a minute of real time.
        """
        self._now.move(due_at - PREPARE - timedelta(seconds=1))
        await asyncio.sleep(2 * CHECK_SECONDS)
        self._now.move(due_at)
        return await _soon(self._terminal.posted.get(), "The edition")

    async def let_be_corrected(self) -> None:
        """Wait until what was put right in an edition is printed.

        Raises:
            DeliveryError: it does not come in a minute of real time.
        """
        await _soon(self._terminal.corrected.wait(), "The correction")


async def _soon(awaited: Awaitable[T], what: str) -> T:
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            return await awaited
    except TimeoutError as error:
        raise DeliveryError(f"{what} of the demo did not come in a minute.") from error


@asynccontextmanager
async def open_timetable(
    archive: SqliteArchive, desk: Desk, console: Console, now: MovedClock
) -> AsyncIterator[Timetable]:
    """Run the newsroom's loops, posting on the console, for as long as the block lasts."""
    terminal = Terminal(console, desk)
    parts = Desks(
        desk,
        archive,
        archive.jobs,
        archive.posts,
        archive.timetable,
        terminal,
        archive.operations,
        terminal,
        archive.reviews,
    )
    service = Service(parts, now, "demo", CHECK_SECONDS)
    working = asyncio.create_task(service.run())
    try:
        yield Timetable(now, terminal, build_schedule_desk(desk, archive))
    finally:
        service.stop()
        await working
