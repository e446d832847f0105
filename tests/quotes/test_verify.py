import pytest

from bot.language import load_lexicon, load_qualifiers
from bot.news import Verdict
from bot.quotes import Sources, verify_words
from bot.quotes.qualifiers import Qualifiers
from tests.builders import a_revision

YARD = """\
The ferry to Tern Island stops for a month from Monday.

“The hull needs new plates,” said Mira Tolland, who runs the line. “We cannot wait for spring.”

“I will pay 1,200 crowns,” said Ansel Drey, the harbour master, “if the council agrees.”

“They called it ‘a disgrace’ — and they’re right… We will not close the yard, unless it burns. \
The keel is 6'4\" long,” Drey said.

He said he would not “cut a single job” this year. “Will the boats sail?” Mira Tolland asked.

“I hope that the café pays its rent of $5 million, or 3.5%,” said Jonas Tolland, a brother.
"""
SOURCES = Sources(
    [a_revision(title="Ferry stops for a month", body=YARD)], load_lexicon(), load_qualifiers()
)


def ask(words: str, speaker: str = "", sources: Sources = SOURCES) -> Verdict:
    return verify_words(words, sources, speaker=speaker)


def kinds(verdict: Verdict) -> list[str]:
    return [difference.kind for difference in verdict.differences]


@pytest.mark.parametrize(
    "words",
    [
        "The hull needs new plates,",
        "The hull needs new plates",
        "We will not close the yard, unless it burns.",
        "stops for a month from Monday",
        "Ferry stops for a month",
        "Will the boats sail?",
        "  We cannot wait for spring.\n",
    ],
)
def test_words_that_stand_there_are_exact(words: str) -> None:
    verdict = ask(words)
    assert verdict.kind == "exact"
    assert verdict.places[0].passage.words == words.strip()
    assert not verdict.differences


@pytest.mark.parametrize(
    ("words", "differences"),
    [
        ("“The hull needs new plates.”", ["quotation marks", "end punctuation"]),
        ("The hull needs new plates.", ["end punctuation"]),
        ("the hull needs new plates", ["first letter"]),
        ("The hull\u00a0needs new plates,", ["spaces"]),
        ("They called it 'a disgrace' -- and they're right...", None),
        ("They called it “a disgrace” – and they’re right…", ["quotation marks", "dashes"]),
        ("The keel is 6’4” long", ["quotation marks"]),
    ],
)
def test_words_that_are_only_typed_otherwise_are_typographic(
    words: str, differences: list[str] | None
) -> None:
    verdict = ask(words)
    assert verdict.kind == "typographic"
    assert differences is None or kinds(verdict) == differences


@pytest.mark.parametrize(
    ("words", "difference"),
    [
        ("The hull needs no new plates,", ("negation", "no", "")),
        ("We can wait for spring.", ("negation", "can", "cannot")),
        ("I will pay 1,300 crowns", ("number", "1,300", "1,200")),
        ("The hull really needs new plates,", ("added", "really", "")),
        ("The hull needs plates,", ("dropped", "", "new")),
        ("The hull needs old plates,", ("changed", "old", "new")),
        ("The hull nееds new plates,", ("look-alike", "nееds", "needs")),
        ("The hull needs\u200b new plates,", ("look-alike", "needs\u200b", "needs")),
        ("The Hull needs new plates,", ("case", "Hull", "hull")),
        ("The keel is 6\"4' long", ("number", '6"4', "6'4")),
        ("I will pay 1,200 crowns", ("trimmed tail", "", "if the council agrees.")),
        ("We will not close the yard", ("trimmed tail", "", ", unless it burns.")),
        ("Will the boats sail", ("trimmed tail", "", "?")),
        ("close the yard, unless it burns.", ("trimmed head", "", "We will not")),
        ("the café pays its rent", ("trimmed head", "", "I hope that")),
        ("cut a single job", ("trimmed head", "", "He said he would not")),
        ("The ferry to Tern Island stops.", ("punctuation", ".", " ")),
    ],
)
def test_altered_words_are_named_with_the_place_they_come_from(
    words: str, difference: tuple[str, str, str]
) -> None:
    verdict = ask(words)
    assert verdict.kind == "altered"
    found = [(d.kind, d.given, d.found) for d in verdict.differences]
    assert difference in found, found


@pytest.mark.parametrize(
    "words", ["he hull needs", "200 crowns", "5 million", "5%", "rent of $5", "a single jo", "5"]
)
def test_a_cut_through_a_word_or_a_number_is_not_exact(words: str) -> None:
    assert ask(words).kind not in ("exact", "typographic")


@pytest.mark.parametrize(
    ("words", "speaker", "kind"),
    [
        ("The hull needs new plates,", "Mira Tolland", "exact"),
        ("The hull needs new plates,", "Captain Mira Tolland, who runs the line", "exact"),
        ("I will pay 1,200 crowns if the council agrees", "Ansel Drey", "stitched"),
        ("They called it ‘a disgrace’", "Drey", "exact"),
        ("They called it ‘a disgrace’", "Mr A. Drey", "exact"),
        ("They called it ‘a disgrace’", "Orla Drey", "misattributed"),
        ("The hull needs new plates,", "Ansel Drey", "misattributed"),
        ("The hull needs new plates.", "Ansel Drey", "misattributed"),
        ("The hull needs new plates,", "Ansel Drey and Mira Tolland", "misattributed"),
        ("The hull needs new plates,", "a spokesman for Mira Tolland", "misattributed"),
        ("The hull needs new plates,", "Mira Tolland's lawyer", "misattributed"),
        ("stops for a month from Monday", "Mira Tolland", "misattributed"),
        ("plates,” said Mira Tolland", "Mira Tolland", "misattributed"),
    ],
)
def test_with_a_speaker_the_words_must_be_that_speakers(
    words: str, speaker: str, kind: str
) -> None:
    assert ask(words, speaker).kind == kind


def test_a_last_name_that_two_speakers_share_is_nobodys() -> None:
    assert ask("The hull needs new plates,", "Tolland").kind == "misattributed"


def test_pieces_of_one_statement_and_of_two_are_stitched_in_order() -> None:
    one = ask("The hull needs new plates. We cannot wait for spring.")
    two = ask("We will not close the yard, the hull needs new plates")
    assert [one.kind, two.kind] == ["stitched", "stitched"]
    assert [p.passage.words for p in two.places] == [
        "We will not close the yard",
        "The hull needs new plates",
    ]


@pytest.mark.parametrize(
    "words", ["", "   ", "…", "“”", "Das Schiff braucht neue Platten", "who said it"]
)
def test_words_of_nowhere_are_not_found(words: str) -> None:
    assert ask(words) == Verdict("not found")


def test_composed_and_decomposed_letters_are_the_same_letters() -> None:
    verdict = ask("I hope that the cafe\u0301 pays its rent")
    assert (verdict.kind, kinds(verdict)) == ("typographic", ["encoding"])
    assert ask("I hope that the cafe pays its rent").kind == "altered"


def test_the_same_words_in_several_articles_have_several_places() -> None:
    body = "“The hull needs new plates,” said Mira Tolland."
    sources = Sources(
        [a_revision("a1", body=body), a_revision("a2", body=f"It rained.\n\n{body}")],
        load_lexicon(),
        load_qualifiers(),
    )
    places = ask("The hull needs new plates", "Mira Tolland", sources).places
    assert [p.passage.span.article_id for p in places] == ["a1", "a2"]


def test_words_of_another_speaker_elsewhere_do_not_spoil_the_right_place() -> None:
    said = "“We are ready to sail,” said {}."
    bodies = [said.format("Mira Tolland"), said.format("Ansel Drey")]
    revisions = [a_revision(f"a{i}", body=body) for i, body in enumerate(bodies)]
    sources = Sources(revisions, load_lexicon(), load_qualifiers())
    verdict = ask("We are ready to sail", "Ansel Drey", sources)
    assert verdict.kind == "exact"
    assert [p.passage.span.article_id for p in verdict.places] == ["a1"]


def test_in_a_language_without_words_no_cut_inside_a_sentence_is_exact() -> None:
    body = "“Das Schiff liegt im Hafen, und es regnet. Wir warten.”"
    sources = Sources([a_revision(body=body)], load_lexicon("xx"), Qualifiers())
    assert ask("Das Schiff liegt im Hafen", sources=sources).kind == "altered"
    assert ask("Wir warten.", sources=sources).kind == "exact"


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("Robert Drey Jr.", "exact"),
        ("Mr. Drey", "exact"),
        ("Robert Drey", "misattributed"),
        ("Robert Drey III", "misattributed"),
    ],
)
def test_a_son_is_not_taken_for_his_father(speaker: str, kind: str) -> None:
    body = "“The keel is long and the harbour is deep,” said Robert Drey Jr., a docker."
    sources = Sources([a_revision(title="", body=body)], load_lexicon(), load_qualifiers())
    assert ask("The keel is long and the harbour is deep", speaker, sources).kind == kind
