"""The card of checked quotations says of each what the archive has, and no more."""

from datetime import UTC

from bot.cards import Card, QuoteBlock
from bot.delivery.checked import checked_card
from bot.delivery.plain import to_plain
from bot.desk_quotes import check_quotes
from bot.news import CheckedText
from tests.builders import NOON, a_revision, an_article
from tests.fakes import FakeArchive
from tests.laws.desks import a_desk

BODY = (
    "“The hull needs new plates,” said Mira Tolland, who runs the line.\n\n"
    "“We may close the quay if it rains,” said Piet Arendt.\n\n"
    "Two hundred people cross the sound on it each day."
)


async def card(text: str, *, body: str = BODY, copies: int = 1) -> Card:
    desk = a_desk({})
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    for number in range(copies):
        archive.articles[f"a{number}"] = an_article(f"a{number}", body=body)
    return checked_card(await check_quotes(desk, text, now=NOON), UTC)


async def test_words_of_the_article_itself_are_nobodys_speech() -> None:
    told = await card("“Two hundred people cross the sound”")

    assert "Nobody's speech" in to_plain(told)
    assert not any(isinstance(block, QuoteBlock) for block in told.blocks)


async def test_a_condition_that_was_left_out_is_told() -> None:
    told = to_plain(await card("“We may close the quay”, said Piet Arendt."))

    assert "Altered" in told
    assert "Left out behind it: if it rains" in told


async def test_a_difference_of_form_is_named() -> None:
    told = to_plain(await card('"the hull needs new plates"'))

    assert "Exact but for typography" in told
    assert "Differs in first letter" in told


async def test_words_that_no_speaker_is_named_for_are_not_confirmed() -> None:
    told = to_plain(
        await card("“All is well”, said Mira Tolland.", body="On the wall: “All is well.”")
    )

    assert "Someone else's" not in told


async def test_many_places_are_counted() -> None:
    told = to_plain(await card("“The hull needs new plates”", copies=5))

    assert told.count("Harbour Courier") == 3
    assert "And in 2 other places." in told


async def test_fragments_of_several_places_are_shown_in_their_order() -> None:
    told = to_plain(await card("“We may close the quay on it each day”"))

    assert "Put together from several places" in told
    assert told.index("“We may close the quay") < told.index("on it each day —")


async def test_several_revisions_of_an_article_are_one_place_and_a_change_is_told() -> None:
    desk = a_desk({})
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    first, second = a_revision(body=BODY), a_revision(number=2, body="The quay stays open.")
    archive.articles["a1"] = an_article("a1", first, second)
    found = await check_quotes(desk, "“The hull needs new plates”", now=NOON)

    assert "not in the article any more" in to_plain(checked_card(found, UTC))


def test_what_was_not_checked_is_counted() -> None:
    assert to_plain(checked_card(CheckedText(), UTC)).strip() == (
        "There is no quotation in this text."
    )
