"""Law 5 for what editors stop: it is told nowhere until it is released, and posts lose it."""

import asyncio
import json
from dataclasses import replace as with_tools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import desk_stops
from bot.console.chat import answer as answer_line
from bot.delivery.edition import briefing_card
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from bot.delivery.stopping import audit_card, standing_card, stopped_card
from bot.desk import Desk
from bot.desk_briefings import ask, show
from bot.errors import UnknownError
from bot.news import Dossier as Export
from bot.news import Post, StoryThread, Subscription, from_json, to_json
from bot.tools import Listed
from bot.withdrawing import Withdrawer
from bot.wordings_stopped import RUN
from tests.fakes import FakeArchive, FakeDocuments
from tests.fakes_model import FakeModel
from tests.laws.desks import NOW, a_desk
from tests.model_desk import model_tools

HOUR = timedelta(hours=1)
EDITOR = "editor 7"
WORD = "Quillfeather"
SECRET = f"the {WORD} ledger was never shown to any member of the council"
OPEN = "The school in Ostervik will open a new library in October"
FEED = "https://courier.example/feed.json"
OTHER = "https://post.example/feed.json"


def item(key: str, title: str, *paragraphs: str, host: str = "courier") -> dict[str, object]:
    return {
        "id": key,
        "url": f"https://{host}.example/{key}",
        "title": title,
        "content_text": "\n\n".join(paragraphs),
        "date_published": "2026-09-16T12:00:00Z",
    }


def ledger(key: str, *, host: str = "courier", told: str = "said") -> dict[str, object]:
    return item(
        key,
        "Council of Tern Island votes on the harbour accounts",
        "The council of Tern Island will vote on the harbour accounts in October, the clerk said.",
        f"“And {SECRET}, which is a scandal,” {told} Mira Tolland, the harbour master. She left.",
        "Two hundred people came to the meeting in the town hall on Tuesday evening.",
        host=host,
    )


def library(key: str = "9") -> dict[str, object]:
    return item(
        key,
        OPEN,
        f"{OPEN}, the head teacher said on Tuesday evening.",
        "“We have waited nine years for this room,” said Jonas Hale, the head teacher.",
    )


def feed(*items: dict[str, object], title: str = "Courier") -> bytes:
    listing = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}
    return json.dumps(listing).encode()


def newsroom() -> Desk:
    return a_desk({FEED: feed(ledger("1"), library())})


def archive_of(desk: Desk) -> FakeArchive:
    assert isinstance(desk.tools.archive, FakeArchive)
    return desk.tools.archive


def documents_of(desk: Desk) -> FakeDocuments:
    assert isinstance(desk.tools.documents, FakeDocuments)
    return desk.tools.documents


def restarted(desk: Desk) -> Desk:
    """Return the desk of a new process on the same archive."""
    return Desk(desk.tools, desk.subscriptions, desk.zone, desk.window)


async def post_edition(desk: Desk, channel_id: int = 5) -> Export:
    """Have an edition made and posted, as a thread's story too."""
    edition = await desk.brief(now=NOW)
    told = edition.briefing
    archive = archive_of(desk)
    ids = tuple(b.story.id for b in told.briefs)
    key = f"s{channel_id}@1/1"
    archive.posts.posts[key] = Post(
        key, channel_id, told.id, 1, NOW, channel_id * 10, messages=1, stories=ids
    )
    return edition


async def everything_said(desk: Desk, *shown: Export) -> str:
    """Return what all surfaces say: editions, cards, exports, searches, answers, the audit."""
    edition = await desk.brief(now=NOW)
    card = briefing_card(edition.briefing, desk.zone)
    said = [to_plain(card), to_markdown(card), to_json(edition)]
    lines = ("brief", "story 1", "story 2", "quotes", "why 1", "timeline 1", "sources")
    said += [to_plain(await answer_line(desk, line, now=NOW)) for line in lines]
    for known in (edition, *shown):
        again = await show(desk, known.briefing.id, now=NOW)
        assert from_json(to_json(again), Export) == again
        said.append(to_json(again))
        for brief in known.briefing.briefs:
            thread = StoryThread(1, 5, known.briefing.id, 1, brief.story.id)
            for question in (f"What of the {WORD} ledger?", "What did Mira Tolland say?"):
                try:
                    answer = await ask(desk, thread, question, now=NOW)
                except UnknownError as error:
                    said.append(str(error))
                else:
                    said.append(to_json(answer).replace(question, ""))
    archive = archive_of(desk)
    archive.wordings.articles = archive.articles
    for words in (SECRET, WORD, "harbour accounts"):
        found = await archive.wordings.find_texts(words, now=NOW)
        said += [text.title + text.body for text in found]
    said.append(to_plain(standing_card(await desk_stops.stopped(desk), desk.zone)))
    said.append(to_plain(audit_card(await desk_stops.audit(desk), desk.zone)))
    return "\n".join(said)


async def test_a_killed_story_is_told_nowhere_until_it_is_released() -> None:
    desk = newsroom()
    posted = await post_edition(desk)
    assert WORD in await everything_said(desk, posted)

    stop = await desk_stops.stop_story(desk, "accounts", killed=True, by=EDITOR, now=NOW)

    said = await everything_said(restarted(desk), posted)
    assert WORD not in said
    assert "harbour accounts" not in said
    assert OPEN in said
    assert "harbour" not in to_plain(stopped_card(stop))

    await desk_stops.release(desk, stop.id, by=EDITOR, now=NOW)
    assert WORD in await everything_said(desk)


async def test_of_a_killed_quote_only_its_sentence_is_gone() -> None:
    desk = newsroom()
    posted = await post_edition(desk)

    stop = await desk_stops.stop_quote(
        desk, f"{WORD} ledger was never", killed=True, by=EDITOR, now=NOW
    )

    assert "scandal" in stop.order.wordings[0], "the whole quote is stopped"
    said = await everything_said(restarted(desk), posted)
    assert WORD not in said
    assert "Two hundred people came" in said
    assert "votes on the harbour accounts" in said


@pytest.mark.parametrize("killed", [True, False])
async def test_what_is_told_of_a_stopped_story_later_is_stopped_with_it(killed: bool) -> None:  # noqa: FBT001
    desk = newsroom()
    await desk.brief(now=NOW)
    stop = await desk_stops.stop_story(desk, "accounts", killed=killed, by=EDITOR, now=NOW)

    await desk.subscriptions.add_subscription(Subscription(OTHER, NOW))
    documents_of(desk).contents[OTHER] = feed(ledger("7", host="post", told="says"), title="Post")
    said = await everything_said(desk)

    assert OPEN in said
    assert WORD not in said
    (standing,) = await desk_stops.stopped(desk)
    assert (standing.id, len(standing.article_ids)) == (stop.id, 2)


async def test_an_address_that_tells_a_killed_story_is_not_briefed_either() -> None:
    desk = newsroom()
    await desk.brief(now=NOW)
    await desk_stops.stop_story(desk, "accounts", killed=True, by=EDITOR, now=NOW)
    documents_of(desk).contents[OTHER] = feed(ledger("7", host="post", told="says"), title="Post")

    edition = await desk.brief_these([Listed(OTHER)], now=NOW)

    assert edition.briefing.briefs == ()
    assert edition.briefing.coverage.held == 1


async def test_a_quote_with_few_words_or_of_several_is_not_stopped() -> None:
    desk = newsroom()
    await desk.brief(now=NOW)
    for words, why in (("the", "at least 3"), ("???", "at least 3")):
        with pytest.raises(UnknownError, match=why):
            await desk_stops.stop_quote(desk, words, killed=True, by=EDITOR, now=NOW)
    assert await desk_stops.stopped(desk) == ()


async def test_posts_lose_what_is_stopped_once_and_say_so_without_its_words() -> None:
    desk = newsroom()
    archive = archive_of(desk)
    posted = await post_edition(desk)
    withdrawer = Withdrawer(archive, archive.stops)
    assert await withdrawer.step(now=NOW) == 0

    await desk_stops.stop_quote(desk, SECRET, killed=True, by=EDITOR, now=NOW)
    assert await withdrawer.step(now=NOW) == 1
    second = await archive.find_dossier(posted.briefing.id)
    await desk_stops.stop_story(desk, "accounts", killed=True, by=EDITOR, now=NOW)
    assert await withdrawer.step(now=NOW) == 1
    for again in (withdrawer, Withdrawer(archive, archive.stops)):
        assert await again.step(now=NOW + HOUR) == 0

    third = await archive.find_dossier(posted.briefing.id)
    assert second is not None
    assert third is not None
    assert (second.briefing.version, third.briefing.version) == (2, 3)
    assert WORD not in to_json(second.briefing)
    assert len(second.briefing.briefs) == 2
    assert "accounts" not in to_json(third.briefing)
    assert [c.what for c in third.briefing.corrections] == [
        "The newsroom withdrew words of this story.",
        "The newsroom withdrew this story.",
    ]
    jobs = [w.job.kind for w in archive.jobs.waiting.values()]
    assert jobs == ["reissue", "reissue"]


async def test_what_an_outlet_kills_is_withdrawn_from_posts_in_its_name() -> None:
    desk = newsroom()
    archive = archive_of(desk)
    posted = await post_edition(desk)
    killed = ledger("1") | {"_ninjs": {"pubstatus": "canceled"}}
    documents_of(desk).contents[FEED] = feed(killed, library())
    await desk.read_sources(now=NOW + HOUR)

    assert await Withdrawer(archive, archive.stops).step(now=NOW + HOUR) == 1

    latest = await archive.find_dossier(posted.briefing.id)
    assert latest is not None
    assert [c.what for c in latest.briefing.corrections] == [
        "Courier withdrew what this story rests on."
    ]
    assert "accounts" not in to_json(latest.briefing)


async def test_a_purged_text_is_gone_from_every_surface_for_good() -> None:
    desk = newsroom()
    posted = await post_edition(desk)
    archive = archive_of(desk)
    (gone,) = [a for a in archive.articles.values() if WORD in a.latest.body]

    await desk_stops.purge(desk, gone.id, by="chief 1", now=NOW)
    await desk.read_sources(now=NOW + HOUR)  # the feed still has it
    documents_of(desk).contents[FEED] = feed(ledger("1", told="cried"), library())
    await desk.read_sources(now=NOW + 2 * HOUR)

    assert WORD not in await everything_said(desk, posted)
    assert all(WORD not in to_json(a) for a in archive.articles.values())
    assert all(WORD not in to_json(d) for d in archive.dossiers.values())


async def test_the_retention_removes_only_old_texts_that_nothing_cites() -> None:
    desk = newsroom()
    edition = await desk.brief(now=NOW)
    cited = {a.id for a in edition.articles}
    assert len(cited) == 2
    archive = archive_of(desk)
    archive.dossiers.clear()

    assert await desk_stops.purge_old(desk, timedelta(days=30), now=NOW) == 0
    assert await desk_stops.purge_old(desk, timedelta(days=30), now=NOW + timedelta(days=40)) == 2
    assert await desk_stops.purge_old(desk, timedelta(days=30), now=NOW + timedelta(days=40)) == 0
    assert {a.stopped for a in archive.articles.values()} == {"purged"}


async def test_a_model_is_never_shown_what_is_stopped() -> None:
    desk = newsroom()
    model = FakeModel(lambda _: "{}")
    desk.tools = with_tools(desk.tools, writer=model_tools(model))
    await desk.brief(now=NOW)
    assert any(WORD in request.user for request in model.requests)
    await desk_stops.stop_quote(desk, SECRET, killed=True, by=EDITOR, now=NOW)
    model.requests.clear()

    await desk.brief(now=NOW)
    await desk.edition(now=NOW)

    assert model.requests
    assert not any(WORD in f"{r.system} {r.user}" for r in model.requests)


DEEDS = st.lists(
    st.sampled_from(["kill story", "hold quote", "release", "reprint", "restart", "edit", "brief"]),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(DEEDS)
def test_whatever_happens_in_between_what_is_stopped_is_not_told(
    deeds: list[str],
) -> None:
    asyncio.run(_live(deeds))


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=400, deadline=None)
@given(DEEDS)
def test_whatever_happens_in_many_newsrooms_what_is_stopped_is_not_told(
    deeds: list[str],
) -> None:
    asyncio.run(_live(deeds))


async def _live(deeds: list[str]) -> None:
    desk = newsroom()
    posted = await post_edition(desk)
    for number, deed in enumerate(deeds):
        desk = await _do(desk, deed, number)
    stopped = await desk_stops.stopped(desk)
    said = await everything_said(desk, posted)
    assert OPEN in said
    assert (WORD in said) == (not stopped), deeds


async def _do(desk: Desk, deed: str, number: int) -> Desk:
    at = NOW + timedelta(minutes=number)
    match deed:
        case "kill story" | "hold quote":
            stop = desk_stops.stop_story if deed == "kill story" else desk_stops.stop_quote
            name = "accounts" if deed == "kill story" else SECRET
            try:
                await stop(desk, name, killed=deed == "kill story", by=EDITOR, now=at)
            except UnknownError:
                assert await desk_stops.stopped(desk)  # it is stopped already
        case "release":
            for standing in await desk_stops.stopped(desk):
                await desk_stops.release(desk, standing.id, by=EDITOR, now=at)
        case "reprint":
            address = f"https://o{number}.example/feed.json"
            await desk.subscriptions.add_subscription(Subscription(address, NOW))
            told = ledger(f"r{number}", host=f"o{number}")
            documents_of(desk).contents[address] = feed(told, title=f"Outlet {number}")
        case "edit":
            edited = ledger("1", told=f"cried {number} times and said")
            documents_of(desk).contents[FEED] = feed(edited, library())
            await desk.read_sources(now=at + number * HOUR)
        case "restart":
            return restarted(desk)
        case _:
            await desk.brief(now=at)
    return desk


@pytest.mark.parametrize("editions", [5, pytest.param(1000, marks=pytest.mark.soak)])
@pytest.mark.timeout(1800)
async def test_killed_words_do_not_come_back_in_later_editions(editions: int) -> None:
    desk = newsroom()
    await desk.brief(now=NOW)
    await desk_stops.stop_quote(desk, SECRET, killed=True, by=EDITOR, now=NOW)
    terms = SECRET.split()
    for number in range(editions):
        at = NOW + number * HOUR
        start = number % (len(terms) - RUN)
        again = item(
            f"n{number}",
            f"Report {number} of the harbour accounts of Tern Island",
            f"The clerk of ward {number} spoke on the accounts of the harbour for an hour.",
            f"“So {' '.join(terms[start : start + RUN])}, in year {number},” said Sten Aker.",
        ) | {"date_published": at.isoformat()}
        documents_of(desk).contents[FEED] = feed(ledger("1"), library(), again)
        edition = await desk.brief(now=at)
        assert "".join(terms[start : start + RUN]) not in to_json(edition).replace(" ", "")
        assert WORD not in to_json(edition)
        assert edition.briefing.briefs
