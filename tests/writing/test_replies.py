import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ModelError
from bot.writing.replies import Line, read_draft, read_repairs, tidied
from tests.model_desk import a_line, a_reply, repairs

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["headline", "sentences", "quotes", "cites", "text", "repairs"]), inner
    ),
    max_leaves=12,
)  # fmt: skip


def test_each_sentence_becomes_a_line_that_ends_and_the_headline_does_not() -> None:
    draft = read_draft(
        a_reply(
            a_line("Ferry stops.", "A1.S0"),
            a_line("The ferry stops on Monday. A boat is hired", "A1.S1"),
            quotes=["Q1"],
        )
    )

    assert draft.headline == Line(("A1.S0",), "Ferry stops")
    assert [line.text for line in draft.sentences] == [
        "The ferry stops on Monday.",
        "A boat is hired.",
    ]
    assert {line.cites for line in draft.sentences} == {("A1.S1",)}
    assert draft.quotes == ("Q1",)


def test_ids_in_the_text_are_citations() -> None:
    line = tidied(Line(("[A1.S1]",), "The ferry  stops [A1.S2, A2.S4] on\nMonday (A1.S1)."))

    assert line == Line(("A1.S1", "A1.S2", "A2.S4"), "The ferry stops on Monday.")


def test_a_sentence_is_repaired_once() -> None:
    first, second = a_line("The ferry stops", "A1.S1"), a_line("It sails.", "A1.S2")
    twice = json.loads(repairs(F1=first, F0=a_line("Ferry stops.", "A1.S0")))
    twice["sentences"].append({"repairs": "F1", **second})

    found = read_repairs(json.dumps(twice), "F0")

    assert found == {
        "F1": Line(("A1.S1",), "The ferry stops."),
        "F0": Line(("A1.S0",), "Ferry stops"),
    }


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "no", '{"headline": 1}', "[" * 100_000, "\ud800"]
)
def test_what_is_no_brief_is_an_error_of_the_model(content: str) -> None:
    with pytest.raises(ModelError, match="not what it was asked for"):
        read_draft(content)


@given(values)
def test_no_reply_raises_anything_else(value: object) -> None:
    with suppress(ModelError):
        read_draft(json.dumps(value))
    with suppress(ModelError):
        read_repairs(json.dumps(value), "F0")
