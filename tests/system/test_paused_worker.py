"""A worker that was stopped past its lease wakes up beside another that has done its work."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.delivery.outbox import occurrence_key
from bot.posting import edition_job
from tests.discord_server.faults import RateLimited
from tests.discord_server.server import Setting
from tests.system.newsroom import DATABASE, ROOT, Newsroom, a_newsroom
from tests.system.targets import make_targets

pytestmark = [pytest.mark.system, pytest.mark.soak]

LEASE_SECONDS = 3


async def start_worker(newsroom: Newsroom, name: str) -> asyncio.subprocess.Process:
    """Start a process that posts from the newsroom's archive."""
    with (newsroom.folder / f"{name}.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.system.run_worker", newsroom.discord.base_url),
            *(str(newsroom.folder / "clock.json"), str(LEASE_SECONDS)),
            cwd=newsroom.folder,
            stdout=log,
            stderr=log,
            env=os.environ
            | {"PYTHONPATH": str(ROOT), "NUTGRAF_DISCORD_TOKEN": newsroom.discord.token},
        )


@pytest.mark.parametrize("kind", ["channels", "forums"])
async def test_a_paused_worker_posts_nothing_and_overwrites_nothing(  # noqa: PLR0915 - one story
    tmp_path: Path, kind: str
) -> None:
    # no nonce is remembered: whatever is sent twice would stand there twice
    async with a_newsroom(tmp_path, Setting(nonce_seconds=-1)) as newsroom:
        discord, wanted = newsroom.discord, {"channels": 0, "threads": 0, "forums": 0, "directs": 0}
        (target,) = make_targets(discord, **wanted | {kind: 1})
        schedule, now = target.schedule, newsroom.clock.now()
        due_at = (now + timedelta(seconds=2)).replace(microsecond=0)
        async with SqliteArchive.open(tmp_path / DATABASE, busy_timeout_seconds=30) as archive:
            await archive.timetable.save_schedule(schedule, seen_until=now)
            job = edition_job(schedule, due_at, make_at=now)
            assert await archive.timetable.record_due(schedule.id, due_at, then=[job])
            # while Discord lets it wait, after the try is noted and before it is sent again
            path = "threads" if kind == "forums" else "messages"
            discord.fail_next("POST", f"/channels/{target.channel.id}/{path}", RateLimited(4))
            first = await start_worker(newsroom, "first")
            await discord.until(lambda: not len(discord.faults), "a refused post", 60)
            first.send_signal(signal.SIGSTOP)
            second = await start_worker(newsroom, "second")
            await discord.until(target.count, "the post of the second worker", 60)
            key = f"{occurrence_key(schedule.id, due_at)}/1"
            async with asyncio.timeout(20):
                while not (before := await archive.posts.find_post(key)) or not before.message_id:  # noqa: ASYNC110 - a database rings no bell
                    await asyncio.sleep(0.1)

            first.send_signal(signal.SIGCONT)
            async with asyncio.timeout(20):
                log = tmp_path / "first.log"
                while "job is another worker's" not in log.read_text(encoding="utf-8"):  # noqa: ASYNC110 - a database rings no bell
                    await asyncio.sleep(0.1)

            assert target.marks() == target.wanted([due_at])
            assert await archive.posts.find_post(key) == before
            occurrence = await archive.timetable.find_occurrence(schedule.id, due_at)
            assert occurrence
            assert occurrence.state == "posted"
        for worker in (first, second):
            worker.terminate()
            async with asyncio.timeout(15):
                assert await worker.wait() == 0
