import pytest

from tests.quotes.reading import read, words


@pytest.mark.parametrize(
    "text",
    [
        'Mira Tolland said: "The hull needs new plates."',
        "Mira Tolland said: “The hull needs new plates.”",
        "Mira Tolland said: „The hull needs new plates.“",
        "Mira Tolland said: „The hull needs new plates.”",
        "Mira Tolland said: «The hull needs new plates.»",
        "Mira Tolland said: « The hull needs new plates. »",
        "Mira Tolland said: »The hull needs new plates.«",
        "Mira Tolland said: ``The hull needs new plates.''",
        "Mira Tolland said: ''The hull needs new plates.''",
        "Mira Tolland said: ‘The hull needs new plates.’",
        "Mira Tolland said: 'The hull needs new plates.'",
        "Mira Tolland said: ”The hull needs new plates.”",
        'Mira Tolland said: “The hull needs new plates."',
    ],
)
def test_every_kind_of_mark_gives_the_words_between(text: str) -> None:
    assert words(text) == ["The hull needs new plates."]


@pytest.mark.parametrize(
    "text",
    [
        "The workers' pay and the nurses' hours weren't raised in the '90s.",
        "'Twas the skipper's boat, and the owners' too.",
        "Give 'em rock 'n' roll, 'cause it's Friday.",
        'He is 6\'4" tall and the plank is 8" wide.',
        "The ’90s were the islanders’ best years.",
    ],
)
def test_apostrophes_and_inches_quote_nobody(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "'The workers' pay isn't enough,' Mira Tolland said.",
            ["The workers' pay isn't enough"],
        ),
        (
            "‘It’s the nurses’ turn,’ said Mira Tolland. The nurses’ union agreed.",
            ["It’s the nurses’ turn"],
        ),
        (
            "'The cats' home is full,' warned Mira Tolland. 'Til May it stays shut.",
            ["The cats' home is full"],
        ),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"He said "no" to me," said Mira Tolland.', 'He said "no" to me'),
        ("“He said “no” to me,” said Mira Tolland.", "He said “no” to me"),
        ("“He said ‘no’ to me,” said Mira Tolland.", "He said ‘no’ to me"),
        ("“Who wrote ‘no’?” asked Mira Tolland.", "Who wrote ‘no’?"),
        ("'The sign said \"no\" to me,' Mira Tolland said.", 'The sign said "no" to me'),
    ],
)
def test_nested_marks_stay_inside_the_outer_stretch(text: str, found: str) -> None:
    assert words(text) == [found]


def test_a_stretch_that_runs_on_is_one_statement_with_a_piece_in_each_paragraph() -> None:
    text = "“The hull is old.\n\n“The plates are thin,” said Mira Tolland."
    (quote,) = read(text)
    assert [p.words for p in quote.pieces] == ["The hull is old.", "The plates are thin"]
    assert quote.speaker
    assert quote.speaker.name.words == "Mira Tolland"


def test_a_stretch_that_runs_on_without_a_new_mark_is_set_apart_as_a_block() -> None:
    text = "Mira Tolland said: “The hull is old.\n\nThe plates are thin.”\n\nThe line shut."
    (quote,) = read(text)
    assert [p.words for p in quote.pieces] == ["The hull is old.", "The plates are thin."]
    assert quote.kind == "block"


def test_a_forgotten_closing_mark_does_not_swallow_the_next_statement() -> None:
    text = "“The hull is old, Mira Tolland said. “The plates are thin too.”"
    assert words(text) == ["The plates are thin too."]


def test_no_piece_crosses_the_end_of_a_paragraph() -> None:
    text = 'He said "the hull\n\nis old" and left.'
    assert all("\n" not in piece for piece in words(text))


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    line = "The line that runs the ferry to the island has had a hard winter this\n"
    said = "“The hull is old and the\nplates are thin,” said Mira Tolland."
    text = f"{line * 3}year. {said}\n\nThe end."
    assert words(text) == ["The hull is old and the\nplates are thin"]
