"""What is dropped into folders and pushed to us becomes articles like everything else."""

import dataclasses
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.desk import Desk
from bot.errors import ExtractError
from bot.intake import receive
from bot.news import Outlet, to_json
from bot.ports import Document, Look
from bot.tools import Listed
from tests.builders import NOON, an_article
from tests.fakes import FakeArchive, FakeFolders, FakeRobots
from tests.laws.desks import NOW, a_desk

TEXT = b"Ferry stops for a month\n\nThe ferry stops on Monday, the line said in the harbour."
EDITED = TEXT.replace(b"Monday", b"Tuesday")
PAGE = (
    b"<html><head><title>Ferry stops</title></head><body><article><h1>Ferry stops</h1>"
    b"<p>The ferry to the island stops for a month from Monday, the line said on Tuesday.</p>"
    b"<p>Two hundred people cross the sound on it each day.</p></article></body></html>"
)
WIRE = """{{"uri": "urn:a", "version": "{0}", "versioncreated": "2026-09-16T1{0}:00:00Z",
"headline": "Ferry stops, version {0}", "body_text": "The ferry stops.", "pubstatus": "{1}"}}"""
DESK = Listed("push://desk", "Harbour Courier")


def wire(version: int, status: str = "usable") -> bytes:
    return WIRE.format(version, status).encode()


def files_of(desk: Desk) -> dict[str, bytes]:
    assert isinstance(desk.tools.folders, FakeFolders)
    return desk.tools.folders.files["in/"]


async def titles(desk: Desk) -> dict[str, int]:
    """Read everything and return titles and numbers of revisions."""
    await desk.read_sources(now=NOW)
    assert isinstance(desk.tools.archive, FakeArchive)
    return {a.latest.title: a.latest.number for a in desk.tools.archive.articles.values()}


def a_folder(**files: bytes) -> Desk:
    inside = {name.replace("_", "."): content for name, content in files.items()}
    return a_desk({}, ["in/"], folders={"in/": inside})


async def push(desk: Desk, content: bytes, entry: Listed = DESK) -> tuple[str, ...]:
    document = Document(entry.address, content)
    return (await receive(document, entry, desk.tools, now=NOW)).article_ids


async def test_each_dropped_file_becomes_an_article_of_the_folder() -> None:
    desk = a_folder(a_txt=TEXT, b_html=PAGE, c_json=wire(1))

    assert set(await titles(desk)) == {
        "Ferry stops for a month",
        "Ferry stops",
        "Ferry stops, version 1",
    }
    assert isinstance(desk.tools.archive, FakeArchive)
    sources = {a.source.address for a in desk.tools.archive.articles.values()}
    outlets = {a.outlet for a in desk.tools.archive.articles.values()}
    assert (sources, outlets) == ({"in/"}, {"in"})
    assert (await desk.brief(now=NOW)).briefing.coverage.articles == 3


@pytest.mark.parametrize(("name", "content"), [("a_txt", TEXT), ("a_html", PAGE)])
async def test_an_edited_file_is_a_revision(name: str, content: bytes) -> None:
    desk = a_folder(**{name: content})
    (title,) = await titles(desk)
    files_of(desk)[name.replace("_", ".")] = content.replace(b"Monday", b"Tuesday")

    assert await titles(desk) == {title: 2}


async def test_the_same_text_in_two_files_is_two_articles() -> None:
    desk = a_folder(a_txt=TEXT, b_txt=TEXT)
    await desk.read_sources(now=NOW)

    assert isinstance(desk.tools.archive, FakeArchive)
    assert len(desk.tools.archive.articles) == 2


async def test_two_versions_that_are_dropped_together_are_one_article() -> None:
    desk = a_folder(a_json=wire(2), b_json=wire(1))
    assert await titles(desk) == {"Ferry stops, version 2": 2}
    files_of(desk)["c.json"] = wire(3, "canceled")
    await desk.read_sources(now=NOW)

    assert isinstance(desk.tools.archive, FakeArchive)
    (article,) = desk.tools.archive.articles.values()
    assert article.withdrawn == "killed"


async def test_a_file_that_cannot_be_read_is_named_and_stops_nobody() -> None:
    desk = a_folder(a_pdf=b"%PDF-1.7", b_txt=TEXT)
    for _ in range(2):
        assert set(await titles(desk)) == {"Ferry stops for a month"}
        unread = (await desk.brief(now=NOW)).briefing.coverage.unread
        assert [u.address for u in unread] == ["in/a.pdf"]
        assert "is a PDF" in unread[0].reason
    del files_of(desk)["a.pdf"]
    await desk.read_sources(now=NOW)
    assert (await desk.brief(now=NOW)).briefing.coverage.unread == ()


async def test_a_page_that_a_dropped_feed_points_to_is_named_until_something_else_comes() -> None:
    page = "https://courier.example/ferry"
    rss = (
        f"<rss version='2.0'><channel><title>Courier</title><item><title>Ferry stops</title>"
        f"<link>{page}</link><description>For a month…</description></item></channel></rss>"
    )
    desk = a_folder(a_xml=rss.encode())
    for _ in range(3):
        (unread,) = (await desk.read_sources(now=NOW)).unread
        assert unread.address == page

    files_of(desk)["b.txt"] = TEXT
    assert (await desk.read_sources(now=NOW)).unread == ()


class FullFolders(FakeFolders):
    """Folders that hold more than one look gives."""

    async def look(self, folder: str, *, now: datetime) -> Look:
        """Return the first of the files that were not read."""
        found = await super().look(folder, now=now)
        return Look(found.ready[:1], found.unread, is_all=len(found.ready) <= 1)


async def test_what_a_look_into_a_folder_leaves_for_the_next_is_told() -> None:
    files = {"a.txt": TEXT, "b.txt": EDITED}
    plain = a_desk({}, ["in/"])
    tools = dataclasses.replace(plain.tools, folders=FullFolders({"in/": files}))
    desk = Desk(tools, plain.subscriptions, plain.zone, plain.window)
    first = await desk.read_sources(now=NOW)
    assert [(u.address, "the others are read next" in u.reason) for u in first.unread] == [
        ("in/", True)
    ]

    assert (await desk.read_sources(now=NOW)).unread == ()


async def test_a_folder_that_is_missing_is_named() -> None:
    desk = a_desk({"a.txt": TEXT}, ["a.txt", "gone/"])

    unread = (await desk.brief(now=NOW)).briefing.coverage.unread
    assert [(u.address, u.reason) for u in unread] == [
        ("gone/", "there is no such folder (since 17 Sep, 06:00)")
    ]


async def test_what_is_pushed_is_an_article_of_its_source() -> None:
    desk = a_desk({}, ["push://desk"])
    (id_,) = await push(desk, wire(1))
    assert await push(desk, wire(2)) == (id_,)

    article = await desk.tools.archive.find_article(id_)
    assert article is not None
    assert article.source.outlet == Outlet("Harbour Courier")
    assert [r.title[-1] for r in article.revisions] == ["1", "2"]
    assert (await desk.brief(now=NOW)).briefing.coverage.articles == 1


async def test_no_source_can_push_into_anothers_article() -> None:
    desk = a_desk({})
    other = Listed("push://other", "Quayside")

    assert await push(desk, wire(1)) != await push(desk, wire(1), other)
    # an address gives nobody a way in either
    page = PAGE.replace(b"<head>", b"<head><link rel=canonical href='https://quayside.example/a'>")
    assert await push(desk, page) != await push(desk, page, other)


async def test_a_push_that_was_refused_is_named_until_one_is_taken() -> None:
    desk = a_desk({}, ["push://desk"])
    with pytest.raises(ExtractError):
        await desk.polls.receive(Document(DESK.address, b"%PDF-1.7"), now=NOW)
    for _ in range(2):
        (unread,) = (await desk.brief(now=NOW)).briefing.coverage.unread
        assert unread.address == "push://desk"
        assert unread.reason.startswith("what it sent last was refused: it is a PDF")

    await desk.polls.receive(Document(DESK.address, wire(1)), now=NOW)
    assert (await desk.brief(now=NOW)).briefing.coverage.unread == ()


@pytest.mark.parametrize("undo", ["pause", "remove_subscription"])
async def test_nothing_is_taken_of_a_source_that_is_read_no_more(undo: str) -> None:
    desk = a_desk({}, ["push://desk"])
    await getattr(desk.subscriptions, undo)("push://desk")

    with pytest.raises(ExtractError, match="was not taken, its source is paused or was removed"):
        await desk.polls.receive(Document(DESK.address, wire(1)), now=NOW)
    assert isinstance(desk.tools.archive, FakeArchive)
    assert not desk.tools.archive.articles


async def test_what_is_pushed_and_held_is_stored_and_not_printed() -> None:
    desk = a_desk({}, ["push://desk"])
    (id_,) = await push(desk, wire(1, "withheld"))

    article = await desk.tools.archive.find_article(id_)
    assert article is not None
    assert article.is_held(NOW)
    edition = await desk.brief(now=NOW)
    assert (edition.briefing.briefs, edition.briefing.coverage.held) == ((), 1)


async def test_an_exported_article_can_be_pushed_with_its_state() -> None:
    desk = a_desk({})
    sent = replace(an_article(), embargoed_until=NOON + timedelta(days=365), byline="Ilse Ankar")
    (id_,) = await push(desk, to_json(sent).encode())
    other = an_article("a2", title="School opens", body="The school opens on Friday.")
    listed = f"[{to_json(sent)}, {to_json(other)}]"
    ids = await push(desk, listed.encode())

    stored = await desk.tools.archive.find_article(id_)
    assert stored is not None
    assert (stored.latest.title, stored.latest.body) == (sent.latest.title, sent.latest.body)
    assert (stored.embargoed_until, stored.byline) == (sent.embargoed_until, "Ilse Ankar")
    assert ids[0] == id_
    assert len(set(ids)) == 2


async def test_an_exported_article_that_was_tampered_with_is_refused() -> None:
    forged = to_json(an_article()).replace("hull", "mast").encode()

    with pytest.raises(ExtractError, match="looks like an article that Nutgraf exported"):
        await push(a_desk({}), forged)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"{", "is broken JSON"),
        (b'{"items": []}', "holds no article"),
        (b"[" + b",".join([wire(1).replace(b"urn:a", b"urn:%d" % n) for n in range(101)]) + b"]",
         "holds 101 articles; at most 100 are taken at once"),
    ],
)  # fmt: skip
async def test_what_cannot_be_taken_says_why(content: bytes, why: str) -> None:
    with pytest.raises(ExtractError) as caught:
        await push(a_desk({}), content)

    assert caught.value.reason == why


async def test_nothing_is_fetched_for_a_source_that_is_pushed_or_watched() -> None:
    desk = a_desk({}, ["push://desk", "in/"], folders={"in/": {}})

    assert (await desk.read_sources(now=NOW)).unread == ()


async def test_a_page_is_read_again_and_again_only_if_its_site_allows_it() -> None:
    page = "https://courier.example/ferry"
    desk = a_desk({page: PAGE})
    robots = desk.tools.robots
    assert isinstance(robots, FakeRobots)
    robots.refused = {page}
    for _ in range(2):
        (unread,) = (await desk.read_sources(now=NOW)).unread
        assert "robots.txt" in unread.reason
        assert not (await desk.brief(now=NOW)).briefing.briefs
    assert robots.asked == [page]


async def test_an_editor_who_asks_for_one_page_gets_it() -> None:
    page = "https://courier.example/ferry"
    desk = a_desk({page: PAGE})
    robots = desk.tools.robots
    assert isinstance(robots, FakeRobots)
    robots.refused = {page}

    assert (await desk.brief_these([Listed(page)], now=NOW)).briefing.briefs
    assert robots.asked == []


async def test_a_teaser_stays_one_if_its_page_may_not_be_read() -> None:
    page, feed = "https://courier.example/ferry", "https://courier.example/feed.xml"
    rss = (
        f"<rss version='2.0'><channel><title>Courier</title><item><title>Ferry stops</title>"
        f"<link>{page}</link><description>For a month…</description></item></channel></rss>"
    )
    desk = a_desk({page: PAGE, feed: rss.encode()}, [feed])
    robots = desk.tools.robots
    assert isinstance(robots, FakeRobots)
    robots.refused = {page}

    intake = await desk.read_sources(now=NOW)
    assert [(u.address, "robots.txt" in u.reason) for u in intake.unread] == [(page, True)]
    assert robots.asked == [page]
    article = await desk.tools.archive.find_article(intake.article_ids[0])
    assert article is not None
    assert article.latest.body == "For a month…"
