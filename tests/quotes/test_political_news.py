"""Sentences as political news writes them, one class of attribution each."""

import pytest

from tests.quotes.reading import statements, who

Q = "“The hull needs new plates and will get them,”"
P = "“The hull needs new plates and will get them.”"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"{Q} Clinton campaign spokesman Bram Fallow said in a statement.", ["Bram Fallow"]),
        (
            "In a tweet, Fallow's manager, Mira Tolland, called it “a disaster for the coast”.",
            ["Mira Tolland"],
        ),
        (f"Asked whether he would resign, Bram Fallow said, {P}", ["Bram Fallow"]),
        (
            f"The Republican nominee, speaking at a rally in Vale, said {P}",
            ["The Republican nominee"],
        ),
        (f"Bram Fallow, the Republican nominee, lost. {Q} the nominee said.", ["Bram Fallow"]),
        ("Mr. Fallow has said he would “open every file”.", ["Fallow"]),
        (
            f"Mr. Fallow's spokeswoman, Hope Arendt, declined to comment. {Q} she said.",
            ["Hope Arendt"],
        ),
        ("“No,” he said, “not today.”", [None]),
        (f"The governor of Norland, Bram Fallow, said {P}", ["Bram Fallow"]),
        (f"{Q} wrote Justice Anna Tolland for the majority.", ["Anna Tolland"]),
        (f"The ad says {P}", ["The ad"]),
        ("The court’s opinion said the law was “not a close call”.", ["The court’s opinion"]),
        (
            "A Quill University poll found that voters “do not trust” him.",
            ["A Quill University poll"],
        ),
        ("In her speech, Anna Tolland promised to “drain the harbour”.", ["Anna Tolland"]),
        ("Anna Tolland accused Bram Fallow of “lying to the island”.", ["Anna Tolland"]),
        ("Bram Fallow, whom Anna Tolland has called “a coward”, did not reply.", ["Anna Tolland"]),
        ("Bram Fallow dismissed the report as “nonsense”.", ["Bram Fallow"]),
        ("“I am done,” Bram Fallow told the Vale Post. “I will not run.”", ["Bram Fallow"]),
        (f"Bram Fallow: {P}", ["Bram Fallow"]),
        (f"FALLOW: {P}", ["FALLOW"]),
        (
            "Bram Fallow tweeted: “The hull is old.” Anna Tolland replied: “So are you.”",
            ["Bram Fallow", "Anna Tolland"],
        ),
        (f"{Q} the two senators wrote in a letter to Bram Fallow.", ["the two senators"]),
        (
            f"{Q} said one of the two people, who spoke on condition of anonymity.",
            ["one of the two people"],
        ),
        (f"{Q} Anna Tolland, 45, a nurse in Vale, said of Bram Fallow.", ["Anna Tolland"]),
        (f"Anna Tolland and Bram Fallow said {P}", ["Anna Tolland"]),
        (f"Bram Fallow’s wife, Anna Tolland, said {P}", ["Anna Tolland"]),
        ("It was, as Bram Fallow put it, “a bad day at sea”.", ["Bram Fallow"]),
        (
            f"Anna Tolland met Bram Fallow. Ms. Tolland was calm. {Q} she said. {Q} he said.",
            ["Anna Tolland", "Bram Fallow"],
        ),
        (
            f"Bram Fallow was angry.\n\n{Q} he said.\n\n“It was a bad day at sea.”\n\nHe left.",
            ["Bram Fallow", "Bram Fallow"],
        ),
        ("Anna Tolland said that Bram Fallow “has no idea of the sea”.", ["Anna Tolland"]),
        ("Bram Fallow says the line, which Anna Tolland runs, is “a wreck”.", ["Bram Fallow"]),
        (
            "Rather than resign, Bram Fallow said, the board “should look at itself”.",
            ["Bram Fallow"],
        ),
        (
            "The board “should look at itself,” Bram Fallow said, and “stop leaking to the press.”",
            ["Bram Fallow", "Bram Fallow"],
        ),
        (
            "“Should we go?” asked Anna Tolland. “Yes!” cried Bram Fallow.",
            ["Anna Tolland", "Bram Fallow"],
        ),
        ("“Should we go?” Anna Tolland, the skipper, asked her crew.", ["Anna Tolland"]),
        (
            "The White House said in a statement that it was “deeply concerned about the sea”.",
            ["White House"],
        ),
        (
            "Officials in Vale said the storm was “the worst in a century of storms”.",
            ["Officials in Vale"],
        ),
        (f"{Q} Bram Fallow’s lawyer, Anna Tolland, told the court.", ["Anna Tolland"]),
        (f"{Q} said Anna Tolland (R-Vale).", ["Anna Tolland"]),
        (f"{Q} Rep. Anna Tolland (R-Vale) said on the House floor.", ["Anna Tolland"]),
        (f"{Q} said Anna Tolland, who worked for Bram Fallow when he was mayor.", ["Anna Tolland"]),
        (f"{Q} agreed Bram Fallow.", ["Bram Fallow"]),
        (f"{Q} is how Bram Fallow describes it.", ["Bram Fallow"]),
        (
            "Bram Fallow, in an interview with Radio Vale, called it “a shame for the coast”.",
            ["Bram Fallow"],
        ),
        ("Bram Fallow's office said it “would not comment on rumours”.", ["Bram Fallow's office"]),
    ],
)
def test_the_speakers_of_a_political_report_are_found(
    text: str, speakers: list[str | None]
) -> None:
    found = who(text)
    assert len(found) == len(speakers)
    for name, expected in zip(found, speakers, strict=True):
        assert (name or "").startswith(expected or "")
        assert bool(name) == bool(expected)


def test_two_people_who_speak_together_are_named_together() -> None:
    assert who(f"Anna Tolland and Bram Fallow said {P}") == ["Anna Tolland and Bram Fallow"]


def test_what_is_no_subject_of_the_cue_is_not_made_the_speaker() -> None:
    text = f"{Q[:-2]}” and referred a reporter to a letter, Anna Tolland said."
    assert who(text) == ["Anna Tolland"]


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        (f"{Q} said Bram Fallow.", True),
        (f"Anna Tolland met Bram Fallow. {Q} she said.", True),
        (f"Sandy Fallow met Robin Arendt. {Q} she said.", False),
        (f"Bram Fallow left.\n\nIt rained.\n\n{P}", False),
    ],
)
def test_only_strong_evidence_makes_a_speaker_certain(text: str, certain: bool) -> None:  # noqa: FBT001
    (quote,) = statements(text)
    assert quote.attribution.certain is certain
