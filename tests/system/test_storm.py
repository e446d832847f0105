"""The storm: editions due every second in places of all kinds, while everything fails.

What is due every second is recorded by the test through the port `Timetable`, as the waker records
it, since no timing knows seconds; from there on it is the bot's own process that does the work.
"""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.posting import edition_job
from tests.discord_server.faults import Fault, LostReply, Outage, RateLimited, Refused
from tests.discord_server.server import Setting
from tests.system.newsroom import DATABASE, Newsroom, a_newsroom
from tests.system.targets import Target, make_targets

pytestmark = [pytest.mark.system, pytest.mark.soak]

SECOND = timedelta(seconds=1)
AHEAD = timedelta(seconds=2)
LATER_THAN_NONCES = timedelta(minutes=5)
FAULTS: Sequence[Fault] = (
    LostReply(),
    Outage(502),
    Outage(502, after_effect=True),
    RateLimited(0.3),
    RateLimited(0.3, everywhere=True),
    Refused(),
)
SENDING = ("/channels/*/messages", "/channels/*/threads")


@dataclass
class Storm:
    """What happens to one newsroom, decided by a seed."""

    newsroom: Newsroom
    archive: SqliteArchive
    database: Path
    targets: Sequence[Target]
    dice: random.Random
    instants: list[datetime] = field(default_factory=list)
    kills: int = 0
    restarts_later: int = 0
    copies: int = 0
    standing: int = 0

    async def fall_due(self) -> None:
        """Record for every target what is due by now or soon and was not recorded yet."""
        now = self.newsroom.clock.now()
        due_at = (now + AHEAD).replace(microsecond=0)
        if self.instants and due_at <= self.instants[-1]:
            return
        self.instants.append(due_at)
        for target in self.targets:
            job = edition_job(target.schedule, due_at, make_at=now)
            assert await self.archive.timetable.record_due(target.schedule.id, due_at, then=[job])

    def blow(self) -> None:
        """Let one of the next requests that send something fail."""
        self.newsroom.discord.fail_next("POST", self.dice.choice(SENDING), self.dice.choice(FAULTS))

    async def kill(self) -> None:
        """End the bot, and start it again: at once, or when no nonce is known any more."""
        await self.newsroom.kill()
        self.kills += 1
        if self.kills % 3 == 2:
            self.restarts_later += 1
            self.newsroom.clock.advance(LATER_THAN_NONCES)
        self.standing = sum(target.count() for target in self.targets)
        await self.newsroom.launch()

    def has_worked(self) -> bool:
        """Tell whether the bot has posted anything since it was started."""
        return sum(t.count() for t in self.targets) > self.standing

    def missing(self) -> int:
        """Return how many posts do not stand yet."""
        wanted = len(self.targets) * len(self.instants)
        return wanted - sum(target.count() for target in self.targets)

    def cut_power(self, folder: Path) -> None:
        """Copy the database as a power cut would leave it, and look into the copy."""
        process = self.newsroom.process
        assert process
        process.send_signal(signal.SIGSTOP)
        try:
            copy = _copied(self.database, folder / f"copy-{self.copies}")
        finally:
            process.send_signal(signal.SIGCONT)
        self.copies += 1
        there = {i for t in self.targets for i in _message_ids(t)}
        connection = sqlite3.connect(copy)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        marked = connection.execute("SELECT message_id FROM post WHERE message_id IS NOT NULL")
        assert {message_id for (message_id,) in marked} <= there
        connection.close()


def _message_ids(target: Target) -> list[int]:
    rooms = target.channel.threads if target.channel.is_forum else [target.channel]
    return [message.id for room in rooms for message in room.messages]


def _copied(database: Path, into: Path) -> Path:
    into.mkdir()
    for name in (database.name, f"{database.name}-wal"):
        source = database.with_name(name)
        if source.exists():
            shutil.copyfile(source, into / name)
    return into / database.name


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("seconds", "kills", "places"),
    [
        (20, 5, {"channels": 2, "threads": 2, "forums": 2, "directs": 2}),
        pytest.param(
            60,
            20,
            {"channels": 8, "threads": 4, "forums": 4, "directs": 4},
            marks=pytest.mark.skipif(
                "NUTGRAF_LONG_STORM" not in os.environ, reason="set NUTGRAF_LONG_STORM to try it"
            ),
        ),
    ],
)
async def test_each_occurrence_is_posted_once_in_order_and_none_is_missing(
    tmp_path: Path, seconds: int, kills: int, places: dict[str, int]
) -> None:
    async with a_newsroom(tmp_path, Setting(checks_bodies=False)) as newsroom:
        targets = make_targets(newsroom.discord, **places)
        await newsroom.start()
        database = tmp_path / DATABASE
        async with SqliteArchive.open(database, busy_timeout_seconds=30) as archive:
            storm = Storm(newsroom, archive, database, targets, random.Random(seconds))  # noqa: S311
            for target in targets:
                await archive.timetable.save_schedule(
                    target.schedule, seen_until=newsroom.clock.now()
                )
            await rage(storm, seconds, kills, tmp_path)
            await calm(storm)
            await settle(storm)
        assert await newsroom.stop() == 0
        for target in targets:
            assert target.marks() == target.wanted(storm.instants), target.schedule.id
        assert newsroom.discord.violations == []
        assert newsroom.discord.pings == []
        assert storm.kills == kills
        assert storm.restarts_later


async def rage(storm: Storm, seconds: int, kills: int, folder: Path) -> None:
    """Let it storm for so many real seconds, with kills and power cuts in between."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    moments = sorted(storm.dice.uniform(1, seconds) for _ in range(kills))
    while (passed := loop.time() - begun) < seconds or moments:
        await storm.fall_due() if passed < seconds else None
        if storm.dice.random() < 0.2:
            storm.blow()
        if moments and moments[0] <= passed and storm.has_worked():
            moments.pop(0)
            storm.cut_power(folder)
            await storm.kill()
        await asyncio.sleep(storm.dice.uniform(0.05, 0.25))


async def calm(storm: Storm) -> None:
    """Wait until all posts stand; where all that is left waits for its next try, time goes on."""
    async with asyncio.timeout(500):
        while (before := storm.missing()) > 0:
            await asyncio.sleep(3)
            if storm.missing() == before:
                storm.newsroom.clock.advance(LATER_THAN_NONCES)


async def settle(storm: Storm) -> None:
    """Wait until the archive says of every occurrence that it was posted."""

    async def open_ones() -> int:
        states = [
            occurrence.state
            for target in storm.targets
            for occurrence in await storm.archive.timetable.occurrences(
                target.schedule.id, storm.instants[0]
            )
        ]
        assert len(states) == len(storm.targets) * len(storm.instants)
        return len(states) - states.count("posted")

    async with asyncio.timeout(60):
        while await open_ones():  # noqa: ASYNC110 - a database rings no bell
            await asyncio.sleep(0.2)
    assert await storm.archive.jobs.dead_letters() == ()
