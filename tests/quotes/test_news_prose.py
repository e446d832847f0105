"""Classes of sentences that were misread in real articles, each with an invented example."""

import pytest

from tests.quotes.reading import statements, uses, who

P = "“The hull needs new plates and will get them.”"
Q = "“The hull needs new plates and will get them,”"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Who was spoken of before another verb
        (f"The mate can clearly be heard saying {P}", "The mate"),
        ("Tolland was scolded by Arendt on Monday after saying there were “holes.”", "Tolland"),
        (f"The board sued, with its lawyer Mira Tolland saying {P}", "Mira Tolland"),
        ("Mira Tolland said Piet Arendt had committed a “folly” in Vale.", "Mira Tolland"),
        # Participles and times between the subject and its verb
        (f"{Q} one passenger waiting in Los Pinos told Radio Vale.", "one passenger"),
        (f"The minister over the weekend had tweeted that {P}", "The minister"),
        (f"Hundreds of protesters marched to the quay. {P[:-2]},” they chanted.", "protesters"),
        # A second comma that is missing
        (f"{Q} Mira Tolland, a member of Vale’s port board said of it.", "Mira Tolland"),
        # Abbreviations before a verb
        ("Mr. Tolland said the U.S. is buying “far more than the others are.”", "Tolland"),
        # Who is whom
        (f"{Q} said one of the sailors, 17-year-old Mira Tolland.", "Mira Tolland"),
        (f"{Q} Radio Vale quoted Mira Tolland as saying.", "Mira Tolland"),
        (f"A former pilot, Mira Tolland knows the bay.\n\n{P}", "Mira Tolland"),
        # What a document or body goes on to say
        (f"The lawsuit was filed in Vale on Monday. It goes on to say: {P}", "The lawsuit"),
        (f"Harbour Watch sued the port of Vale on Monday. {Q} it said.", "Harbour Watch"),
    ],
)
def test_the_speaker_is_found_in_news_prose(text: str, speaker: str) -> None:
    found = [name for name in who(text) if name]
    assert found, "no speaker"
    assert speaker in found[-1]


@pytest.mark.parametrize(
    "text",
    [
        "The fees went to a charity called “Hulls for Life” and a ball for “brave women.”",
        f"There was a story about the ferry called, simply, {P}",
    ],
)
def test_what_only_has_a_name_does_not_speak(text: str) -> None:
    assert not any(who(text))


def test_a_headline_teaches_no_names() -> None:
    text = f"Board To Investigate Tolland Over Ferry\n\n{Q} Tolland said."
    assert who(text) == ["Tolland"]


def test_the_one_who_spoke_last_is_meant_by_a_shared_last_name() -> None:
    text = (
        "Piet Brask died in Vale. Piet Brask was a docker, and Piet Brask was liked.\n\n"
        f"{Q} Mira Brask said, holding up a lamp.\n\n{Q} Brask said of the ferry."
    )
    assert who(text) == ["Mira Brask", "Mira Brask"]


def test_a_role_before_a_name_tells_its_gender() -> None:
    text = (
        f"The first lady, Sefwyn Tolland, met Mr. Tolland.\n\n{Q} she said.\n\n"
        f"{Q} Mr. Tolland said."
    )
    assert who(text)[0] == "Sefwyn Tolland"


def test_a_heading_in_brackets_behind_a_link_speaks_nothing() -> None:
    assert not any(who("- “Five Lessons From the Ferry Report.” (The Vale Courier)"))


def test_a_son_is_not_his_father() -> None:
    text = (
        f"Robert Tolland met the board. Robert Tolland left.\n\n{Q} Robert Tolland Jr. said.\n\n"
        f"{Q} Tolland Jr. said.\n\n{Q} Robert Tolland said."
    )
    assert who(text) == ["Robert Tolland Jr.", "Robert Tolland Jr.", "Robert Tolland"]


def test_a_doubtful_pronoun_leaves_the_next_one_in_doubt() -> None:
    text = (
        "Mary Tolland met the board.\n\nIt rained.\n\nIt rained.\n\nSefwyn Arendt was ill. "
        f"She left. She came back.\n\n{Q} she said."
    )
    assert [q.attribution.certain for q in statements(text)] == [False]


def test_an_inspector_general_is_not_the_attorney_general() -> None:
    text = (
        "Attorney General Piet Arendt met the board.\n\n"
        f"The inspector general concluded that it was {P}"
    )
    assert who(text) == ["The inspector general"]


def test_the_only_person_whom_a_pronoun_can_mean_is_certain() -> None:
    """Sefwyn is in no list of first names, and nobody else is named."""
    text = f"{Q} Sefwyn Tolland told reporters.\n\n{Q} she said."
    assert [q.attribution.certain for q in statements(text)] == [True, True]


def test_a_person_of_unknown_gender_is_not_certain_beside_another() -> None:
    text = f"Sefwyn Tolland met Brynmoor Arendt in Vale.\n\n{Q} she said."
    assert [q.attribution.certain for q in statements(text)] == [False]


def test_words_behind_a_quotation_in_brackets_name_its_speaker() -> None:
    assert who(f"There were two replies.\n\n- {P} (Mira Tolland, head of the board)") == [
        "Mira Tolland"
    ]


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("Some carried signs that read “Enough” and “We are all on one ship.”", "slogan"),
        ("“We wait,” Mira Tolland said on NVB’s “Facing the Sea.”", "title"),
        ("Mira Tolland said the board must act on “Arendt and others,” and soon.", "statement"),
        ("The gunman was heard shouting “Vale Forever” at the pilots.", "statement"),
        ("They lay down in the square, some chanting, “Don’t sink.”", "statement"),
        ("Dockers panned the call as “ridiculous.”", "statement"),
    ],
)
def test_a_use_is_found_in_news_prose(text: str, use: str) -> None:
    assert uses(text)[-1] == use
