import pytest

from bot.language import load_weights
from bot.writing.candidates import find_candidates

FERRY = "The ferry to Tern Island stops for a month from Monday."


def found(body: str) -> list[str]:
    return [body[c.start : c.end] for c in find_candidates(body, load_weights())]


def test_the_sentences_of_the_story_are_found_in_order() -> None:
    council = "The council will hire a fishing boat for the doctor."
    assert found(f"Share\n\n{FERRY} {council}") == [FERRY, council]


@pytest.mark.parametrize(
    "sentence",
    [
        "“The hull needs new plates before it sails again,” said Mira Tolland.",
        'Mira Tolland said: "The hull needs new plates, and nobody knows who will pay for them."',
        "“The hull needs new plates. It will not sail before they are welded in.",
        "The owner said the ship was “not fit to carry anybody or anything at all across it.",
        "‘The hull needs new plates before it sails again,’ said Mira Tolland.",
        "Nobody knows why.",
        "and the council will hire a fishing boat for the doctor.",
        "The Marl News Agency contributed to this report from Port Ellen.",
        "• Port Ellen: Why the ferry to Tern Island stops this month…",
        "Read the timetable of the Tern Island ferry for this month.",
        "Image The ferry to Tern Island lies at its pier in Port Ellen.",
        "Click here for the timetable of the Tern Island ferry this month.",
        "[Where does the ferry go when it does not go to Tern Island? Find out here.]",
        "(This article was first printed in the evening edition of the Courier.)",
        "The ferry is late again today, thanks for nothing @soundline and @portellen.",
    ],
)
def test_what_cannot_stand_alone_is_left_out(sentence: str) -> None:
    assert found(f"{FERRY}\n\n{sentence}") == [FERRY]


def test_a_sentence_inside_a_quotation_that_runs_over_it_is_left_out() -> None:
    quoted = "“The hull is cracked. The plates are thin and old. The line has no other ship.”"
    assert found(f"{FERRY}\n\n{quoted}") == [FERRY]


@pytest.mark.parametrize(
    "sentence",
    [
        "The council called the plan “a stopgap” and will hire a fishing boat for the doctor.",
        "The islanders’ doctor will cross in a fisherman's boat until April.",
        "Der Rat nannte den Plan „ein Pflaster“ und mietet ein Boot für die Ärztin der Insel.",
    ],
)
def test_a_sentence_with_a_few_quoted_words_or_apostrophes_is_found(sentence: str) -> None:
    assert found(sentence) == [sentence]


@pytest.mark.parametrize(
    "dateline",
    ["PORT ELLEN — ", "PORT ELLEN, Norland (NWA) - ", "Port Ellen (NWA) ", "(NWA) -- "],
)
def test_a_dateline_is_cut_off(dateline: str) -> None:
    assert found(dateline + FERRY) == [FERRY]


def test_a_dash_in_the_sentence_is_no_dateline() -> None:
    sentence = "Late — as ever in March — the ferry to Tern Island left on Monday."
    assert found(sentence) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("But the council will hire a fishing boat for the doctor.", True),
        ("She will cross the sound in a fishing boat until April.", True),
        ("After the storm, he welded new plates into the hull.", True),
        ("The decision came after a night of talks in the yard at Marl.", True),
        ("The decision of the council came after a night of talks in Marl.", False),
        ("Eight are in the hospital at Marl, three of them in a ward of their own.", True),
        ("More than half of that goes to the yard that welds the plates.", True),
        ("Eight people are in the hospital at Marl after the crossing.", False),
        ("In addition, the council will hire a fishing boat.", True),
        ("Mira Tolland said she would weld new plates into the hull.", False),
        ("There are two hundred people who cross the sound each day.", False),
        (FERRY, False),
    ],
)
def test_a_sentence_that_leans_on_the_one_before_is_known(sentence: str, *, leans: bool) -> None:
    (candidate,) = find_candidates(sentence, load_weights())
    assert candidate.leans is leans


@pytest.mark.parametrize(
    ("sentence", "doubted"),
    [
        ("The cause of the fire in the market hall is not yet known.", True),
        ("It remains unclear who opened the gate of the lock on Monday.", True),
        ("The harbour office could not confirm that the ferry had sailed.", True),
        ("Unverified pictures show the ferry on the rocks of Tern Island.", True),
        ("The report has not been confirmed by the coastguard of Marl.", True),
        ("Tolland said she had not known of the cracks in the hull.", False),
        ("The water of the sound is clear, and the ferry sails again.", False),
        ("Ada Quist was named harbour master in May but never confirmed.", False),
        ("“It is not yet known,” the harbour master of Tern Island said on Monday.", False),
    ],
)
def test_a_sentence_says_that_its_source_does_not_know(sentence: str, *, doubted: bool) -> None:
    found = find_candidates(sentence, load_weights())
    assert [c.unconfirmed for c in found] in ([doubted], [])
    assert any(c.unconfirmed for c in found) == doubted


def test_a_person_brought_in_by_a_sentence_may_be_meant_by_its_own_pronouns() -> None:
    father = "A father and his son were swept off the North Mole on Monday evening."
    him = "On Monday evening a lifeboat found him under the lamp of the mole."
    first, second = find_candidates(f"{father} {him}", load_weights())
    assert not first.leans
    assert second.leans
