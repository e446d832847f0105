from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_lexicon, load_qualifiers
from bot.news import Quote, Statement
from bot.quotes import find_quotes, join_statements
from tests.builders import a_revision

WORDS = "“The hull needs new plates, and we cannot wait for spring,” said Mira Tolland."


def quotes_in(*bodies: str) -> list[Quote]:
    return [
        quote
        for number, body in enumerate(bodies)
        for quote in find_quotes(a_revision(f"a{number}", body=body), load_lexicon())
    ]


def join(*bodies: str) -> tuple[Statement, ...]:
    return join_statements(quotes_in(*bodies), load_lexicon(), load_qualifiers())


def test_the_same_words_in_three_outlets_are_one_statement_longest_first() -> None:
    short = "“The hull needs new plates,” Tolland said on Monday."
    straight = '"The hull needs new plates, and we cannot wait for spring," Mira Tolland said.'
    (statement,) = join(short, WORDS, straight)
    assert statement.article_ids == ("a1", "a2", "a0")
    assert statement.longest.pieces[0].words.startswith("The hull needs new plates, and")
    assert [version.differences for version in statement.versions] == [(), (), ()]


def test_drift_between_outlets_is_kept_word_by_word() -> None:
    drifted = "“The hull needs two new plates, and we can wait for spring,” said Mira Tolland."
    (statement,) = join(WORDS, drifted)
    found = {(d.kind, d.given, d.found) for v in statement.versions for d in v.differences}
    assert ("negation", "cannot", "can") in found or ("negation", "can", "cannot") in found
    assert any(kind == "number" for kind, _, _ in found)


def test_pieces_count_together() -> None:
    pieces = "“The hull needs new plates,” said Mira Tolland, “and we cannot wait for spring.”"
    (statement,) = join(pieces, WORDS)
    assert [len(version.quote.pieces) for version in statement.versions] == [2, 1]


def test_words_of_other_speakers_or_of_everybody_stay_apart() -> None:
    other = WORDS.replace("Mira Tolland", "Ansel Drey")
    assert len(join(WORDS, other)) == 2
    assert (
        len(join("“We are ready,” said Mira Tolland.", "“We are ready,” said Mira Tolland.")) == 2
    )
    assert len(join(WORDS, "“Nobody swims in the harbour,” said Mira Tolland.")) == 2


def test_an_unnamed_speaker_joins_a_named_one() -> None:
    (statement,) = join("“The hull needs new plates, and we cannot wait for spring.”", WORDS)
    assert len(statement.article_ids) == 2


@given(
    st.lists(
        st.sampled_from(["the", "hull", "needs", "new", "plates", "we", "wait", "not", "two"]),
        max_size=40,
    ),
    st.integers(1, 8),
)
def test_every_statement_is_kept_once(words: list[str], size: int) -> None:
    bodies = [
        f"“{' '.join(words[i : i + size])},” said Mira Tolland." for i in range(0, len(words), size)
    ]
    quotes = [quote for quote in quotes_in(*bodies) if quote.use == "statement"]
    joined = join_statements(quotes, load_lexicon(), load_qualifiers())
    kept = [(v.quote.article_id, v.quote.id) for s in joined for v in s.versions]
    assert sorted(kept) == sorted((quote.article_id, quote.id) for quote in quotes)
    for statement in joined:
        assert not statement.versions[0].differences
