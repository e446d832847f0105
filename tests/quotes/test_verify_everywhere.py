"""Words are looked up in the whole archive through its index, and doubt stays doubt."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.language import load_lexicon, load_qualifiers
from bot.news import Article, Verdict
from bot.quotes import verify_everywhere
from tests.builders import NOON, an_article
from tests.fakes import FakeWordings

QUAY = "“The northern quay will be closed for two years,” Mira Tolland said on Monday."
FERRY = "“The old ferry has carried us for nineteen winters,” Piet Arendt said on Monday."
HOUR = timedelta(hours=1)


async def verdict(
    words: str, *articles: Article, speaker: str = "", now: datetime = NOON
) -> Verdict:
    return await verify_everywhere(
        words,
        FakeWordings({article.id: article for article in articles}),
        lexicon=load_lexicon(),
        qualifiers=load_qualifiers(),
        now=now,
        speaker=speaker,
    )


ARTICLES = (an_article("a1", body=QUAY), an_article("a2", body=FERRY))


async def test_words_are_found_wherever_they_stand() -> None:
    exact = await verdict("The northern quay will be closed for two years", *ARTICLES)
    assert exact.kind == "exact"
    assert exact.places[0].passage.span.article_id == "a1"
    assert (await verdict('"the old ferry has carried us"', *ARTICLES)).kind == "typographic"


async def test_altered_words_are_told_with_the_nearest_place() -> None:
    altered = await verdict("The northern quay will be closed for three years", *ARTICLES)
    assert altered.kind == "altered"
    assert altered.places[0].passage.span.article_id == "a1"


async def test_another_speaker_is_not_confirmed() -> None:
    words = "The old ferry has carried us for nineteen winters"
    assert (await verdict(words, *ARTICLES, speaker="Piet Arendt")).kind == "exact"
    assert (await verdict(words, *ARTICLES, speaker="Mira Tolland")).kind == "misattributed"


async def test_words_that_no_text_holds_are_not_found() -> None:
    assert (await verdict("Lanterns will be lit in every street", *ARTICLES)).kind == "not found"
    assert (await verdict("The northern quay will be closed")).kind == "not found"


async def test_a_held_article_confirms_nothing_and_is_not_named() -> None:
    words = "The northern quay will be closed for two years"
    for held in (
        replace(ARTICLES[0], embargoed_until=NOON + HOUR),
        replace(ARTICLES[0], withdrawn="withheld"),
    ):
        told = await verdict(words, held, ARTICLES[1])
        assert told.kind == "not found"
        assert all(place.passage.span.article_id != "a1" for place in told.places)
    free = await verdict(words, replace(ARTICLES[0], embargoed_until=NOON), now=NOON)
    assert free.kind == "exact"
