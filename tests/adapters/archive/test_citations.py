from datetime import timedelta

from bot.news import Citation, CitationState, Span
from bot.ports import Archive
from tests.builders import NOON, an_article


def cited(article_id: str, start: int, state: CitationState = "stands") -> Citation:
    span = Span(article_id, 1, "body", start, start + 5)
    reason = "answered 403" if state == "unreadable" else ""
    return Citation(span, state, NOON, NOON + timedelta(hours=1), reason)


async def test_citations_are_kept_by_place_and_overwritten(archive: Archive) -> None:
    await archive.revise({i: lambda _, i=i: an_article(i) for i in ("a1", "a2")})  # type: ignore[misc]
    await archive.note_citations([cited("a2", 9), cited("a1", 9), cited("a1", 0)])
    await archive.note_citations([cited("a1", 9, "unreadable"), cited("a2", 30, "vanished")])

    assert await archive.citations(["a1"]) == (cited("a1", 0), cited("a1", 9, "unreadable"))
    assert len(await archive.citations(["a1", "a2", "a3"])) == 4


async def test_without_articles_all_that_is_not_sound_is_given(archive: Archive) -> None:
    await archive.revise({"a1": lambda _: an_article("a1")})
    states: tuple[CitationState, ...] = ("stands", "unseen", "missing", "vanished", "unreadable")
    await archive.note_citations([cited("a1", n, state) for n, state in enumerate(states)])

    assert [c.state for c in await archive.citations()] == ["missing", "vanished", "unreadable"]
    await archive.note_citations([])
