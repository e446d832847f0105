"""What the polls of a newsroom promise, on fakes: politeness, patience, and nothing lost."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as struct_replace

from bot.delivery.edition import briefing_card
from bot.delivery.plain import to_plain
from bot.desk import Desk
from bot.errors import ArchiveError, FetchError
from bot.news import Article, Outlet, PollState, Subscription
from bot.polls import Polls
from bot.ports import Caching, Document, NotModified, Sighting, Validators
from bot.tools import Listed
from tests.fakes import FakeArchive, FakeDocuments
from tests.fakes_subscriptions import FakeSubscriptions
from tests.laws.desks import NOW, a_desk

HOUR = timedelta(hours=1)
FEED = "https://courier.example/feed.json"
OTHER = "https://ledger.example/feed.json"
PAGE = "https://courier.example/ferry"
FERRY = "The ferry to Tern Island stops for a month from Monday, the Sound Line said."
PAGE_HTML = f"""<html lang="en"><head><title>Ferry stops</title></head><body><article>
<h1>Ferry stops</h1><p>{FERRY}</p><p>Two hundred people cross the sound each day, and they will
have to take the bus around the bay until the ship is back at its quay.</p></article></body></html>
""".encode()


def feed(*titles: str) -> bytes:
    items = [{"id": t, "title": t, "content_text": f"{t}. {FERRY}"} for t in titles]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Courier", "items": items}).encode()


def teaser(text: str = "Ferry …") -> bytes:
    return (
        f"<rss version='2.0'><channel><title>Courier</title><item><title>Ferry stops</title>"
        f"<link>{PAGE}</link><description>{text}</description></item></channel></rss>"
    ).encode()


class Servers(FakeDocuments):
    """Documents whose servers can fail, wait, move and forget."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        super().__init__(contents)
        self.failing: dict[str, FetchError] = {}
        self.waiting: dict[str, asyncio.Event] = {}
        self.moved: dict[str, str] = {}
        self.cache_control = ""
        self.forgetful = False
        self.under_way = 0
        self.most_under_way = 0
        self.bell = asyncio.Event()

    async def until_fetched(self, number: int) -> None:
        while len(self.fetched) < number:
            self.bell.clear()
            await self.bell.wait()

    async def fetch(self, address: str) -> Document:
        self.bell.set()
        if address in self.failing:
            self.fetched.append(address)
            raise self.failing[address]
        return await super().fetch(address)

    async def fetch_if_changed(self, address: str, known: Validators) -> Document | NotModified:
        self.under_way += 1
        self.most_under_way = max(self.under_way, self.most_under_way)
        try:
            if address in self.waiting:
                await self.waiting[address].wait()
            moved_to = self.moved.get(address, "")
            asked = Validators() if self.forgetful else known
            found = await super().fetch_if_changed(address, asked)
            return replace(found, moved_to=moved_to, caching=Caching(self.cache_control))
        finally:
            self.under_way -= 1


def a_newsroom(contents: Mapping[str, bytes], **tools: object) -> tuple[Desk, Servers]:
    servers = Servers(contents)
    plain = a_desk({}, list(contents))
    kept = replace(plain.tools, documents=servers, **tools)  # type: ignore[arg-type]
    return Desk(kept, plain.subscriptions, plain.zone, plain.window), servers


async def poll_of(desk: Desk, address: str = FEED) -> PollState:
    found = await desk.subscriptions.find_subscription(address)
    assert found is not None
    return found.poll


async def said(desk: Desk, after: timedelta) -> str:
    edition = await desk.brief(now=NOW + after)
    return to_plain(briefing_card(edition.briefing, desk.zone))


async def test_a_second_briefing_asks_nobody_before_it_may() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    await desk.brief(now=NOW)
    await desk.brief(now=NOW + timedelta(minutes=3))
    assert servers.fetched == [FEED]

    await desk.brief(now=NOW + HOUR)
    assert servers.fetched == [FEED, FEED]


async def test_a_source_that_may_be_kept_for_a_year_is_asked_once_a_day() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    servers.cache_control = "max-age=31536000"
    for hours in range(48):
        await desk.read_sources(now=NOW + hours * HOUR)

    assert servers.fetched == [FEED, FEED]


async def test_a_source_that_is_briefed_by_its_address_keeps_its_names_and_its_polls() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    named = Subscription(FEED, NOW, "Harbour Courier", "Sound Press")
    desk.subscriptions = FakeSubscriptions([named])
    desk.polls = Polls(desk.tools, desk.subscriptions)
    (id_,) = (await desk.read_sources(now=NOW)).article_ids
    before = await poll_of(desk)
    await desk.brief_these([Listed(FEED)], now=NOW + timedelta(minutes=1))

    article = await desk.tools.archive.find_article(id_)
    assert article is not None
    assert article.source.outlet == Outlet("Harbour Courier", "Sound Press")
    assert await poll_of(desk) == before
    assert servers.fetched == [FEED, FEED]


async def test_a_file_is_read_every_time() -> None:
    desk, servers = a_newsroom({"wire.json": feed("Ferry stops")})
    assert "Ferry stops" in await said(desk, timedelta())
    servers.contents["wire.json"] = feed("Ferry sails again")

    assert "Ferry sails again" in await said(desk, timedelta(minutes=1))


@pytest.mark.parametrize("forgetful", [True, False])
async def test_what_has_not_changed_is_not_read_anew(forgetful: bool) -> None:  # noqa: FBT001
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    servers.forgetful = forgetful
    first = await desk.read_sources(now=NOW)
    second = await desk.read_sources(now=NOW + HOUR)
    servers.contents[FEED] = feed("Ferry stops", "School opens")
    third = await desk.read_sources(now=NOW + 2 * HOUR)

    assert [len(found.article_ids) for found in (first, second, third)] == [1, 0, 1]
    poll = await poll_of(desk)
    assert poll.changed_at == poll.read_at


async def test_a_source_that_fails_is_named_with_since_when_and_why_until_it_is_back() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops"), OTHER: feed("School opens")})
    await desk.brief(now=NOW)
    servers.failing[FEED] = FetchError(FEED, "answered 503", status=503)

    assert f"{FEED}: answered 503 (since 17 Sep, 07:00)" in await said(desk, HOUR)
    assert f"{FEED}: answered 503 (since 17 Sep, 07:00)" in await said(desk, 3 * HOUR)
    del servers.failing[FEED]
    assert "could not be read" not in await said(desk, 30 * HOUR)


async def test_what_is_gone_is_told_and_asked_no_more_until_it_is_resumed() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    servers.failing[FEED] = FetchError(FEED, "answered 410 Gone", status=410)
    gone = f"{FEED}: answered 410 Gone (since 17 Sep, 06:00; it is gone and will not be read again"

    assert gone in await said(desk, timedelta())
    assert gone in await said(desk, 100 * HOUR)
    assert servers.fetched == [FEED]
    servers.failing.clear()
    await desk.subscriptions.resume(FEED)
    assert "Ferry stops" in await said(desk, 101 * HOUR)


async def test_what_is_paused_is_neither_asked_nor_missed() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops"), OTHER: feed("School opens")})
    await desk.subscriptions.pause(FEED)

    assert "from 1 article from 1 source" in await said(desk, timedelta())
    assert servers.fetched == [OTHER]


async def test_a_source_that_has_moved_is_followed_and_its_articles_stay_the_same() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    servers.moved[FEED] = OTHER
    servers.contents[OTHER] = feed("Ferry stops", "School opens")
    first = await desk.read_sources(now=NOW)
    await desk.read_sources(now=NOW + 2 * HOUR)
    third = await desk.read_sources(now=NOW + 5 * HOUR)

    assert servers.fetched == [FEED, FEED, OTHER]
    assert (await poll_of(desk)).moved_to == OTHER
    assert len(first.article_ids) == len(third.article_ids) == 1, "what stands there already stays"
    assert isinstance(desk.tools.archive, FakeArchive)
    assert set(desk.tools.archive.articles) == {*first.article_ids, *third.article_ids}


async def test_slow_sources_hold_nobody_else_up() -> None:
    many = {f"https://s{n}.example/": feed(f"Title {n}") for n in range(30)}
    desk, servers = a_newsroom(many, fetches_at_once=5)
    slow = list(many)[:3]
    for address in slow:
        servers.waiting[address] = asyncio.Event()
    reading = asyncio.create_task(desk.read_sources(now=NOW))
    await servers.until_fetched(27)
    assert 3 < servers.most_under_way <= 5
    assert not reading.done()
    for address in slow:
        servers.waiting[address].set()
    assert len((await reading).article_ids) == 30


async def test_a_briefing_does_not_wait_for_ever_and_names_what_it_did_not_wait_for() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops"), OTHER: feed("School opens")})
    servers.waiting[FEED] = asyncio.Event()
    desk.polls = Polls(desk.tools, desk.subscriptions, patience_seconds=0.2)
    hurried = await said(desk, timedelta())
    assert "School opens" in hurried
    assert f"{FEED}: has not been read to the end yet" in hurried
    servers.waiting[FEED].set()

    assert "Ferry stops" in await said(desk, timedelta(minutes=1))
    assert servers.fetched == [OTHER, FEED]


@pytest.mark.parametrize("undo", ["pause", "remove_subscription"])
async def test_a_source_that_is_read_no_more_is_not_waited_for_in_words(undo: str) -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops"), OTHER: feed("School opens")})
    servers.waiting[FEED] = asyncio.Event()
    desk.polls = Polls(desk.tools, desk.subscriptions, patience_seconds=0.2)
    assert f"{FEED}: has not been read to the end yet" in await said(desk, timedelta())
    await getattr(desk.subscriptions, undo)(FEED)
    assert FEED not in await said(desk, timedelta(minutes=1))

    servers.waiting[FEED].set()
    await desk.polls.stop()
    kept = {one.address: one.paused for one in await desk.subscriptions.subscriptions()}
    assert kept == ({OTHER: False} | ({FEED: True} if undo == "pause" else {}))


async def test_when_pages_are_refused_for_a_while_the_source_waits_as_long() -> None:
    desk, servers = a_newsroom({FEED: teaser()})
    servers.failing[PAGE] = FetchError(PAGE, "answered 429", status=429, retry_after="7200")
    await desk.read_sources(now=NOW)
    await desk.read_sources(now=NOW + 1.9 * HOUR)
    assert servers.fetched == [FEED, PAGE]

    await desk.read_sources(now=NOW + 2.1 * HOUR)
    assert servers.fetched == [FEED, PAGE, FEED, PAGE]


async def test_a_source_is_asked_by_one_at_a_time() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    servers.waiting[FEED] = asyncio.Event()
    readings = [asyncio.create_task(desk.read_sources(now=NOW)) for _ in range(3)]
    await desk.polls.start_due(now=NOW)
    servers.waiting[FEED].set()

    assert [len((await reading).article_ids) for reading in readings] == [1, 1, 1]
    assert servers.fetched == [FEED]


async def test_how_polls_went_survives_a_restart_and_a_store_that_cannot_be_written() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})
    kept = desk.subscriptions
    assert isinstance(kept, FakeSubscriptions)
    full = Full(list(await kept.subscriptions()))
    first = Desk(desk.tools, full, desk.zone, desk.window)
    with pytest.raises(ArchiveError):
        await first.read_sources(now=NOW)
    full.is_full = False
    await first.polls.stop()
    restarted = Desk(desk.tools, full, desk.zone, desk.window)
    await restarted.read_sources(now=NOW + timedelta(minutes=1))

    assert servers.fetched == [FEED]


class Full(FakeSubscriptions):
    """A store on a disk that is full."""

    is_full = True

    async def save_polls(self, states: Mapping[str, PollState]) -> None:
        if self.is_full:
            raise ArchiveError("the disk is full")
        await super().save_polls(states)


async def test_what_is_under_way_when_the_program_stops_is_due_when_it_starts() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops"), OTHER: feed("School opens")})
    servers.waiting[FEED] = asyncio.Event()
    other = asyncio.create_task(desk.polls.read_due(now=NOW))
    while not (await poll_of(desk, OTHER)).read_at:
        await asyncio.wait({other}, timeout=0.01)
    other.cancel()
    await desk.polls.stop()

    assert [one.address for one in await desk.subscriptions.due(NOW, 9)] == [FEED]


async def test_a_page_is_read_once_for_a_teaser_that_stays() -> None:
    desk, servers = a_newsroom({FEED: teaser()})
    servers.contents[PAGE] = PAGE_HTML
    await desk.read_sources(now=NOW)
    servers.contents[FEED] = teaser() + b"<!-- built anew -->"
    again = await desk.read_sources(now=NOW + HOUR)
    assert servers.fetched == [FEED, PAGE, FEED]
    assert again.article_ids == (), "it stands in the archive as it stands in the feed"
    assert "Two hundred people" in await said(desk, HOUR)

    servers.contents[FEED] = teaser("Ferry line …")
    await desk.read_sources(now=NOW + 3 * HOUR)
    assert servers.fetched == [FEED, PAGE, FEED, FEED, PAGE]


@pytest.mark.parametrize(
    ("status", "asked_again"), [(0, True), (429, True), (502, True), (403, False)]
)
async def test_a_page_that_may_come_back_is_asked_for_again(
    status: int,
    asked_again: bool,  # noqa: FBT001
) -> None:
    desk, servers = a_newsroom({FEED: teaser()})
    servers.contents[PAGE] = PAGE_HTML
    servers.failing[PAGE] = FetchError(PAGE, "could not be had", status=status)
    assert f"{PAGE}: could not be had" in await said(desk, timedelta())
    servers.failing.clear()
    later = await said(desk, HOUR)

    assert ("Two hundred people" in later) == asked_again
    assert (f"{PAGE}: could not be had" in later) != asked_again


async def test_a_page_that_is_not_there_is_named_while_its_item_stands_in_the_feed() -> None:
    desk, servers = a_newsroom({FEED: teaser()})
    servers.failing[PAGE] = FetchError(PAGE, "answered 404 Not Found", status=404)
    assert f"{PAGE}: answered 404" in await said(desk, timedelta())
    servers.contents[FEED] = teaser() + b"<!-- built anew -->"
    assert f"{PAGE}: answered 404" in await said(desk, HOUR)

    servers.contents[FEED] = feed("School opens")
    assert f"{PAGE}: answered 404" not in await said(desk, 3 * HOUR)


async def test_the_page_of_an_embargoed_teaser_is_read_when_the_embargo_is_over() -> None:
    embargo = "<p:embargoDate>2026-09-17T06:30:00Z</p:embargoDate>"
    held = teaser().replace(b"</item>", f"{embargo}</item>".encode())
    prism = b"<rss xmlns:p='http://prismstandard.org/namespaces/basic/2.1/'"
    desk, servers = a_newsroom({FEED: held.replace(b"<rss", prism)})
    servers.contents[PAGE] = PAGE_HTML
    assert "Ferry" not in await said(desk, timedelta())
    assert servers.fetched == [FEED]

    assert "Two hundred people" in await said(desk, HOUR)


async def test_what_fails_for_a_reason_of_our_own_is_not_asked_again_at_once() -> None:
    desk, servers = a_newsroom({FEED: feed("Ferry stops")})

    async def broken(sightings: Sequence[Sighting]) -> tuple[Article, ...]:
        raise ArchiveError(f"no room for {len(sightings)}")

    desk.tools.archive.record = broken  # type: ignore[method-assign]
    await desk.read_sources(now=NOW)
    await desk.read_sources(now=NOW + timedelta(minutes=1))

    assert servers.fetched == [FEED]
    assert (await poll_of(desk)).reason == "could not be read for a reason of our own"


async def test_an_urgent_source_is_asked_every_minute() -> None:
    desk, servers = a_newsroom({})
    await desk.subscriptions.add_subscription(Subscription(FEED, NOW, urgent=True))
    servers.contents[FEED] = feed("Ferry stops")
    for minute in range(30):
        await desk.read_sources(now=NOW + timedelta(minutes=minute))

    assert 15 <= len(servers.fetched) <= 30
    slow = struct_replace((await desk.subscriptions.subscriptions())[0], urgent=False)
    assert slow.poll.interval_seconds >= 300
