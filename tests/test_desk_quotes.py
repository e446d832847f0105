"""Quotations of anybody's text are looked up in the whole archive, and doubt stays doubt."""

from dataclasses import replace as replace_fields
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.desk_quotes import check_quotes
from bot.errors import UnknownError
from bot.news import Article, CheckedClaim
from tests.builders import NOON, a_revision, an_article
from tests.fakes import FakeArchive
from tests.laws.desks import a_desk

QUAY = "“The northern quay will be closed for two years,” Mira Tolland said on Monday."
FERRY = "“The old ferry has carried us for nineteen winters,” Piet Arendt said on Monday."
KAI = "„Der alte Kai bleibt zwei Jahre lang gesperrt“, sagte Piet Arendt am Montag."
HOUR = timedelta(hours=1)
ARTICLES = (an_article("a1", body=QUAY), an_article("a2", body=FERRY))


async def checked(text: str, *articles: Article, now: datetime = NOON) -> CheckedClaim:
    """Return what became of the one quotation of the text."""
    desk = a_desk({})
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    archive.articles.update({article.id: article for article in articles})
    (claim,) = (await check_quotes(desk, text, now=now)).claims
    return claim


async def kind(text: str, *articles: Article, now: datetime = NOON) -> str:
    return (await checked(text, *articles, now=now)).verdict.kind


async def test_words_are_found_wherever_they_stand() -> None:
    exact = await checked('"The northern quay will be closed for two years"', *ARTICLES)

    assert exact.verdict.kind == "exact"
    (witness,) = exact.witnesses
    assert witness.reference.article_id == "a1"
    assert witness.reference.outlet == "Harbour Courier"
    assert witness.current
    assert await kind('"the old ferry has carried us"', *ARTICLES) == "typographic"


async def test_altered_words_are_told_with_the_nearest_place() -> None:
    altered = await checked('"The northern quay will be closed for three years"', *ARTICLES)

    assert altered.verdict.kind == "altered"
    (difference,) = altered.verdict.differences
    assert (difference.given, difference.found) == ("three", "two")
    assert altered.witnesses[0].reference.article_id == "a1"


async def test_another_speaker_is_not_confirmed() -> None:
    words = '"The old ferry has carried us for nineteen winters"'

    assert await kind(f"{words}, said Piet Arendt.", *ARTICLES) == "exact"
    assert await kind(f"{words}, said Mira Tolland.", *ARTICLES) == "misattributed"
    assert await kind(f"{words}, said the mayor.", *ARTICLES) == "exact"


async def test_words_that_no_text_holds_are_not_found() -> None:
    assert await kind('"Lanterns will be lit in every street"', *ARTICLES) == "not found"
    assert await kind('"The northern quay will be closed"') == "not found"


async def test_a_held_article_confirms_nothing_and_is_not_named() -> None:
    words = '"The northern quay will be closed for two years"'
    for held in (
        replace(ARTICLES[0], embargoed_until=NOON + HOUR),
        replace(ARTICLES[0], withdrawn="withheld"),
        replace(ARTICLES[0], withdrawn="killed"),
    ):
        told = await checked(words, held, ARTICLES[1])
        assert told.verdict.kind == "not found"
        assert all(witness.reference.article_id != "a1" for witness in told.witnesses)
    assert await kind(words, replace(ARTICLES[0], embargoed_until=NOON)) == "exact"


async def test_an_article_that_was_killed_after_the_index_answered_is_not_named() -> None:
    desk = a_desk({})
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    archive.articles["a1"] = replace(ARTICLES[0], withdrawn="killed")
    assert desk.tools.wording
    archive.wordings.articles = {"a1": ARTICLES[0]}  # what the index still has

    (told,) = (await check_quotes(desk, f"{QUAY}", now=NOON)).claims

    assert told.verdict.kind == "not found"


async def test_words_that_a_correction_took_away_are_told_as_gone() -> None:
    revised = a_revision("a1", 2, body="The northern quay stays open.", seen_at=NOON + HOUR)
    article = an_article("a1", a_revision("a1", body=QUAY), revised)

    told = await checked(QUAY, article, now=NOON + HOUR)

    assert told.verdict.kind == "exact"
    assert [witness.current for witness in told.witnesses] == [False]


async def test_a_text_is_read_in_the_language_of_its_article() -> None:
    german = replace(an_article("a3", body=KAI), language="de")

    assert await kind(KAI, *ARTICLES, german) == "exact"
    other = KAI.replace("Piet Arendt", "Mira Tolland")
    assert await kind(other, *ARTICLES, german) == "misattributed"


async def test_what_is_more_than_was_asked_for_is_counted() -> None:
    text = "\n".join(f"“Lantern number {number} is lit” and dark" for number in range(5))

    found = await check_quotes(a_desk({}), text, now=NOON, at_most=3)

    assert (len(found.claims), found.unchecked) == (3, 2)


async def test_a_text_without_quotations_has_nothing_to_check() -> None:
    found = await check_quotes(a_desk({}), "The crane stands still, isn't it?", now=NOON)

    assert (found.claims, found.unchecked) == ((), 0)


async def test_a_desk_without_an_archive_of_words_says_so() -> None:
    desk = a_desk({})
    desk.tools = replace_fields(desk.tools, wording=None)
    with pytest.raises(UnknownError, match="no archive"):
        await check_quotes(desk, QUAY, now=NOON)
