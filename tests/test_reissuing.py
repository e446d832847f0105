from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.briefing.changing import with_quote, without_story
from bot.delivery.parting import message_of
from bot.errors import DeliveryError, UnknownError
from bot.news import Correction, Dossier, Post, StoryThread
from bot.posting import Desks, work
from bot.reissuing import reissue
from tests.builders import a_brief, a_briefing, a_quote, an_article
from tests.fakes import FakeArchive
from tests.fakes_channels import FakeChannels
from tests.laws.desks import NOW, a_desk
from tests.test_posting import desks, teller_of

LEASE = timedelta(minutes=2)
CRANE = an_article("a1")
SCHOOL = an_article(
    "a2", title="Library for the school", body="The school has “a new room,” Jonas Hale said."
)
QUOTE = a_quote(CRANE)


def a_dossier() -> Dossier:
    briefs = (a_brief(CRANE, quotes=(QUOTE,), story_id="s1"), a_brief(SCHOOL, story_id="s2"))
    return Dossier(briefing=a_briefing(*briefs, briefing_id="brief1"), articles=(CRANE, SCHOOL))


def why(key: str = "k1", story_id: str = "s1") -> Correction:
    return Correction(key, NOW, "The quote was none.", story_id, "Harbour Courier", QUOTE.pieces)


async def a_newsroom(*posts: Post) -> tuple[Desks, FakeArchive, FakeChannels]:
    parts, archive, channels = desks(a_desk({}))
    archive.articles = {"a1": CRANE, "a2": SCHOOL}
    await archive.store(a_dossier(), posts=posts)
    await archive.operations.set_channel(1, 99)
    return parts, archive, channels


def a_post(key: str = "s@1/1", channel_id: int = 5, message_id: int | None = 70) -> Post:
    return Post(key, channel_id, "brief1", 1, NOW, message_id, messages=1, stories=("s1", "s2"))


async def do_all(parts: Desks, minutes: float = 10) -> None:
    now = NOW
    while now < NOW + timedelta(minutes=minutes):
        while job := await parts.jobs.claim("w", now=now, lease=LEASE):
            await work(job, "w", parts, now=now)
        now += timedelta(seconds=10)


def text_of(post: Post, dossier: Dossier, parts: Desks) -> str:
    message = message_of(post, dossier, parts.desk.zone)
    assert message
    return "\n".join(stretch.text for stretch in message.stretches)


async def test_the_message_shows_the_next_version_and_the_channel_hears_why() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    await reissue(archive, "brief1", with_quote("s1", QUOTE, None), why())
    await do_all(parts)

    ((post, shown),) = channels.edited
    assert (post.message_id, shown.briefing.version) == (70, 2)
    assert "hull needs" not in text_of(post, shown, parts)
    (beside,) = channels.sent
    assert (beside.channel_id, beside.reply_to, beside.shows) == (5, 70, "correction")
    assert "**Correction:** The quote was none." in text_of(beside, channels.told[0], parts)
    ((channel_id, told),) = teller_of(parts).told
    assert channel_id == 99
    assert "now version 2: The quote was none. It had been told in <#5>." in told


async def test_what_was_put_right_is_told_in_the_thread_of_its_story() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    await archive.posts.add_thread(StoryThread(800, 5, "brief1", 1, "s1"))
    await reissue(archive, "brief1", with_quote("s1", QUOTE, None), why())
    await do_all(parts)

    assert [(p.channel_id, p.target, p.reply_to) for p in channels.sent] == [(800, "thread", None)]


async def test_what_happened_once_makes_one_version() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    for _ in range(3):
        await reissue(archive, "brief1", with_quote("s1", QUOTE, None), why())
        await do_all(parts)

    latest = await archive.find_dossier("brief1")
    assert latest
    assert latest.briefing.version == 2
    assert len(channels.sent) == len(channels.edited) == 1


async def test_a_change_that_changes_nothing_makes_no_version() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    assert await reissue(archive, "brief1", without_story("gone"), why(story_id="gone")) is None
    await do_all(parts)

    assert channels.edited == []


async def test_a_message_whose_last_story_goes_says_so() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    for story_id in ("s1", "s2"):
        said = Correction(f"kill {story_id}", NOW, "The story was withdrawn.", story_id)
        await reissue(archive, "brief1", without_story(story_id), said)
        await do_all(parts)

    post, shown = channels.edited[-1]
    text = text_of(replace(post), shown, parts)
    assert "No story of this edition stands any more." in text
    assert "What stood in this message was taken back." in text


async def test_every_message_and_each_later_version_is_brought_up_to_date() -> None:
    posts = [
        a_post(),
        a_post("answer/9/1", 6, 71),
        replace(a_post("s@2/1", 7, None), tried_at=None),
    ]
    parts, archive, channels = await a_newsroom(*posts)
    await reissue(archive, "brief1", with_quote("s1", QUOTE, None), why())
    await do_all(parts)
    await reissue(archive, "brief1", without_story("s2"), Correction("k2", NOW, "Killed.", "s2"))
    await do_all(parts)

    last = {post.message_id: d.briefing.version for post, d in channels.edited}
    assert {last[70], last[71]} == {3}
    told = [(post.version, post.channel_id) for post in channels.sent]
    assert sorted(told) == [(2, 5), (2, 6), (3, 5), (3, 6)], "nothing beside what was never sent"


async def test_held_words_are_not_told_of_a_correction_either() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    await reissue(archive, "brief1", with_quote("s1", QUOTE, None), why())
    archive.articles["a1"] = replace(CRANE, withdrawn="killed")
    await do_all(parts)

    (beside,) = channels.sent
    assert "hull needs" not in text_of(beside, channels.told[0], parts)


async def test_a_message_that_was_deleted_stays_away() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    channels.gone.add(70)
    await reissue(archive, "brief1", with_quote("s1", QUOTE, None), why())
    await do_all(parts)

    assert channels.edited == []
    assert archive.jobs.waiting == {}


async def test_operations_hear_of_a_message_that_cannot_be_edited() -> None:
    parts, archive, channels = await a_newsroom(a_post())
    channels.errors = [DeliveryError("No access there.", permanent=True)]
    await reissue(archive, "brief1", with_quote("s1", QUOTE, None), why())
    await do_all(parts)

    told = [text for _, text in teller_of(parts).told]
    assert any("did not reach <#5>" in text and "No access there." in text for text in told)


async def test_a_change_of_no_briefing_is_refused() -> None:
    _, archive, _ = await a_newsroom()
    with pytest.raises(UnknownError):
        await reissue(archive, "other", without_story("s1"), why())
