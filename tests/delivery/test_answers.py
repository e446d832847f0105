"""The card of an answer: every sentence and quote with its number, or what was searched."""

from datetime import UTC

from bot.cards import QuoteBlock
from bot.delivery.answers import answer_card
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from bot.news import Answer, Sentence
from tests.builders import a_quote, a_reference, an_article

ONE = an_article("a1")
TWO = an_article("a2", outlet="Tern Post", title="Ferry @everyone **stops**")
LISTED = (a_reference(ONE), a_reference(TWO))


def an_answer() -> Answer:
    sentence = Sentence.taken(TWO.latest.passage("body", 0, 55), "Tern Post")
    return Answer("Why?", (sentence,), (a_quote(TWO),), LISTED)


def test_sentences_and_quotes_carry_the_number_of_the_storys_sources_list() -> None:
    printed = to_plain(answer_card(an_answer(), UTC))

    assert "The ferry to Tern Island stops for a month from Monday. Tern Post [2]" in printed
    assert "“The hull needs new plates,”" in printed
    assert "Mira Tolland · Tern Post [2]" in printed


def test_only_cited_sources_are_listed_with_number_title_and_time() -> None:
    printed = to_plain(answer_card(an_answer(), UTC))

    assert "[2] Tern Post: Ferry @everyone **stops**" in printed
    assert "(4 Mar, 12:00)" in printed
    assert "Harbour Courier" not in printed


def test_a_quote_is_a_quote_block_in_the_sources_words() -> None:
    blocks = [b for b in answer_card(an_answer(), UTC).blocks if isinstance(b, QuoteBlock)]

    assert [block.pieces for block in blocks] == [("The hull needs new plates,",)]


def test_a_refusal_says_so_and_what_was_searched() -> None:
    refused = Answer("Why?", (), (), LISTED, "Not in the sources of this story.")
    printed = to_plain(answer_card(refused, UTC))

    assert printed.startswith("Not in the sources of this story.")
    assert "Searched: 2 sources." in printed
    assert "[1] Harbour Courier" in printed
    assert "[2] Tern Post" in printed


def test_a_refusal_without_any_source_is_only_the_refusal() -> None:
    refused = Answer("Why?", (), (), (), "Not in the sources of this story.")

    assert to_plain(answer_card(refused, UTC)) == "Not in the sources of this story.\n"


def test_nothing_of_a_source_becomes_markup() -> None:
    assert "**stops**" not in to_markdown(answer_card(an_answer(), UTC))
