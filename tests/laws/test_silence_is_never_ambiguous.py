"""Law 6: a quiet day says so with its numbers, and a briefing names what it could not read."""

from dataclasses import replace
from datetime import UTC

import pytest

from bot.console.chat import answer
from bot.delivery.edition import briefing_card
from bot.delivery.plain import to_plain
from bot.errors import NothingReadError, UnknownError
from bot.placing import Placer
from bot.stories import TraitsReader
from bot.tools import Listed
from tests.fakes_stories import FakeStories
from tests.laws.desks import NOW, a_desk

FERRY = (
    b"Ferry to Tern Island stops for a month\n\nThe ferry to Tern Island stops for a month from "
    b"Monday, the Sound Line said.\n"
)


async def test_a_day_on_which_nothing_passes_says_how_many_were_seen() -> None:
    desk = a_desk({"ferry.txt": FERRY})
    edition = await desk.brief(now=NOW, about="volcano")

    assert "1 item seen, none passed." in to_plain(briefing_card(edition.briefing, desk.zone))


async def test_a_source_that_fails_is_named_and_does_not_stop_the_others() -> None:
    desk = a_desk({"ferry.txt": FERRY}, ["gone.txt", "ferry.txt", "empty.txt"])
    desk.tools.documents.contents["empty.txt"] = b""  # type: ignore[attr-defined]
    edition = await desk.brief(now=NOW)
    said = to_plain(briefing_card(edition.briefing, desk.zone))

    assert "Ferry to Tern Island stops for a month" in said
    assert "2 addresses could not be read:" in said
    assert "gone.txt: answered 404 Not Found" in said
    assert "empty.txt: " in said
    assert "404 Not Found" in to_plain(await answer(desk, "sources", now=NOW))


async def test_when_nothing_can_be_read_there_is_a_sentence_for_each() -> None:
    desk = a_desk({})
    with pytest.raises(NothingReadError) as caught:
        await desk.brief_these([Listed("a.txt"), Listed("b.txt")], now=NOW)

    assert str(caught.value).splitlines() == [
        "a.txt: answered 404 Not Found.",
        "b.txt: answered 404 Not Found.",
    ]


async def test_a_desk_without_sources_says_so() -> None:
    with pytest.raises(UnknownError, match="has no sources"):
        await a_desk({}).brief(now=NOW)


async def test_an_edition_comes_although_its_stories_cannot_be_placed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(FakeStories):
        async def version(self) -> int:
            raise RuntimeError("a mistake of ours")

    desk = a_desk({"ferry.txt": FERRY})
    placer = Placer(
        Broken(), TraitsReader(desk.tools.weights, desk.tools.story_words), window=desk.window
    )
    desk.tools = replace(desk.tools, placer=placer)
    edition = await desk.edition(now=NOW)

    assert len(edition.briefing.briefs) == 1
    assert "stories not caught up" in caplog.text
    assert "a mistake of ours" in caplog.text


async def test_an_edition_that_is_cut_says_how_many_stories_there_were() -> None:
    headlines = (
        "Ferry hull needs plates",
        "School roof leaks again",
        "Fish prices fall sharply",
        "Orchard frost ruins plums",
        "Chess champion resigns early",
        "Bus fares double tomorrow",
        "Museum thief returns vase",
        "Bridge painters down brushes",
    )
    contents = {
        f"{n}.txt": f"{line}\n\n{line}, {line.split()[0]} people said.\n".encode()
        for n, line in enumerate(headlines)
    }
    edition = await a_desk(contents).brief(now=NOW)

    assert len(edition.briefing.briefs) == 6
    assert "6 of 8 stories, from 8 articles from 8 sources." in to_plain(
        briefing_card(edition.briefing, UTC)
    )
