from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.language import load_lexicon, load_qualifiers
from bot.quotes import Sources, verify_words
from tests.builders import a_revision

TRIES = 5

STATEMENT = "The hull needs new plates, and we build them here."
PIECES = st.sampled_from(
    [
        *("“", "”", '"', "'", "’", " ", "\n\n", ".", ",", "?", "—", "…", "-", "\u00ad", "\u200b"),
        *(
            "e\u0301",
            "said ",
            "Mira Tolland ",
            "not ",
            "if ",
            "12 ",
            "1,200",
            "the hull ",
            "plates",
        ),
        *("é", "🚢", "שלום "),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join))


def sources_of(*bodies: str) -> Sources:
    revisions = [a_revision(f"a{i}", title="", body=body) for i, body in enumerate(bodies)]
    return Sources(revisions, load_lexicon(), load_qualifiers())


def storable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


@given(TEXTS, TEXTS)
def test_exact_words_are_a_slice_and_others_say_what_differs(body: str, words: str) -> None:
    body = storable(body)
    verdict = verify_words(words, sources_of(body))
    for place in verdict.places:
        span = place.passage.span
        assert body[span.start : span.end] == place.passage.words
        assert verdict.kind != "exact" or place.passage.words == words.strip()
    assert bool(verdict.differences) == (verdict.kind not in ("exact", "not found"))


@given(
    st.lists(
        st.sampled_from(["the", "hull", "needs", "new", "plates", "we", "build", "here"]),
        min_size=1,
    ),
    st.data(),
)
def test_whole_words_of_a_sentence_without_qualifiers_are_exact(
    words: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    body = f"“{' '.join(words)}.”"
    assert verify_words(" ".join(words[start:end]), sources_of(body)).kind == "exact"


@given(TEXTS)
def test_text_before_a_passage_moves_its_span_and_nothing_else(text: str) -> None:
    before = storable(text).replace("\n", " ").strip()
    assume(STATEMENT not in before)
    body = f"“{STATEMENT}” said Mira Tolland."
    alone = verify_words("The hull needs new plates", sources_of(body)).places[0].passage
    moved = verify_words("The hull needs new plates", sources_of(f"{before}\n\n{body}"))
    shift = len(before) + 2
    last = moved.places[-1].passage
    assert moved.kind == "exact"
    assert (last.span.start - shift, last.span.end - shift) == (alone.span.start, alone.span.end)
    assert last.words == alone.words


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "a b ",
        "“a” ",
        "…",
        ". ",
        "— ",
        "'",
        "e\u0301",
        "\u200b",
        " ",
        "-",
        "1,",
        "if ",
        "A. ",
        "x",
    ],
)
@pytest.mark.parametrize("claim", ["itself", "changed", "other"])
def test_no_words_take_more_than_linear_time(unit: str, claim: str) -> None:
    def seconds(size: int) -> float:
        body = unit * (size // len(unit))
        words = {"itself": body, "changed": f"{body}z {body}", "other": "b a " * (size // 4)}[claim]
        sources = sources_of(f"“{body}”")
        start = process_time()
        verify_words(words, sources)
        return process_time() - start

    seconds(500)
    # a busy machine may stall one of them: what is quadratic is so each time
    assert any(seconds(16_000) < 24 * seconds(2_000) + 0.3 for _ in range(TRIES))
