"""Revision replay: what a source changes in what we posted is told, and nothing else is."""

import os
import random
import re
from dataclasses import replace as with_tools

import pytest
from msgspec.structs import replace

from bot.briefing.compose import compose, dossier_of
from bot.demo.pages import render_page
from bot.demo.wire import Item as WireItem
from bot.demo.wire import load_wire
from bot.language import load_figure_words, load_notices
from bot.news import (
    Article,
    Brief,
    Coverage,
    Job,
    Origin,
    Outlet,
    Post,
    Revision,
    Source,
    Story,
    to_json,
)
from bot.ports import Document, Item, Revise
from bot.rechecking import compare_briefing
from bot.rereading import ReadAgain, read_again
from bot.sources import read_document, revise
from bot.story_writing import story_to_write
from bot.tools import Tools
from tests.fakes import FakeArchive, FakeDocuments
from tests.laws.desks import NOW, a_desk
from tests.quality.replayed_edits import (
    AROUND,
    COSMETIC,
    MATTER,
    OTHER_WORDS,
    Edit,
    PageEdit,
    wire_items,
)

ITEMS = wire_items()
ADDRESS = "https://{outlet}.example/{id}"
ENCODING = "utf-8"
FULL = bool(os.environ.get("NUTGRAF_FULL"))
MANY, SOME = (500, 200) if FULL else (60, 25)
"""The full numbers take eight minutes."""


def page_of(item: WireItem) -> str:
    wire = load_wire()
    others = [other for other in wire.items("after") if other.feed == item.feed]
    charset = wire.outlet(item.outlet).charset
    page = render_page(wire, item, others, "https://wire.example").decode(charset)
    return page.replace(charset, ENCODING)


def tools_of(archive: FakeArchive) -> Tools:
    notices = load_notices()
    return with_tools(
        a_desk({}).tools,
        archive=archive,
        read_notices=lambda: notices,
        figure_words=load_figure_words(),
        reports=archive.reports,
    )


def article_of(item: WireItem, page: str) -> Article:
    address = ADDRESS.format(outlet=item.outlet, id=item.id)
    document = Document(address, page.encode(), final_address=address)
    (read,) = read_document(document, now=NOW).items
    source = Source(address, "page", Outlet(load_wire().outlet(item.outlet).name))
    return revise(None, replace_item(read, address), source, now=NOW, new_id=item.id)


def replace_item(read: Item, address: str) -> Item:
    return with_tools(read, address=address)


async def post(article: Article, archive: FakeArchive, tools: Tools) -> tuple[str, Brief]:
    """Post a briefing of the article, and return its id and its brief."""
    archive.articles[article.id] = article
    story = Story("s1", (Origin((article.id,)),))
    brief = story_to_write(story, {article.id: article}, tools).base
    briefing = compose([brief], Coverage(1, 1), stories_found=1, now=NOW)
    message = Post("s@1/1", 5, briefing.id, 1, NOW, 70, messages=1, stories=("s1",))
    await archive.store(dossier_of(briefing, {article.id: article}), posts=[message])
    return briefing.id, brief


async def corrections_of(briefing_id: str, archive: FakeArchive, tools: Tools) -> int:
    """Compare twice, as two readings would, and return how many corrections that made."""
    for _ in range(2):
        await compare_briefing(briefing_id, tools, now=NOW)
    dossier = await archive.find_dossier(briefing_id)
    assert dossier
    return len(dossier.briefing.corrections)


def _always(after: Article) -> Revise:
    return lambda _: after


async def replay(edit: Edit, wanted: int) -> list[int]:
    """Return how many corrections each of so many edited articles raised."""
    found: list[int] = []
    chance = random.Random(20261123)  # noqa: S311 - no secret
    posted = [(item, article_of(item, page_of(item))) for item in ITEMS]
    while len(found) < wanted:
        _, article = chance.choice(posted)
        archive = FakeArchive()
        tools = tools_of(archive)
        briefing_id, brief = await post(article, archive, tools)
        body = edit(article.latest.body, brief, chance)
        if body is None:
            continue
        new = Revision.of(article.id, 2, article.latest.title, body, seen_at=NOW)
        after = replace(article, revisions=(*article.revisions, new))
        await archive.revise({article.id: _always(after)})
        assert [w.job.kind for w in archive.jobs.waiting.values()] == ["recheck"]
        found.append(await corrections_of(briefing_id, archive, tools))
    return found


async def replay_page(edit: PageEdit, wanted: int) -> list[int]:
    """The same for pages that are read again."""
    found: list[int] = []
    chance = random.Random(20261124)  # noqa: S311 - no secret
    posted = [(item, page_of(item)) for item in ITEMS]
    while len(found) < wanted:
        item, page = chance.choice(posted)
        article = article_of(item, page)
        edited = edit(page, chance)
        assert edited != page
        archive = FakeArchive()
        documents = FakeDocuments({article.address: edited.encode()})
        tools = with_tools(tools_of(archive), documents=documents)
        briefing_id, _ = await post(article, archive, tools)
        for reading in (1, 2):
            job = Job(1, "reread", "k", to_json(ReadAgain(briefing_id, 1, reading)), 1)
            await read_again(job, tools, now=NOW)
        found.append(await corrections_of(briefing_id, archive, tools))
    return found


@pytest.mark.parametrize("kind", MATTER)
async def test_each_change_of_what_is_cited_makes_one_correction(kind: str) -> None:
    assert await replay(MATTER[kind], 12) == [1] * 12


async def test_what_is_only_set_in_another_way_makes_none() -> None:
    assert await replay(COSMETIC["cosmetic"], 12) == [0] * 12


@pytest.mark.parametrize("kind", AROUND)
async def test_what_happens_around_the_text_makes_no_correction(kind: str) -> None:
    assert await replay_page(AROUND[kind], 5) == [0] * 5


async def test_a_page_that_changes_what_is_cited_makes_a_correction_too() -> None:
    def edit(page: str, chance: random.Random) -> str:
        return re.sub(r"(?<=<p>)(\w+)", chance.choice(OTHER_WORDS), page)

    assert await replay_page(edit, 5) == [1] * 5


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kind", MATTER)
async def test_each_of_many_changes_makes_one_correction(kind: str) -> None:
    assert await replay(MATTER[kind], MANY) == [1] * MANY


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_none_of_many_cosmetic_edits_makes_a_correction() -> None:
    assert await replay(COSMETIC["cosmetic"], MANY) == [0] * MANY


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kind", AROUND)
async def test_none_of_many_changed_pages_makes_a_correction(kind: str) -> None:
    assert await replay_page(AROUND[kind], SOME) == [0] * SOME
