"""What every store of reports and of messages to correct promises: on SQLite and on the fake."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.news import Article, NewJob, Post, Revision, WrongReport
from bot.ports import Revise
from tests.builders import BODY, NOON, TITLE, a_dossier, an_article
from tests.fakes import FakeArchive

REPORT = WrongReport("other", "b1", 1, "s1", NOON, "7", 5, text="The crane is a tug.")
JOB = NewJob("edit", "card p/1", "{}", NOON)
MESSAGE = Post("answer/9/1", 5, "b1", 1, NOON, 70, messages=1, stories=("s1",))


def always(article: Article) -> Revise:
    return lambda _: article


async def test_a_report_is_kept_with_what_became_of_it(
    archive: SqliteArchive | FakeArchive,
) -> None:
    first = await archive.reports.add(REPORT)
    second = await archive.reports.add(REPORT)
    assert (first.state, first.report, second.id) == ("open", REPORT, first.id + 1)

    decided = await archive.reports.decide(
        first.id, "confirmed", instead_of=["open"], by="8", now=NOON + timedelta(hours=1)
    )
    assert decided
    assert (decided.state, decided.decided_by) == ("confirmed", "8")
    assert await archive.reports.find(first.id) == decided
    assert await archive.reports.rulings(["confirmed"]) == (decided,)
    assert await archive.reports.rulings() == (second, decided)
    assert await archive.reports.rulings(limit=1) == (second,)


async def test_a_report_that_was_decided_otherwise_stays_so(
    archive: SqliteArchive | FakeArchive,
) -> None:
    kept = await archive.reports.add(REPORT)
    await archive.reports.decide(kept.id, "dismissed", instead_of=["open"], by="8", now=NOON)

    late = await archive.reports.decide(kept.id, "confirmed", instead_of=["open"], by="9", now=NOON)
    assert late is None
    found = await archive.reports.find(kept.id)
    assert found
    assert found.state == "dismissed"
    assert await archive.reports.find(99) is None


async def test_messages_of_a_briefing_are_kept_once_with_their_jobs(
    archive: SqliteArchive | FakeArchive,
) -> None:
    for _ in range(2):
        await archive.posts.add([MESSAGE], then=[JOB])
    await archive.posts.add([replace(MESSAGE, key="s@1/1", message_id=71, reply_to=70)])

    found = await archive.posts.posts_of_briefing("b1")
    assert [(p.key, p.message_id, p.reply_to) for p in found] == [
        ("answer/9/1", 70, None),
        ("s@1/1", 71, 70),
    ]
    assert await archive.posts.posts_of_briefing("b2") == ()
    assert await archive.jobs.claim("w", now=NOON, lease=timedelta(minutes=1))
    assert await archive.jobs.claim("w", now=NOON, lease=timedelta(minutes=1)) is None


async def test_two_posts_cannot_stand_as_one_message(archive: SqliteArchive | FakeArchive) -> None:
    await archive.posts.add([MESSAGE])
    with pytest.raises(ValueError, match=r"(?i)message"):
        await archive.posts.add([replace(MESSAGE, key="other/1")])


async def test_what_answered_a_command_is_no_edition_that_the_channel_was_told(
    archive: SqliteArchive | FakeArchive,
) -> None:
    edition = replace(MESSAGE, key="s@1/1", message_id=71, tried_at=NOON - timedelta(hours=1))
    beside = replace(MESSAGE, key="correction/1/1", message_id=72, shows="correction")
    await archive.posts.add([MESSAGE, edition, beside])

    assert await archive.posts.last_post(5) == edition


async def test_an_article_that_changes_is_compared_if_a_posted_briefing_cites_it(
    archive: SqliteArchive | FakeArchive,
) -> None:
    article = an_article()
    await archive.revise({article.id: lambda _: article})
    await archive.store(a_dossier(article))
    newer = Revision.of(article.id, 2, TITLE, BODY.replace("month", "week"), seen_at=NOON)
    revised = replace(article, revisions=(*article.revisions, newer))
    assert await archive.briefings_citing(article.id) == ()

    await archive.posts.add([MESSAGE])
    assert await archive.briefings_citing(article.id) == ("b1",)
    assert await archive.briefings_citing("a2") == ()
    for changed in (revised, revised, replace(revised, withdrawn="killed")):
        await archive.revise({article.id: always(changed)})
    jobs = []
    while job := await archive.jobs.claim("w", now=NOON, lease=timedelta(minutes=1)):
        jobs.append(job.kind)
        await archive.jobs.finish(job, "w")
    assert jobs == ["recheck", "recheck"], "one for the revision, one for the kill"


async def test_newsrooms_with_an_operations_channel_are_known(
    archive: SqliteArchive | FakeArchive,
) -> None:
    assert await archive.operations.newsrooms() == ()
    for newsroom_id in (2**62, 1):
        await archive.operations.set_channel(newsroom_id, 7)
    assert await archive.operations.newsrooms() == (1, 2**62)
