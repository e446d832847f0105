"""What every store of reviews promises: the same tests on SQLite and on the fake."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.archive import SqliteArchive
from bot.errors import ApprovalError, UnknownError
from bot.news import NewJob, Review, ReviewAction, ReviewStep
from tests.builders import NOON
from tests.fakes import FakeArchive

HOUR = timedelta(hours=1)
REVIEW = Review("s@1", "s", "b", 1, 2, 2**62 + 5, NOON, NOON + HOUR, NOON + HOUR)
JOB = NewJob("release", "release/s@1", "{}", NOON + HOUR)


def step(action: ReviewAction, member: int = 1, *, version: int = 1) -> ReviewStep:
    return ReviewStep("s@1", action, "b", version, member, NOON)


async def waiting(archive: SqliteArchive | FakeArchive) -> int:
    """Return how many jobs wait."""
    count = 0
    while await archive.jobs.claim("w", now=NOON + 2 * HOUR, lease=HOUR):
        count += 1
    return count


async def test_a_review_is_asked_for_once(archive: SqliteArchive | FakeArchive) -> None:
    reviews = archive.reviews
    assert sum([await reviews.ask(REVIEW, then=[JOB]) for _ in range(3)]) == 1
    assert await reviews.find_review("s@1") == REVIEW
    assert [s.action for s in await reviews.steps("s@1")] == ["asked"]
    assert await waiting(archive) == 1
    assert await reviews.find_review("s@2") is None


async def test_two_clicks_at_once_are_two_steps_and_the_last_enqueues(
    archive: SqliteArchive | FakeArchive,
) -> None:
    reviews = archive.reviews
    await reviews.ask(REVIEW)
    both = [reviews.decide(step("approved", member), then=[JOB]) for member in (1, 2)]
    states = [review.state for review in await asyncio.gather(*both)]
    assert sorted(states) == ["approved", "waiting"]
    assert await waiting(archive) == 1


async def test_the_same_person_at_once_counts_once(archive: SqliteArchive | FakeArchive) -> None:
    reviews = archive.reviews
    await reviews.ask(REVIEW)
    clicks = [reviews.decide(step("approved", 1), then=[JOB]) for _ in range(6)]
    ended = await asyncio.gather(*clicks, return_exceptions=True)
    assert sum(isinstance(one, ApprovalError) for one in ended) == 5
    found = await reviews.find_review("s@1")
    assert found is not None
    assert found.state == "waiting"
    assert await waiting(archive) == 0


async def test_a_hold_beats_the_posting_or_comes_too_late(
    archive: SqliteArchive | FakeArchive,
) -> None:
    reviews = archive.reviews
    await reviews.ask(REVIEW)
    for member in (1, 2):
        await reviews.decide(step("approved", member))
    assert (await reviews.decide(step("held", 3))).state == "held"
    assert not await reviews.note_posted("s@1")
    await reviews.decide(step("released", 3))
    for member in (1, 2):
        await reviews.decide(step("approved", member))
    assert await reviews.note_posted("s@1")
    with pytest.raises(ApprovalError, match="posted already"):
        await reviews.decide(step("held", 3))


async def test_an_edit_makes_the_next_version_and_the_second_of_two_is_refused(
    archive: SqliteArchive | FakeArchive,
) -> None:
    reviews = archive.reviews
    await reviews.ask(REVIEW)
    assert (await reviews.edit(step("edited", 1, version=2), then=[JOB])).version == 2
    with pytest.raises(ApprovalError, match="Somebody else"):
        await reviews.edit(step("edited", 2, version=2), then=[JOB])
    assert await waiting(archive) == 1
    assert [s.action for s in await reviews.steps_since(NOON)] == ["asked", "edited"]
    assert await reviews.steps_since(NOON + HOUR) == ()


async def test_the_bots_own_steps_are_noted_once_and_one_ends_the_review(
    archive: SqliteArchive | FakeArchive,
) -> None:
    reviews = archive.reviews
    assert not await reviews.note(step("reminded", 0))
    await reviews.ask(REVIEW)
    assert [await reviews.note(step("reminded", 0)) for _ in range(2)] == [True, False]
    assert await reviews.note(step("expired", 0), ends=True)
    assert not await reviews.note(step("expired", 0), ends=True)
    found = await reviews.find_review("s@1")
    assert found is not None
    assert found.state == "expired"
    with pytest.raises(UnknownError):
        await reviews.decide(ReviewStep("s@9", "held", "b", 1, 1, NOON))
