import pytest

from tests.quotes.reading import second_hand


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("According to the Vale Times, the ferry is old.", "Vale Times", "outlet"),
        ("The ferry is old, according to a report in the Vale Journal.", "Vale Journal", "outlet"),
        ("The Vale Courier reported that the ferry is old.", "Vale Courier", "outlet"),
        (
            "According to a harbour commission’s tally, six boats sank.",
            "harbour commission",
            "body",
        ),
        ("Harbour Watch (HW) published a new report accusing the line.", "Harbour Watch", "body"),
        ("According to a study of the bay, six boats sank.", "study of the bay", "document"),
    ],
)
def test_what_an_article_relies_on_is_listed(text: str, name: str, kind: str) -> None:
    (found,) = second_hand(f"It rained in Vale.\n\n{text} It rained again.")
    assert (found.name.words, found.kind) == (name, kind)
    assert found.claim.words == text


@pytest.mark.parametrize(
    "text",
    [
        "Mira Tolland told the Vale Times that the ferry is old.",
        "According to Mira Tolland, the ferry is old.",
        "The ferry is old.",
        "More: According to the Vale Times",
    ],
)
def test_people_and_outlets_talked_to_are_not_second_hand(text: str) -> None:
    assert second_hand(text) == ()


def test_each_is_listed_once_where_it_first_stands() -> None:
    text = "According to the Vale Times, it is old. According to the Vale Times, it sank."
    (found,) = second_hand(text)
    assert found.claim.words == "According to the Vale Times, it is old."
