from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_lexicon
from bot.news import stands_in_marks
from bot.quotes import find_quotes, find_second_hand
from bot.text import paragraphs
from tests.builders import a_revision

TRIES = 5

PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "’",
        "‘",
        "„",
        "«",
        "»",
        "``",
        "''",
        "`",
        "´",
        " ",
        " ",
        "\n\n",
        "\n",
        ".",
        ",",
        "?",
        "—",
        ":",
        "(",
        ")",
        "said ",
        "Mira Tolland ",
        "he said",
        "Dr. ",
        "the report ",
        "é",
        "🚢",
        "שלום",
        "according to ",
        "who ",
        "and ",
        "6'4\"",
        "workers' ",
        "’90s ",
        "[",
        "]",
        "U.S. ",
        "of ",
        "the ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
def test_every_piece_is_a_slice_that_stands_in_marks_within_one_paragraph(text: str) -> None:
    body = text.encode("utf-8", "ignore").decode()
    bounds = paragraphs(body)
    end = 0
    for quote in find_quotes(a_revision(body=body), load_lexicon()):
        for piece in quote.pieces:
            start, stop = piece.span.start, piece.span.end
            assert body[start:stop] == piece.words
            assert start >= end
            end = stop
            assert any(a <= start and stop <= b for a, b in bounds)
            assert quote.kind == "block" or stands_in_marks(body, start, stop)


@given(TEXTS)
def test_every_passage_of_a_quote_and_of_second_hand_is_a_slice(text: str) -> None:
    body = text.encode("utf-8", "ignore").decode()
    revision = a_revision(body=body)
    passages = [p for q in find_quotes(revision, load_lexicon()) for p in q.passages()]
    for second in find_second_hand(revision, load_lexicon()):
        passages += [second.name, second.claim]
    assert all(body[p.span.start : p.span.end] == p.words for p in passages)


@given(TEXTS)
def test_paragraphs_before_and_after_do_not_move_a_statement(text: str) -> None:
    statement = "“The hull needs new plates,” said Mira Tolland, “and a keel.”"
    body = text.encode("utf-8", "ignore").decode().strip().replace("\n", " ")
    alone = find_quotes(a_revision(body=statement), load_lexicon())
    words = [[p.words for p in quote.pieces] for quote in alone]
    around = find_quotes(a_revision(body=f"It rained.\n\n{statement}\n\n{body}"), load_lexicon())
    assert [[p.words for p in quote.pieces] for quote in around][: len(words)] == words


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "”",
        '"',
        "'",
        "``",
        "«",
        "“a ",
        "a” ",
        "'a ",
        "‘ ",
        '" a" ',
        "“a “b ",
        "“(",
        "said ",
        "said “a” ",
        "he said, ",
        "A ",
        "A, ",
        "the man of ",
        "Ann Lee, ",
        "— a ",
        "“a”\n\n",
        "“a\n\n",
        "a”\n\n",
        "and he, said ",
        "saying, ",
        "according to ",
        ") ",
        "Rep. ",
        "“He said ‘no’,” ",
        "who said ",
        "as saying ",
    ],
)
def test_no_input_takes_more_than_linear_time(unit: str) -> None:
    lexicon = load_lexicon()

    def seconds(size: int) -> float:
        body = (unit * (size // len(unit) + 1))[:size].strip() or "“"
        revision = a_revision(body=body)
        start = process_time()
        find_quotes(revision, lexicon)
        find_second_hand(revision, lexicon)
        return process_time() - start

    seconds(1000)
    # a busy machine may stall one of them: what is quadratic is so each time
    assert any(seconds(32_000) < 24 * seconds(4_000) + 0.3 for _ in range(TRIES))
