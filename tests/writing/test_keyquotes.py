from msgspec.structs import replace

from bot.language import load_weights
from bot.news import Article, Quote
from bot.writing.keyquotes import choose_quotes
from tests.builders import a_quote, an_article

PLATES = "The hull needs eleven new plates, and the yard has four of them,"
EASTER = "Nobody on the island should count on the ferry before Easter Sunday,"
MONEY = "I do not know who pays for all of this in the end,"
BODY = (
    f"“{PLATES}” said Mira Tolland.\n\n“{EASTER}” she said.\n\n“{MONEY}” said Ivo Brandt.\n\n“No.”"
)
ARTICLE = an_article("a1", body=BODY)


def quote(words: str, speaker: str = "Mira Tolland", *, article: Article = ARTICLE) -> Quote:
    return a_quote(article, words, speaker=speaker, quote_id=words[:9])


def chosen(*quotes: Quote, at_most: int) -> list[str]:
    found = choose_quotes(quotes, {}, load_weights(), at_most=at_most)
    return [q.pieces[0].words for q in found]


def test_each_speaker_is_heard_before_one_is_heard_twice() -> None:
    found = chosen(quote(PLATES), quote(EASTER), quote(MONEY, "Ivo Brandt"), at_most=2)
    assert found == [PLATES, MONEY]


def test_a_statement_by_a_known_speaker_is_preferred() -> None:
    assert chosen(quote(PLATES, ""), quote(MONEY, "Ivo Brandt"), at_most=1) == [MONEY]


def test_only_statements_are_chosen() -> None:
    slogan = replace(quote(PLATES), use="slogan")
    assert chosen(slogan, quote(MONEY, "Ivo Brandt"), at_most=4) == [MONEY]


def test_the_same_words_in_two_outlets_are_one_quote_in_its_longest_form() -> None:
    part = "the yard has four of them"
    other = an_article("a2", outlet="Sound Post", body=f"“{part},” Mira Tolland said.")
    short = quote(part, article=other)
    assert chosen(short, quote(PLATES), at_most=4) == [PLATES]
    assert chosen(short, quote(PLATES), at_most=0) == [PLATES]


def test_a_cry_is_chosen_only_when_there_is_nothing_else() -> None:
    assert chosen(quote("No."), quote(PLATES), at_most=4) == [PLATES]
    assert chosen(quote("No."), at_most=4) == ["No."]


def test_no_limit_means_all_of_them_in_their_order() -> None:
    found = chosen(
        quote(PLATES), quote(EASTER), quote(MONEY, "Ivo Brandt"), quote("No."), at_most=0
    )
    assert found == [PLATES, EASTER, MONEY, "No."]


def test_one_outlet_is_not_heard_twice_while_another_has_a_statement() -> None:
    other = an_article("a2", outlet="Sound Post", body=f"“{EASTER}” said Ada Quist.")
    quotes = (
        quote(PLATES),
        quote(MONEY, "Ivo Brandt"),
        quote(EASTER, "Ada Quist", article=other),
    )
    outlets = {"a1": "Harbour Courier", "a2": "Sound Post"}
    found = choose_quotes(quotes, {}, load_weights(), at_most=2, outlets=outlets)
    assert {q.article_id for q in found} == {"a1", "a2"}


def test_a_statement_that_two_outlets_shorten_differently_is_one_quote() -> None:
    short = PLATES.replace("new ", "").rstrip(",")
    other = an_article("a2", outlet="Sound Post", body=f"“{short},” said Mira Tolland.")
    assert chosen(quote(f"{short},", article=other), quote(PLATES), at_most=4) == [PLATES]
    ivo = an_article("a3", outlet="Sound Post", body=f"“{short},” said Ivo Brandt.")
    assert len(chosen(quote(f"{short},", "Ivo Brandt", article=ivo), quote(PLATES), at_most=4)) == 2
