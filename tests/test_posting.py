from dataclasses import replace as with_tools
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.delivery.compact import edition_messages
from bot.delivery.edition import briefing_card
from bot.delivery.outbox import occurrence_key
from bot.delivery.parting import posts_of_edition
from bot.delivery.plain import to_plain
from bot.desk import Desk
from bot.desk_briefings import show
from bot.editions import Editions
from bot.errors import DeliveryError
from bot.giving_up import POISON_ATTEMPTS
from bot.news import Dossier, EditionOrder, Filters, NewJob, Schedule
from bot.notices import note, tell
from bot.orders import PostDue, to_payload
from bot.pipeline import NOTHING
from bot.posting import MAX_ATTEMPTS, Desks, edition_job, work
from bot.updates import Told
from tests.builders import a_schedule
from tests.fakes import FakeArchive, FakeDocuments
from tests.fakes_channels import FakeChannels
from tests.fakes_stories import FakeStories
from tests.fakes_timetable import FakeTeller
from tests.laws.desks import NOW, a_desk
from tests.long_editions import a_long_edition

LEASE = timedelta(minutes=2)
FERRY = b"Ferry stops for a month\n\nThe ferry stops for a month from Monday, the line said.\n"


def desks(desk: Desk) -> tuple[Desks, FakeArchive, FakeChannels]:
    archive, channels = desk.tools.archive, FakeChannels()
    assert isinstance(archive, FakeArchive)
    posts, timetable, operations = archive.posts, archive.timetable, archive.operations
    teller = FakeTeller()
    doors = (posts, timetable, channels, operations, teller, archive.reviews)
    parts = Desks(desk, archive, archive.jobs, *doors)
    return parts, archive, channels


async def fall_due(
    archive: FakeArchive, *before: NewJob, schedule: Schedule | None = None, late: str = ""
) -> None:
    """Record that an edition is due, with its job behind the others."""
    schedule = schedule or a_schedule()
    await archive.timetable.save_schedule(schedule, seen_until=NOW)
    jobs = (*before, edition_job(schedule, NOW, late=late))
    assert await archive.timetable.record_due(schedule.id, NOW, late=bool(late), then=jobs)


def teller_of(parts: Desks) -> FakeTeller:
    assert isinstance(parts.teller, FakeTeller)
    return parts.teller


def printed(dossier: Dossier) -> str:
    return to_plain(briefing_card(dossier.briefing, UTC))


def plain(text: str) -> str:
    return text.replace("\\", "")


async def do_all(parts: Desks, hours: float = 5) -> None:
    """Do every job until nothing is left to do, the clock going on by half-minutes."""
    now = NOW
    while now < NOW + timedelta(hours=hours):
        job = await parts.jobs.claim("w", now=now, lease=LEASE)
        if job:
            await work(job, "w", parts, now=now)
        now += timedelta(seconds=30)


async def test_an_edition_is_made_and_posted_once() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    await fall_due(archive, edition_job(a_schedule(), NOW))
    await do_all(parts)

    assert len(channels.sent) == 1
    later = [(w.job.kind, w.due_at - NOW) for w in archive.jobs.waiting.values()]
    assert [kind for kind, _ in later] == ["reread"] * 3, "after six hours, a day and three days"
    assert later[-1][1] >= timedelta(hours=72)


async def test_what_an_edition_told_of_a_followed_story_is_no_news_to_the_next() -> None:
    parts, archive, _ = desks(a_desk({"ferry.txt": FERRY}))
    stories = FakeStories()
    parts.desk.tools = with_tools(parts.desk.tools, stories=stories)
    await parts.desk.read_sources(now=NOW)
    (story,) = (await parts.desk.day(now=NOW)).stories
    await stories.follow(story.id, "mira", now=NOW - timedelta(hours=1))
    await fall_due(archive)
    await do_all(parts)

    dossier = await archive.find_dossier("latest")
    assert dossier is not None
    (brief,) = dossier.briefing.briefs
    assert brief.chosen_for.startswith("followed, 2 new sentences, ")
    assert await stories.followed_by_any() == {story.id: dossier.briefing.made_at}


async def test_a_channel_that_is_away_gets_its_post_when_it_is_back() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("#news: is away")] * 5
    await fall_due(archive)
    await do_all(parts)

    assert len(channels.sent) == 1


async def test_a_missing_permission_is_given_up_at_once() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("#news: I may not write there", permanent=True)]
    await fall_due(archive)
    await do_all(parts)

    assert channels.sent == []
    ((_, reason),) = await archive.jobs.dead_letters()
    assert reason == "#news: I may not write there"


async def test_a_missing_permission_pauses_the_schedule_and_operations_hear_of_it_once() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    reason = "I may not write in #news."
    channels.errors = [DeliveryError(reason, closed=True)]
    await archive.operations.set_channel(1, 77)
    await fall_due(archive)
    await do_all(parts)

    schedule = await archive.timetable.find_schedule("s1")
    assert schedule
    assert (schedule.paused, schedule.paused_because) == (True, reason)
    last = await archive.timetable.last_occurrence("s1")
    assert last
    assert (last.state, last.outcome) == ("failed", reason)
    ((channel, told),) = teller_of(parts).told
    assert channel == 77
    assert told == (
        f"The edition of 17 Sep, 07:00 (Europe/London) of “Morning” was not posted. {reason} "
        "The schedule is paused until it is resumed (/schedule resume)."
    )


async def test_without_an_operations_channel_who_planned_it_is_told() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("It is gone.", closed=True)]
    await fall_due(archive)
    await do_all(parts)

    ((member, _),) = teller_of(parts).told
    assert member == a_schedule().created_by


async def test_who_planned_it_is_told_too_when_the_operations_channel_is_gone() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("It is gone.", closed=True)]
    await archive.operations.set_channel(1, 77)
    teller_of(parts).errors[77] = DeliveryError("This one too.", permanent=True)
    await fall_due(archive)
    await do_all(parts)

    ((member, _),) = teller_of(parts).told
    assert member == a_schedule().created_by


async def test_one_edition_that_discord_cannot_take_does_not_pause_the_others() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("Discord did not take it (400).", permanent=True)]
    await fall_due(archive)
    await do_all(parts)

    schedule = await archive.timetable.find_schedule("s1")
    assert schedule
    assert not schedule.paused
    assert len(teller_of(parts).told) == 1


async def test_a_channel_that_stays_away_is_given_up_without_a_pause() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("#news is away.")] * MAX_ATTEMPTS
    await fall_due(archive)
    await do_all(parts)

    schedule = await archive.timetable.find_schedule("s1")
    assert schedule
    assert not schedule.paused
    ((_, told),) = teller_of(parts).told
    assert told.endswith("#news is away. Its next edition will be tried as usual.")


async def test_a_notice_whose_worker_died_is_looked_for_and_not_told_twice() -> None:
    parts, archive, _ = desks(a_desk({"ferry.txt": FERRY}))
    await archive.operations.set_channel(1, 77)
    await note(archive.operations, "failed/s1", a_schedule(), "It was not posted.", now=NOW)
    job = await parts.jobs.claim("w", now=NOW, lease=LEASE)
    assert job
    await tell(job, archive.operations, parts.teller)  # and then it dies
    await do_all(parts)
    assert teller_of(parts).told == [(77, "It was not posted.")]
    assert archive.jobs.waiting == {}


@pytest.mark.parametrize("change", ["pause", "remove"])
@pytest.mark.parametrize("made", [False, True])
async def test_what_was_paused_or_removed_before_its_instant_is_not_posted(
    change: str, *, made: bool
) -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    await fall_due(archive)
    if made:
        job = await parts.jobs.claim("w", now=NOW, lease=LEASE)
        assert job
        await work(job, "w", parts, now=NOW)
    if change == "pause":
        await archive.timetable.pause_schedule("s1", because="", now=NOW)
    else:
        await archive.timetable.remove_schedule("s1")
    await do_all(parts)

    assert channels.sent == []
    last = await archive.timetable.last_occurrence("s1")
    assert last
    assert last.state == "skipped"
    assert change.removesuffix("e") in last.outcome
    assert await archive.jobs.dead_letters() == ()


async def test_an_edition_made_ahead_is_posted_when_it_is_due_and_says_so() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    schedule, early = a_schedule(), NOW - timedelta(seconds=75)
    await archive.timetable.save_schedule(schedule, seen_until=early)
    job = edition_job(schedule, NOW, make_at=early)
    assert await archive.timetable.record_due(schedule.id, NOW, then=[job])
    made = await parts.jobs.claim("w", now=early, lease=LEASE)
    assert made
    await work(made, "w", parts, now=early)

    assert await parts.jobs.claim("w", now=NOW - timedelta(milliseconds=1), lease=LEASE) is None
    await do_all(parts)
    (told,) = channels.told
    assert (told.briefing.made_at, told.briefing.due_at) == (early, NOW)
    assert "Briefing, Thursday 17 September 2026, 06:00" in printed(told)
    last = await archive.timetable.last_occurrence("s1")
    assert last
    assert (last.state, last.outcome, last.ended_at) == (
        "posted",
        "1 story, from 1 article from 1 source.",
        NOW,
    )


async def test_a_schedule_that_changes_while_its_edition_is_written_gets_the_other_one() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    await fall_due(archive)

    class Meddled(Editions):
        """Somebody moves the schedule while the first edition is written."""

        async def make(
            self, order: EditionOrder, *, told: Told = NOTHING, now: datetime
        ) -> Dossier:
            made = await super().make(order, told=told, now=now)
            moved = replace(a_schedule(), channel_id=99)
            await archive.timetable.save_schedule(moved, seen_until=NOW)
            return made

    vars(parts)["editions"] = Meddled(parts.desk)
    await do_all(parts)
    assert [post.channel_id for post in channels.sent] == [99]


async def test_channels_that_order_the_same_for_one_instant_share_one_edition() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    for number in range(3):
        twin = replace(a_schedule(f"s{number}"), channel_id=10 + number)
        await fall_due(archive, schedule=twin)
    await do_all(parts)

    assert [post.channel_id for post in channels.sent] == [10, 11, 12]
    assert len({post.briefing_id for post in channels.sent}) == 1


async def test_a_late_edition_says_when_it_was_due_and_why_it_is_late() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    await fall_due(archive, late="Nutgraf was not running then")
    job = await parts.jobs.claim("w", now=NOW + timedelta(hours=2), lease=LEASE)
    assert job
    await work(job, "w", parts, now=NOW + timedelta(hours=2))
    await do_all(parts)

    late = "Due 17 Sep, 06:00, made 17 Sep, 08:00: late because Nutgraf was not running then."
    (told,) = channels.told
    assert late in printed(told)
    (message,) = edition_messages(told, UTC)
    assert any(late in plain(stretch.text) for stretch in message.stretches)


async def test_an_edition_that_was_made_in_time_and_comes_late_says_so() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("#news is away.")] * 20
    await fall_due(archive)
    await do_all(parts)

    (told,) = channels.told
    assert "late because it could not be posted before." in printed(told)


async def test_an_edition_that_is_on_time_says_nothing_of_it() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    await fall_due(archive)
    await do_all(parts)

    (told,) = channels.told
    assert "late" not in printed(told)


async def test_a_quiet_day_is_said_with_its_counts() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    await fall_due(archive, schedule=replace(a_schedule(), filters=Filters(min_origins=2)))
    await do_all(parts)

    (told,) = channels.told
    assert "1 item seen, none passed." in printed(told)


async def test_a_quiet_day_is_told_to_operations_alone_if_the_desk_chose_so() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    filters = Filters(min_origins=2)
    await fall_due(archive, schedule=replace(a_schedule(), filters=filters, when_empty="silent"))
    await do_all(parts)

    assert channels.sent == []
    ((_, told),) = teller_of(parts).told
    assert "1 item seen, none passed. Its channel is not told of quiet days." in told
    last = await archive.timetable.last_occurrence("s1")
    assert last
    assert (last.state, last.outcome) == ("quiet", "1 item seen, none passed.")


async def test_a_poison_job_ends_in_the_dead_letters_and_its_channel_goes_on() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    key = edition_job(a_schedule(), NOW).key
    await fall_due(archive, NewJob("edition", key, "{not json", NOW))
    await do_all(parts)

    ((poison, _),) = await archive.jobs.dead_letters()
    assert poison.payload == "{not json"
    assert poison.attempts == POISON_ATTEMPTS
    ((_, told),) = teller_of(parts).told
    assert told.startswith("A job for the channel of “Morning” was given up: it cannot be read")
    assert len(channels.sent) == 1


async def test_a_text_that_is_killed_before_its_post_is_sent_is_not_posted() -> None:
    parts, archive, _ = desks(a_desk({"ferry.txt": FERRY}))
    edition = await parts.desk.brief(now=NOW)
    (article,) = edition.articles
    archive.articles[article.id] = replace(archive.articles[article.id], withdrawn="killed")
    shown = await show(parts.desk, edition.briefing.id, now=NOW)
    assert shown.briefing.briefs == ()
    assert shown.briefing.coverage.held == 1


async def test_the_next_edition_says_what_is_new_since_the_last_one_in_its_channel() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    await fall_due(archive)
    await do_all(parts, hours=1)
    told = await archive.find_dossier("latest")
    assert told is not None
    assert [brief.told_at for brief in told.briefing.briefs] == [None]

    known = await parts.posts.told_in(a_schedule().channel_id, NOW)
    assert known == {told.articles[0].id: told.briefing.made_at}
    later = NOW + timedelta(hours=2)
    same = await parts.desk.edition(now=later, told=known)
    assert same.briefing.briefs == ()
    assert "1 item seen, nothing new in 1 story told before." in printed(same)

    news = b"\nThe ferry sails again on Friday with eleven new plates in its hull, the yard said.\n"
    documents = parts.desk.tools.documents
    assert isinstance(documents, FakeDocuments)
    documents.contents["ferry.txt"] = FERRY + news
    job = edition_job(a_schedule(), later)
    assert await archive.timetable.record_due(a_schedule().id, later, then=[job])
    await do_all(parts)
    assert len(channels.sent) == 2
    latest = await archive.find_dossier(channels.sent[-1].briefing_id)
    assert latest is not None
    (brief,) = latest.briefing.briefs
    assert brief.told_at == told.briefing.made_at
    assert [p.words for s in brief.changed for p in s.passages()] == [news.decode().strip()]
    assert brief.sentences


async def long_edition(archive: FakeArchive) -> list[str]:
    """Store an edition of several messages as if it had been made, and return its posts' keys."""
    dossier = a_long_edition(3)
    await archive.revise({a.id: (lambda _, a=a: a) for a in dossier.articles})  # type: ignore[misc]
    occurrence = occurrence_key("s1", NOW)
    posts = posts_of_edition(occurrence, a_schedule(), dossier, UTC)
    await archive.timetable.save_schedule(a_schedule(), seen_until=NOW)
    assert await archive.timetable.record_due("s1", NOW)
    jobs = [NewJob("post", "2", to_payload(PostDue(post.key, "s1", NOW)), NOW) for post in posts]
    await archive.store(dossier, posts=posts, then=jobs)
    return [post.key for post in posts]


async def test_an_edition_is_posted_only_when_all_its_messages_stand() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    keys = await long_edition(archive)
    for number in range(1, len(keys) + 1):
        before = await archive.timetable.find_occurrence("s1", NOW)
        assert before
        assert before.state == "due"
        job = await parts.jobs.claim("w", now=NOW, lease=LEASE)
        assert job
        await work(job, "w", parts, now=NOW)
        assert [post.key for post in channels.sent] == keys[:number], "in order"
    last = await archive.timetable.last_occurrence("s1")
    assert last
    assert last.state == "posted"


async def test_an_edition_whose_first_message_was_given_up_has_failed() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    keys = await long_edition(archive)
    channels.errors = [DeliveryError("It is too long.", permanent=True)]
    for _ in keys:
        job = await parts.jobs.claim("w", now=NOW, lease=LEASE)
        assert job
        await work(job, "w", parts, now=NOW)
    last = await archive.timetable.last_occurrence("s1")
    assert last
    assert (last.state, last.outcome) == ("failed", "It is too long.")


async def test_an_edition_that_has_begun_is_told_to_its_end_though_it_is_paused() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    keys = await long_edition(archive)
    for _ in keys:
        job = await parts.jobs.claim("w", now=NOW, lease=LEASE)
        assert job
        await work(job, "w", parts, now=NOW)
        await archive.timetable.pause_schedule("s1", because="", now=NOW)
    assert [post.key for post in channels.sent] == keys


async def test_a_post_that_cannot_be_looked_for_is_held_and_operations_hear_of_it_once() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    channels.errors = [DeliveryError("I cannot see it.", held=True)] * 3
    await fall_due(archive)
    await do_all(parts)

    assert len(channels.sent) == 1
    ((_, told),) = teller_of(parts).told
    assert "is held back. I cannot see it. It is tried again by itself." in told


async def test_a_worker_whose_job_was_taken_changes_nothing() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    keys = await long_edition(archive)
    asleep = await parts.jobs.claim("asleep", now=NOW, lease=LEASE)
    later = NOW + LEASE
    awake = await parts.jobs.claim("awake", now=later, lease=LEASE)
    assert asleep
    assert awake
    channels.errors = [DeliveryError("It is gone.", closed=True)]
    await work(asleep, "asleep", parts, now=NOW)
    channels.errors = []
    await work(awake, "awake", parts, now=later)

    assert [post.key for post in channels.sent] == keys[:1]
    schedule = await archive.timetable.find_schedule("s1")
    assert schedule
    assert not schedule.paused
    assert await archive.jobs.dead_letters() == ()
