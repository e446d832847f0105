import pytest

from tests.quotes.reading import statements, who

Q = "“The hull needs new plates and will get them,”"
P = "“The hull needs new plates and will get them.”"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{Q} said Mira Tolland.", "Mira Tolland"),
        (f"{Q} Mira Tolland said on Monday.", "Mira Tolland"),
        (f"{Q} says Harbour Minister Mira Tolland, who runs the line.", "Mira Tolland"),
        (f"{Q} said the line’s director, Mira Tolland.", "Mira Tolland"),
        (f"{Q} said Vale University’s rector, Mira Tolland.", "Mira Tolland"),
        (f"{Q} said University of Vale, San Pedro’s chancellor, Mira Tolland.", "Mira Tolland"),
        (
            f"{Q} Rep. Mira Tolland, D-Vale, the head of the Board for Roads, told the Post.",
            "Mira Tolland",
        ),
        (f"Mira Tolland, a farmer from Vale, said: {P}", "Mira Tolland"),
        (f"The minister, Mira Tolland, said {P}", "Mira Tolland"),
        (f"The judge hearing the case, Mira Tolland, said {P}", "Mira Tolland"),
        (f"Mira Tolland of the University of Vale told reporters: {P}", "Mira Tolland"),
        (f"Mira Tolland, of Radio Vale, one of the owner’s sons, stated: {P}", "Mira Tolland"),
        (f"Vale University harbour scientist Mira Tolland said: {P}", "Mira Tolland"),
        (f"Vale Centre for Harbour Safety engineer Mira Tolland said: {P}", "Mira Tolland"),
        (f"Secretary of State Mira Tolland told senators: {P}", "Mira Tolland"),
        (f"Ambassador to Norland Robert Tolland said: {P}", "Robert Tolland"),
        (f"On Monday, after meeting Piet Arendt, Mira Tolland said: {P}", "Mira Tolland"),
        (f"Asked by Piet Arendt about the hull, Mira Tolland replied: {P}", "Mira Tolland"),
        (f"Mira Tolland told Piet Arendt: {P}", "Mira Tolland"),
        (f"Mira Tolland went on to say: {P}", "Mira Tolland"),
        (f"Mira Tolland inspected the ferry and then declared: {P}", "Mira Tolland"),
        (f"Mira Tolland closed the line for a month, saying {P}", "Mira Tolland"),
        (f"According to Mira Tolland, {P}", "Mira Tolland"),
        (f"Radio Vale quoted Mira Tolland as saying {P}", "Mira Tolland"),
        (f"Mira Tolland was quoted as saying {P}", "Mira Tolland"),
        (f"The decision was described by Mira Tolland as {P}", "Mira Tolland"),
        (f"WESTPORT, Vale (XP) — Mira Tolland said: {P}", "Mira Tolland"),
        (f"Mrs. Tolland wrote: {P}", "Tolland"),
        (f"Mira Tolland spoke — which the Courier noted as unusual — {P}", "Mira Tolland"),
    ],
)
def test_the_speaker_in_the_same_sentence_is_found(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"The harbour report said {P}", "The harbour report"),
        (f"Police said {P}", "Police"),
        (f"{Q} said a spokesman for the ministry.", "a spokesman for the ministry"),
        (f"One of the passengers said {P}", "One of the passengers"),
        (f"{Q} an official familiar with the plan said.", "an official familiar with the plan"),
        (f"The High Court of Vale and Norland found that {P}", "High Court of Vale and Norland"),
        (f"The harbour commission said {P}", "The harbour commission"),
    ],
)
def test_speakers_without_a_name_are_given_as_the_article_gives_them(
    text: str, speaker: str
) -> None:
    (found,) = who(text)
    assert found
    assert found.startswith(speaker.split(" familiar", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"Mira Tolland left the hall. Later she said: {P}", "Mira Tolland"),
        (f"Anna Tolland and her brother Robert own it. He sails. {Q} she said.", "Anna Tolland"),
        (f"Robert Arendt met Anna Tolland. {Q} he said.", "Robert Arendt"),
        (
            (
                f"Robert Arendt lost.\n\n{Q} said Anna Tolland. The vote was close.\n\n"
                "“I want a recount and I will get one,” he said."
            ),
            "Robert Arendt",
        ),
        (
            f"Speaking to Robert Arendt of Radio Vale, Anna Tolland was calm. {Q} she said.",
            "Anna Tolland",
        ),
        (f"The passengers waited. {Q} they said.", "The passengers"),
    ],
)
def test_pronouns_are_resolved_to_the_full_name(text: str, speaker: str) -> None:
    assert who(text)[-1] == speaker


def test_a_pronoun_does_not_mean_somebody_of_another_gender() -> None:
    assert who(f"Robert Arendt lost the vote. {Q} she said.") == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"Mira Tolland shrugged. {P}", "Mira Tolland"),
        (f"Mira Tolland read the letter aloud.\n\n{P}", "Mira Tolland"),
        (f"Mira Tolland spoke to the press:\n\n{P}", "Mira Tolland"),
        (f"{Q} said Mira Tolland. “It will be done by May.”\n\n{P}", "Mira Tolland"),
        (f"Tolland’s verdict: {P} Piet Arendt agreed.", "Tolland"),
    ],
)
def test_the_speaker_in_an_earlier_sentence_is_found(text: str, speaker: str) -> None:
    assert who(text)[-1] == speaker


def test_a_surname_is_resolved_to_the_first_full_mention_with_its_role() -> None:
    text = f"Harbour Minister Mira Tolland came to Vale.\n\n{Q} Tolland said."
    (quote,) = statements(text)
    assert quote.speaker
    assert quote.speaker.name.words == "Mira Tolland"
    assert quote.speaker.name.span.start == text.index("Mira")
    assert quote.speaker.role
    assert quote.speaker.role.words == "Harbour Minister"


def test_a_title_alone_stands_for_the_one_who_holds_it() -> None:
    text = f"Rep. Mira Tolland came to Vale. {Q} the congresswoman said."
    assert who(text) == ["Mira Tolland"]


def test_two_speakers_in_one_paragraph_keep_their_words() -> None:
    text = f"{Q} said Mira Tolland. Piet Arendt disagreed: “It is a waste of good money.”"
    assert who(text) == ["Mira Tolland", "Piet Arendt"]


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        (f"Mira Tolland told NBC {P}", "Mira Tolland", ["NBC"]),
        (f"Speaking to Radio Vale, Mira Tolland said {P}", "Mira Tolland", ["Radio Vale"]),
        (
            f"According to a report in the Vale Journal, the ferry “{P[1:-1]}”",
            "Vale Journal",
            ["Vale Journal"],
        ),
        (
            f"In a memo seen by Radio Vale, Mira Tolland wrote that {P}",
            "Mira Tolland",
            ["Radio Vale"],
        ),
        (
            "The general said troops “will stay as long as needed”, the Vale Press agency said.",
            "The general",
            ["Vale Press"],
        ),
        (
            "The Vale Ledger reported that Mira Tolland had called it “a gift to our rivals”.",
            "Mira Tolland",
            ["Vale Ledger"],
        ),
    ],
)
def test_outlets_are_the_chain_and_not_the_speaker(text: str, speaker: str, via: list[str]) -> None:
    (quote,) = statements(text)
    assert quote.speaker
    assert quote.speaker.name.words == speaker
    assert [passage.words for passage in quote.attribution.via] == via


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (f"{Q} said Mira Tolland.", "on record"),
        (f"{Q} said an official familiar with the plan.", "anonymous"),
        (f"{Q} said a senior aide, who spoke on condition of anonymity.", "anonymous"),
        (f"{Q} said one resident, who did not want to be named.", "anonymous"),
        (f"The report said {P}", "document"),
        (f"{P}", "unknown"),
    ],
)
def test_the_standing_says_who_stands_behind_the_words(text: str, standing: str) -> None:
    (quote,) = statements(text)
    assert quote.standing == standing


def test_a_speaker_next_to_the_cue_is_certain_and_a_guessed_one_is_not() -> None:
    (named,) = statements(f"{Q} said Mira Tolland.")
    assert named.attribution.certain
    (guessed,) = statements(f"Mira Tolland met a friend of Piet Arendt in Vale.\n\n{P}")
    assert not guessed.attribution.certain


def test_words_that_nobody_is_said_to_have_spoken_have_no_speaker() -> None:
    (quote,) = statements(f"It rained.\n\n{P}")
    assert quote.speaker is None
    assert quote.attribution.confidence == 0


def test_passive_verbs_do_not_make_their_subject_the_speaker() -> None:
    assert who("Robert Arendt was told that the hull “needs new plates at once”.") == [None]


def test_a_surname_that_is_also_a_month_is_a_name() -> None:
    text = f"Helen May came in May. {Q} May said. {Q} she said.\n\nMay left in May."
    assert who(text) == ["Helen May", "Helen May"]
