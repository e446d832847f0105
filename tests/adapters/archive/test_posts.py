"""What every keeper of posts and threads promises: the same tests on SQLite and on the fake."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.errors import ArchiveError, LeaseLostError
from bot.news import Dossier, NewJob, Post, StoryThread
from bot.ports import Claim, Posts
from tests.builders import NOON, a_brief, a_briefing, a_dossier, an_article
from tests.fakes import FakeArchive

HOUR = timedelta(hours=1)
CHANNEL = 2**62 + 1
POST = Post("s1 2026-03-04T07:00 1", CHANNEL, "b1", 1)
SECOND_POST = Post("s1 2026-03-04T07:00 2", CHANNEL, "b1", 1)
JOB = NewJob("post", str(CHANNEL), f'{{"key": "{POST.key}"}}', NOON)
THREAD = StoryThread(CHANNEL + 5, CHANNEL, "b1", 1, "s1")

Both = SqliteArchive | FakeArchive


@pytest.fixture
async def full(archive: Both) -> Both:
    """An archive with the articles that are cited here."""
    await archive.revise({"a1": lambda _: an_article("a1")})
    return archive


@pytest.fixture
async def posts(full: Both) -> Posts:
    await full.store(a_dossier(), posts=[POST, SECOND_POST])
    return full.posts


async def waiting(archive: Both) -> list[str]:
    """Return the payloads of all jobs, which are done by it."""
    found = []
    while job := await archive.jobs.claim("w", now=NOON + HOUR, lease=HOUR):
        found.append(job.payload)
        await archive.jobs.finish(job, "w")
    return found


async def test_a_briefing_comes_with_its_posts_and_jobs(full: Both) -> None:
    await full.store(a_dossier(), posts=[POST], then=[JOB])

    assert await full.find_dossier("b1") == a_dossier()
    assert await full.posts.find_post(POST.key) == POST
    assert await full.posts.find_post("another") is None
    assert await waiting(full) == [JOB.payload]


async def test_a_briefing_that_is_stored_again_changes_nothing(full: Both) -> None:
    await full.store(a_dossier(), posts=[POST], then=[JOB])
    await full.posts.note_posted(POST.key, message_id=7)

    await full.store(a_dossier(), posts=[POST], then=[JOB, JOB])

    assert await full.posts.find_post(POST.key) == replace(POST, message_id=7)
    assert await waiting(full) == [JOB.payload]


async def test_posts_and_jobs_of_a_stored_briefing_may_come_later(full: Both) -> None:
    await full.store(a_dossier())

    await full.store(a_dossier(), posts=[POST, SECOND_POST], then=[JOB])

    assert await full.posts.find_post(SECOND_POST.key) == SECOND_POST
    assert await waiting(full) == [JOB.payload]


async def test_an_occurrence_that_was_told_by_one_briefing_is_not_told_by_another(
    full: Both,
) -> None:
    await full.store(a_dossier(), posts=[POST], then=[JOB])

    again = a_dossier(briefing_id="b2", made_at=NOON + HOUR)
    await full.store(again, posts=[replace(POST, briefing_id="b2")], then=[JOB])

    assert await full.posts.find_post(POST.key) == POST
    assert await waiting(full) == [JOB.payload]


@pytest.mark.parametrize(
    "wrong", [a_dossier(made_at=NOON + HOUR), a_dossier(an_article("a2"), briefing_id="b9")]
)
async def test_a_briefing_that_is_refused_leaves_no_post_and_no_job(
    full: Both, wrong: object
) -> None:
    await full.store(a_dossier())

    with pytest.raises((ArchiveError, ValueError)):
        await full.store(wrong, posts=[POST], then=[JOB])  # type: ignore[arg-type]

    assert await full.posts.find_post(POST.key) is None
    assert await waiting(full) == []


async def test_the_first_try_is_remembered(posts: Posts) -> None:
    tried = replace(POST, tried_at=NOON)

    assert await posts.note_try(POST.key, now=NOON) == tried
    assert await posts.note_try(POST.key, now=NOON + HOUR) == tried
    assert await posts.find_post(POST.key) == tried
    assert await posts.find_post(SECOND_POST.key) == SECOND_POST


async def test_a_post_is_found_by_its_message(posts: Posts) -> None:
    await posts.note_posted(POST.key, message_id=CHANNEL + 9)
    await posts.note_posted(POST.key, message_id=CHANNEL + 9)

    assert await posts.post_of_message(CHANNEL + 9) == replace(POST, message_id=CHANNEL + 9)
    assert await posts.post_of_message(CHANNEL) is None


async def test_a_message_is_one_post(posts: Posts) -> None:
    await posts.note_posted(POST.key, message_id=9)

    with pytest.raises(ValueError, match="9"):
        await posts.note_posted(SECOND_POST.key, message_id=9)

    assert await posts.find_post(SECOND_POST.key) == SECOND_POST


async def test_nothing_is_noted_of_a_post_that_there_is_not(posts: Posts) -> None:
    with pytest.raises(ValueError, match="no post nine"):
        await posts.note_try("nine", now=NOON)
    with pytest.raises(ValueError, match="no post nine"):
        await posts.note_posted("nine", message_id=9)


async def test_a_story_has_one_thread_in_a_channel(posts: Posts) -> None:
    assert await posts.find_thread(THREAD.thread_id) is None
    assert await posts.add_thread(THREAD) == THREAD

    assert await posts.add_thread(replace(THREAD, thread_id=1, version=2)) == THREAD

    assert await posts.find_thread(1) is None
    assert await posts.find_thread(THREAD.thread_id) == THREAD
    assert await posts.thread_of_story(CHANNEL, "b1", "s1") == THREAD
    assert await posts.thread_of_story(CHANNEL, "b1", "s2") is None


@pytest.mark.parametrize("other", [{"channel_id": 1}, {"briefing_id": "b2"}, {"story_id": "s2"}])
async def test_another_story_or_channel_has_a_thread_of_its_own(
    posts: Posts, other: dict[str, object]
) -> None:
    await posts.add_thread(THREAD)
    apart = replace(THREAD, thread_id=1, **other)

    assert await posts.add_thread(apart) == apart

    assert await posts.find_thread(1) == apart
    assert await posts.find_thread(THREAD.thread_id) == THREAD


async def test_a_thread_discusses_one_story(posts: Posts) -> None:
    await posts.add_thread(THREAD)

    with pytest.raises(ValueError, match="another story"):
        await posts.add_thread(replace(THREAD, story_id="s2"))

    assert await posts.find_thread(THREAD.thread_id) == THREAD


async def test_a_channel_was_told_what_stands_there_and_nothing_else(posts: Posts) -> None:
    ever = NOON - 9 * HOUR
    await posts.note_try(POST.key, now=NOON + HOUR)
    assert await posts.told_in(CHANNEL, ever) == {}, "it never came to stand"

    await posts.note_posted(POST.key, message_id=9)

    assert await posts.told_in(CHANNEL, ever) == {"a1": NOON}
    assert await posts.told_in(CHANNEL, NOON + HOUR) == {"a1": NOON}
    assert await posts.told_in(CHANNEL, NOON + 2 * HOUR) == {}
    assert await posts.told_in(1, ever) == {}


async def test_of_an_edition_in_parts_those_stories_were_told_whose_message_stands(
    full: Both,
) -> None:
    await full.revise({"a2": lambda _: an_article("a2")})
    told = a_briefing(a_brief(an_article("a1")), a_brief(an_article("a2"), story_id="s2"))
    dossier = Dossier(briefing=told, articles=(an_article("a1"), an_article("a2")))
    made = [
        Post(f"s1/{n}", CHANNEL, "b1", 1, messages=2, stories=(f"s{n}",), first_story=n)
        for n in (1, 2)
    ]
    await full.store(dossier, posts=made)
    later = a_dossier(an_article("a2"), briefing_id="b2", made_at=NOON + HOUR)
    await full.store(later, posts=[Post("s2/1", CHANNEL, "b2", 1)])
    await full.posts.note_try("s1/2", now=NOON)
    await full.posts.note_posted("s1/2", message_id=2)
    assert await full.posts.told_in(CHANNEL, NOON) == {"a2": NOON}

    await full.posts.note_try("s2/1", now=NOON + HOUR)
    await full.posts.note_posted("s2/1", message_id=3)

    assert await full.posts.told_in(CHANNEL, NOON) == {"a2": NOON + HOUR}, "the last time counts"


async def test_the_posts_of_an_occurrence_come_in_order(full: Both) -> None:
    keys = [f"s1@20260917T060000Z/{n}" for n in (2, 10, 1)]
    other = ["s1@20260917T060001Z/1", "s10@20260917T060000Z/1"]
    made = [
        Post(key, CHANNEL, "b1", 1, target="forum", messages=10, stories=("a", "b"), first_story=3)
        for key in keys + other
    ]
    await full.store(a_dossier(), posts=made)

    found = await full.posts.posts_of("s1@20260917T060000Z")

    assert found == (made[2], made[0], made[1])


async def test_who_has_lost_the_job_notes_nothing_of_its_post(full: Both) -> None:
    await full.store(a_dossier(), posts=[POST], then=[JOB])
    lost = await full.jobs.claim("asleep", now=NOON, lease=HOUR)
    taken = await full.jobs.claim("awake", now=NOON + HOUR, lease=HOUR)
    assert lost
    assert taken
    old = Claim(lost, "asleep", NOON + 9 * HOUR)
    new = Claim(taken, "awake", NOON + 3 * HOUR)

    with pytest.raises(LeaseLostError):
        await full.posts.note_try(POST.key, now=NOON, claim=old)
    assert await full.posts.find_post(POST.key) == POST
    await full.posts.note_try(POST.key, now=NOON + HOUR, claim=new)
    await full.posts.note_posted(POST.key, message_id=7, claim=new)
    with pytest.raises(LeaseLostError):
        await full.posts.note_posted(POST.key, message_id=8, claim=old)
    with pytest.raises(LeaseLostError):
        await full.store(a_dossier(), posts=[SECOND_POST], claim=old)

    found = await full.posts.find_post(POST.key)
    assert found
    assert found.message_id == 7
    assert await full.posts.find_post(SECOND_POST.key) is None
    assert await full.jobs.claim("third", now=NOON + 2 * HOUR, lease=HOUR) is None, "prolonged"
