"""Cited pages are read again for three days, on a clock that the test moves."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as struct_replace

from bot.desk_articles import citations_health, history
from bot.errors import FetchError
from bot.language import load_notices
from bot.news import Article, NewJob
from bot.polls import Polls
from bot.ports import Document
from bot.posting import work
from bot.rereading import AFTER, rereading_jobs
from tests.fakes import FakeArchive, FakeDocuments
from tests.laws.desks import NOW, a_desk
from tests.test_posting import LEASE, desks, fall_due

FEED = "https://courier.example/feed.xml"
PAGE = "https://courier.example/news/ferry"
QUOTE = "The hull needs new plates, and we cannot wait for spring,"
BODY = (
    "The ferry to Tern Island stops for a month from Monday, the Sound Line said on Tuesday.",
    f"“{QUOTE}” said Mira Tolland, who runs the line with eleven people and two tugs.",
    "Two hundred people cross the sound on it each day, and the school boat is full already.",
    "The council of the island will meet on Thursday to talk about a second boat until April.",
)
HOUR = timedelta(hours=1)
State = tuple[str, timedelta]


def html(*paragraphs: str, head: str = "", tail: str = "") -> bytes:
    story = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>Ferry stops for a month</title>{head}</head>"
        f"<body><article><h1>Ferry stops for a month</h1>{story}</article>{tail}</body></html>"
    ).encode()


def feed(body: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>Courier</title><item><guid>1</guid><link>{PAGE}</link>"
        f"<title>Ferry stops for a month</title><description>{body}</description></item></channel>"
        f"</rss>"
    ).encode()


TEASER, WHOLE = feed("The ferry to Tern Island…"), html(*BODY)


class Web(FakeDocuments):
    """Documents that answer with errors and lead elsewhere, where the test says so."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        super().__init__(contents)
        self.errors: dict[str, FetchError] = {}
        self.leads_to: dict[str, str] = {}

    async def fetch(self, address: str) -> Document:
        if address in self.errors:
            raise self.errors[address]
        document = await super().fetch(address)
        return replace(document, final_address=self.leads_to.get(address, address))


class Newsroom:
    """A desk whose edition was posted at `NOW`; `until` does the jobs as the hours pass."""

    def __init__(self, feed_text: bytes = TEASER, page: bytes = WHOLE) -> None:
        self.web = Web({FEED: feed_text, PAGE: page})
        self.desk = a_desk({FEED: feed_text})
        self.desk.tools = replace(self.desk.tools, documents=self.web, read_notices=load_notices)
        self.desk.polls = Polls(self.desk.tools, self.desk.subscriptions)
        self.parts, self.archive, self.channels = desks(self.desk)
        self.now = NOW

    async def post(self) -> None:
        await fall_due(self.archive)
        await self.until(timedelta(minutes=1))
        assert len(self.channels.sent) == 1
        self.web.fetched.clear()

    async def until(self, after: timedelta) -> None:
        while self.now <= NOW + after:
            while job := await self.parts.jobs.claim("w", now=self.now, lease=LEASE):
                await work(job, "w", self.parts, now=self.now)
            self.now += timedelta(minutes=1)

    @property
    def article(self) -> Article:
        (article,) = self.archive.articles.values()
        return article

    def states(self) -> set[str]:
        return {c.state for c in self.archive.cited.values() if c.span.field == "body"}

    def state_of(self, words: str) -> State:
        """Return how a cited passage with the words stands, and since when after the post."""
        for citation in self.archive.cited.values():
            span = citation.span
            revision = self.article.revision(span.revision)
            if words in revision.body[span.start : span.end] and span.field == "body":
                return citation.state, citation.since - NOW
        raise AssertionError(words)


@pytest.fixture
async def newsroom() -> Newsroom:
    room = Newsroom()
    await room.post()
    return room


def page_of(change: Callable[[str], str]) -> bytes:
    return html(*map(change, BODY))


async def test_pages_are_read_after_the_named_times_and_then_no_more(newsroom: Newsroom) -> None:
    for reading, after in enumerate(AFTER, start=1):
        await newsroom.until(after - timedelta(minutes=2))
        assert len(newsroom.web.fetched) == reading - 1
        await newsroom.until(after + timedelta(minutes=2))
        assert newsroom.web.fetched == [PAGE] * reading
    assert newsroom.states() == {"stands"}
    assert not newsroom.archive.jobs.waiting
    assert len(newsroom.article.revisions) == 1


def test_the_plan_is_a_quarter_an_hour_six_a_day_and_three_days() -> None:
    due = [job.due_at - NOW for job in rereading_jobs("b1", 1, NOW)]
    assert due == [HOUR / 4, HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR]
    assert {job.key for job in rereading_jobs("b1", 1, NOW)} == {"reread b1/1"}


async def test_words_that_two_readings_miss_have_vanished(newsroom: Newsroom) -> None:
    newsroom.web.contents[PAGE] = page_of(lambda p: p.replace("cannot wait", "need not wait"))
    await newsroom.until(HOUR / 2)
    assert newsroom.state_of("The hull")[0] == "missing"
    assert len(newsroom.article.revisions) == 2
    await newsroom.until(2 * HOUR)
    state, since = newsroom.state_of("The hull")
    assert state == "vanished"
    assert since < HOUR / 2, "since the first reading that missed it"
    assert newsroom.state_of("stops for a month")[0] == "stands"
    told = await history(newsroom.desk, newsroom.article.id, now=NOW)
    assert [c.kind for c in told.steps[1].changes] == ["changed quote"]


async def test_words_that_come_back_stand_again(newsroom: Newsroom) -> None:
    newsroom.web.contents[PAGE] = page_of(lambda p: p.replace("cannot wait", "need not wait"))
    await newsroom.until(HOUR / 2)
    newsroom.web.contents[PAGE] = WHOLE
    await newsroom.until(2 * HOUR)
    assert newsroom.states() == {"stands"}
    assert newsroom.article.revisions[0].body == newsroom.article.latest.body
    assert len(newsroom.article.revisions) == 3


@pytest.mark.parametrize(
    "page",
    [
        page_of(lambda p: p.replace("“", '"').replace("”", '"').replace(" ", "\n  ")),
        page_of(lambda p: p.replace("plates", "<b>pl</b>ates").replace("—", "-")),
        page_of(lambda p: p.replace("cannot", "can\u00adnot")),
        html(*BODY[:1], *BODY[2:], tail=f"<div hidden>{QUOTE}</div>"),
        html(*BODY[:1], *BODY[2:], tail=f'<script>x = {{"b": "{QUOTE}"}}</script>'),
        html(*BODY[:1], *BODY[2:], head=f'<meta name="description" content="{QUOTE}">'),
    ],
    ids=["marks", "inline", "soft hyphen", "hidden", "script", "meta"],
)
async def test_words_anywhere_in_the_page_have_not_vanished(
    newsroom: Newsroom, page: bytes
) -> None:
    newsroom.web.contents[PAGE] = page
    await newsroom.until(2 * HOUR)
    assert newsroom.state_of("The hull")[0] == "stands"


LD = '{"@type":"NewsArticle","isAccessibleForFree":"False"}'
FREE = f'<script type="application/ld+json">{LD}</script>'
STUB = "Subscribe to the Courier to read on about the ferry and the island and its school boat."


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html(BODY[0], STUB, head=FREE), "is behind a paywall"),
        (html(BODY[0], STUB, tail="<form><input type='password'></form>"), "asks for a login"),
        (html(BODY[0]), "shows less than 60 % of the text that was cited"),
        (b"<html><body>Gone.</body></html>", "shows less than 60 % of the text that was cited"),
    ],
)
async def test_a_page_that_hides_its_text_is_no_longer_readable(
    newsroom: Newsroom, page: bytes, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.web.contents[PAGE] = page
    with caplog.at_level(logging.WARNING):
        await newsroom.until(7 * HOUR)
    assert newsroom.states() == {"unreadable"}
    assert {c.reason for c in newsroom.archive.cited.values()} == {reason}
    assert [r.message for r in caplog.records] == ["source no longer readable"]
    assert len(newsroom.article.revisions) == 1
    newsroom.web.contents[PAGE] = WHOLE
    await newsroom.until(25 * HOUR)
    assert newsroom.states() == {"stands"}


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
async def test_a_page_that_is_refused_is_no_longer_readable(
    newsroom: Newsroom, status: int
) -> None:
    newsroom.web.errors[PAGE] = FetchError(PAGE, f"answered {status}", status=status)
    await newsroom.until(7 * HOUR)
    health = await citations_health(newsroom.desk, now=newsroom.now)
    assert {h.citation.reason for h in health} == {f"answered {status}"}
    assert {h.citation.since - NOW < HOUR / 2 for h in health} == {True}
    assert (health[0].outlet, health[0].address) == ("Courier", PAGE)
    assert any(QUOTE in h.words or h.words in QUOTE for h in health)
    assert len(newsroom.article.revisions) == 1


@pytest.mark.parametrize("status", [0, 429, 500, 503])
async def test_a_failure_for_the_time_being_says_nothing(newsroom: Newsroom, status: int) -> None:
    newsroom.web.errors[PAGE] = FetchError(PAGE, "took longer than 20 seconds", status=status)
    await newsroom.until(7 * HOUR)
    assert newsroom.archive.cited == {}
    newsroom.web.errors.clear()
    await newsroom.until(25 * HOUR)
    assert newsroom.states() == {"stands"}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://www.courier.example/", "leads to the front page"),
        ("https://other.example/a", "leads to another site"),
        ("https://courier.example/login?next=/news/ferry", "leads to a login"),
    ],
)
async def test_a_page_that_leads_elsewhere_is_no_longer_readable(
    newsroom: Newsroom, address: str, reason: str
) -> None:
    newsroom.web.leads_to[PAGE] = address
    newsroom.web.contents[PAGE] = html(*["Other news of the day in many words and places."] * 9)
    await newsroom.until(HOUR / 2)
    assert {c.reason for c in newsroom.archive.cited.values()} == {reason}
    assert len(newsroom.article.revisions) == 1


async def test_a_wall_that_shows_all_cited_words_is_none(newsroom: Newsroom) -> None:
    newsroom.web.contents[PAGE] = html(*BODY, head=FREE)
    await newsroom.until(HOUR / 2)
    assert newsroom.states() == {"stands"}


async def test_a_retraction_is_a_revision_however_short(newsroom: Newsroom) -> None:
    newsroom.web.contents[PAGE] = html("This article has been retracted by the Harbour Courier.")
    await newsroom.until(2 * HOUR)
    told = await history(newsroom.desk, newsroom.article.id, now=NOW)
    assert "retraction" in {c.kind for c in told.steps[-1].changes}
    assert newsroom.states() == {"vanished"}


async def test_two_readings_within_minutes_are_one(newsroom: Newsroom) -> None:
    newsroom.web.contents[PAGE] = page_of(lambda p: p.replace("cannot wait", "need not wait"))
    newsroom.now = NOW + timedelta(hours=2)  # the bot was down: two readings are due
    await newsroom.until(2 * HOUR + timedelta(minutes=5))
    assert len(newsroom.web.fetched) == 1
    assert newsroom.state_of("The hull")[0] == "missing"


async def test_words_that_only_the_feed_has_were_never_on_the_page() -> None:
    houses = [f"House {n} of the long street by the harbour was sold in May." for n in range(9)]
    told = "".join(f"<p>{p}</p>" for p in (*BODY, *houses))
    room = Newsroom(feed(f"<![CDATA[{told}]]>"), html(*BODY[:1], *BODY[2:], *houses))
    await room.post()
    await room.until(7 * HOUR)
    assert room.state_of("The hull")[0] == "unseen"
    assert await citations_health(room.desk, now=NOW) == ()
    assert len(room.article.revisions) == 1, "another dress of the text is no revision"


async def test_a_held_article_is_not_read_and_its_health_gives_no_words(
    newsroom: Newsroom,
) -> None:
    newsroom.web.errors[PAGE] = FetchError(PAGE, "answered 403", status=403)
    await newsroom.until(HOUR / 2)
    held = struct_replace(newsroom.article, withdrawn="killed")
    newsroom.archive.articles[held.id] = held
    await newsroom.until(25 * HOUR)
    assert newsroom.web.fetched == []
    health = await citations_health(newsroom.desk, now=newsroom.now)
    assert {(h.words, h.address) for h in health} == {("", "")}
    told = await history(newsroom.desk, held.id, now=newsroom.now)
    assert told.held


@pytest.mark.parametrize("page", [b"\xff\xfe<", b"%PDF-1.4 x", b"<" * 5_000, b"\x00" * 100])
async def test_whatever_a_page_turns_into_the_jobs_go_on(newsroom: Newsroom, page: bytes) -> None:
    newsroom.web.contents[PAGE] = page
    await newsroom.until(25 * HOUR)
    newsroom.web.contents[PAGE] = WHOLE
    await newsroom.until(73 * HOUR)
    assert newsroom.states() == {"stands"}
    assert await newsroom.archive.jobs.dead_letters() == ()


async def test_a_reading_of_a_briefing_that_is_gone_ends() -> None:
    parts, archive, _ = desks(a_desk({}))
    assert isinstance(archive, FakeArchive)
    poison = NewJob("reread", "reread x/1", "{no json", NOW)
    await archive.jobs.enqueue([*rereading_jobs("none", 1, NOW), poison])
    now = NOW
    while now < NOW + timedelta(hours=80):
        if job := await parts.jobs.claim("w", now=now, lease=LEASE):
            await work(job, "w", parts, now=now)
        now += timedelta(minutes=1)
    assert [job.payload for job, _ in await archive.jobs.dead_letters()] == ["{no json"]
    assert not archive.jobs.waiting
