import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.writing.quoted import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “no” and “never”.", ["“no”", "“never”"]),
        ('She said "no" twice.', ['"no"']),
        ("„Nein“, sagte sie.", ["„Nein“"]),
        ("« Non », dit-elle.", ["« Non »"]),
        ("»Nein«, sagte sie.", ["»Nein«"]),
        ("”Nej”, sa hon.", ["”Nej”"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("She said ‘no, it isn’t’ and left.", ["‘no, it isn’t’"]),
        ("It isn’t the islanders’ ferry.", []),
        ("In the '90s it was the council's.", []),
    ],
)
def test_the_outermost_quotations_are_found(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text, 0, len(text))] == expected


def test_a_quotation_that_is_not_closed_goes_on_after_the_paragraph() -> None:
    text = "She said: “The hull is cracked."
    assert quotations(text, 0, len(text)) == ((10, len(text) + 1),)


@given(st.text("a “”\"'‘’„«»‹›\n.", max_size=40))
def test_quotations_are_in_order_and_do_not_overlap(text: str) -> None:
    at = 0
    for start, end in quotations(text, 0, len(text)):
        assert at <= start < end <= len(text) + 1
        at = end
