from datetime import timedelta

from msgspec.structs import replace

from bot.desk import Desk
from bot.errors import DeliveryError
from bot.news import Dossier, NewJob, Post
from bot.posting import MAX_ATTEMPTS, Desks, edition_job, work
from tests.builders import a_schedule
from tests.fakes import FakeArchive
from tests.fakes_timetable import FakeTeller
from tests.laws.desks import NOW, a_desk

LEASE = timedelta(minutes=2)
FERRY = b"Ferry stops for a month\n\nThe ferry stops for a month from Monday, the line said.\n"


class FakeChannels:
    """Channels that take what they are sent, unless an error is laid out for them."""

    def __init__(self) -> None:
        self.sent: list[Post] = []
        self.errors: list[Exception] = []

    async def send(self, post: Post, dossier: Dossier) -> int:
        """Take the post, or fail as laid out."""
        if self.errors:
            raise self.errors.pop(0)
        assert dossier.briefing.id == post.briefing_id
        self.sent.append(post)
        return len(self.sent)

    async def find(self, post: Post) -> int | None:
        """Look whether it was sent."""
        return next((n for n, p in enumerate(self.sent, 1) if p.key == post.key), None)


def desks(desk: Desk) -> tuple[Desks, FakeArchive, FakeChannels]:
    archive, channels = desk.tools.archive, FakeChannels()
    assert isinstance(archive, FakeArchive)
    posts, timetable, operations = archive.posts, archive.timetable, archive.operations
    teller = FakeTeller()
    parts = Desks(desk, archive, archive.jobs, posts, timetable, channels, operations, teller)
    return parts, archive, channels


async def fall_due(archive: FakeArchive, *before: NewJob) -> None:
    """Record that an edition is due, with its job behind the others."""
    schedule = a_schedule()
    await archive.timetable.save_schedule(schedule, seen_until=NOW)
    jobs = (*before, edition_job(schedule, NOW))
    assert await archive.timetable.record_due(schedule.id, NOW, then=jobs)


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


async def test_a_poison_job_ends_in_the_dead_letters_and_its_channel_goes_on() -> None:
    parts, archive, channels = desks(a_desk({"ferry.txt": FERRY}))
    key = edition_job(a_schedule(), NOW).key
    await fall_due(archive, NewJob("edition", key, "{not json", NOW))
    await do_all(parts)

    ((poison, _),) = await archive.jobs.dead_letters()
    assert poison.payload == "{not json"
    assert poison.attempts == MAX_ATTEMPTS
    assert len(channels.sent) == 1


async def test_a_text_that_is_killed_before_its_post_is_sent_is_not_posted() -> None:
    parts, archive, _ = desks(a_desk({"ferry.txt": FERRY}))
    edition = await parts.desk.brief(now=NOW)
    (article,) = edition.articles
    archive.articles[article.id] = replace(archive.articles[article.id], withdrawn="killed")
    shown = await parts.desk.show(edition.briefing.id, now=NOW)
    assert shown.briefing.briefs == ()
    assert shown.briefing.coverage.held == 1
