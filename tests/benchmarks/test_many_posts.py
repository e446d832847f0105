"""Hundreds of posts due at one instant: how late the last is, and whether the loop still turns.

`python -m pytest tests/benchmarks/test_many_posts.py -m soak -s` prints the figures. Discord is a
door here that takes 45 posts a second, each in a twentieth of a second; every other part is real.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.chat.guard import REQUESTS_PER_SECOND
from bot.crew import Crew
from bot.delivery.outbox import occurrence_key
from bot.delivery.parting import message_of, posts_of_edition
from bot.news import Dossier, NewJob, Post
from bot.orders import Desks, PostDue, to_payload
from bot.service import POSTING_HANDS
from tests.benchmarks.test_timetable import MAX_STALL_SECONDS, NOW, due_at_seven, stall_watched
from tests.fakes_timetable import FakeTeller
from tests.laws.desks import a_desk
from tests.long_editions import a_long_edition


class RatedChannels:
    """A chat service that takes so many posts a second, and notes when each came."""

    def __init__(self) -> None:
        self.came: list[float] = []
        self._next_at = 0.0

    async def send(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> int:
        """Wait for a turn, and take the post."""
        assert first_id is None
        assert may_send()
        assert message_of(post, dossier, UTC)
        now = time.perf_counter()
        turn = max(self._next_at, now)
        self._next_at = turn + 1 / REQUESTS_PER_SECOND
        await asyncio.sleep(turn - now + 0.05)
        self.came.append(time.perf_counter())
        return len(self.came)

    async def edit(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> bool:
        """Nothing is ever edited here."""
        raise AssertionError((post, dossier, may_send, first_id))

    async def take_back(self, thread_id: int, *, may_send: Callable[[], bool]) -> int:
        """Nothing is taken back here."""
        raise NotImplementedError

    async def find(self, post: Post, since: datetime, *, first_id: int | None = None) -> int | None:
        """Nothing is ever looked for here."""
        raise AssertionError((post, since, first_id))


async def prepare(archive: SqliteArchive, many: int) -> None:
    """Store one edition for so many channels, with the jobs that post it now."""
    dossier = a_long_edition(1)
    (article,) = dossier.articles
    await archive.revise({article.id: lambda _: article})
    for schedule in due_at_seven(many):
        await archive.timetable.save_schedule(schedule, seen_until=NOW)
        posts = posts_of_edition(occurrence_key(schedule.id, NOW), schedule, dossier, UTC)
        (post,) = posts
        job = NewJob(
            "post", f"{schedule.channel_id}", to_payload(PostDue(post.key, schedule.id, NOW)), NOW
        )
        assert await archive.timetable.record_due(schedule.id, NOW)
        await archive.store(dossier, posts=posts, then=[job])


@pytest.mark.system
@pytest.mark.parametrize("many", [50, pytest.param(500, marks=pytest.mark.soak)])
async def test_many_posts_due_at_one_instant_go_out_as_fast_as_they_are_taken(
    tmp_path: Path, many: int
) -> None:
    async with SqliteArchive.open(tmp_path / "nutgraf.db") as archive:
        await prepare(archive, many)
        channels, desk = RatedChannels(), a_desk({})
        parts = Desks(
            replace(desk, tools=replace(desk.tools, archive=archive)),
            archive,
            archive.jobs,
            archive.posts,
            archive.timetable,
            channels,
            archive.operations,
            FakeTeller(),
            archive.reviews,
        )
        crew = Crew(parts, lambda: NOW, "w", ("post",), POSTING_HANDS)
        begun = time.perf_counter()
        async with stall_watched() as stall:
            while len(channels.came) < many:  # noqa: ASYNC110 - as the service does it
                await asyncio.sleep(min(await crew.step(), 0.01))
            await crew.finish()
    last = max(channels.came) - begun
    least = many / REQUESTS_PER_SECOND
    print(f"\n{many} posts in {last:.2f} s, at best {least:.2f} s; {stall}")
    assert last < 3 * least + 5  # on busy processors, which others use too
    assert stall.busy_seconds < MAX_STALL_SECONDS  # on the wall, others' work counts too
