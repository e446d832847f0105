"""The terminal desk shows a quote where it stands, by its number or by its words."""

from msgspec.structs import replace

from bot.console.chat import answer
from bot.delivery.plain import to_plain
from bot.desk import Desk
from tests.chat.rooms import NEWS
from tests.fakes import FakeArchive
from tests.laws.desks import NOW, a_desk


async def told(desk: Desk, line: str) -> str:
    return to_plain(await answer(desk, line, now=NOW))


async def test_a_quote_is_shown_by_its_number_or_its_words() -> None:
    desk = a_desk(NEWS)
    await told(desk, "brief")
    by_words = await told(desk, "context needs NEW plates")
    assert "“The hull of the barge needs new plates,” said Mira Tolland" in by_words
    assert "revision 1, seen" in by_words
    assert by_words in {await told(desk, "context 1"), await told(desk, "context 2")}


async def test_without_a_quote_it_says_so() -> None:
    desk = a_desk(NEWS)
    assert "Which quote?" in await told(desk, "context")
    await told(desk, "brief")
    assert "No quote here is that" in await told(desk, "context 9")
    assert "No quote here is that" in await told(desk, "context the moon is cheese")


async def test_of_a_killed_article_nothing_is_shown() -> None:
    desk = a_desk(NEWS)
    await told(desk, "brief")
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    for article in tuple(archive.articles.values()):
        archive.articles[article.id] = replace(article, withdrawn="killed")
    assert "is held by now" in await told(desk, "context 1")
