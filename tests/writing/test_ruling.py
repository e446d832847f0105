"""What is printed of a model's lines: each as it came, mended, replaced by its source, or not."""

from collections.abc import Sequence
from functools import partial

import pytest

from bot.language import load_check_words, load_weights
from bot.news import Sentence, Taken, Written
from bot.writing.checks import check_sentence
from bot.writing.judging import Judged, judge
from bot.writing.replies import Line
from bot.writing.ruling import Rulings, chosen_quotes, needs_repair, rule
from bot.writing.shown import Shown, StoryToWrite, show_story
from tests.builders import an_article
from tests.model_desk import a_story_to_write

FERRY = (
    "The ferry to Tern Island stops for a month from Monday, the Sound Line said.\n\n"
    "“The hull needs new plates before the autumn storms come,” said Mira Tolland, who runs the "
    "line.\n\n"
    "Inspectors found cracks in the hull plates of the Grey Heron last week.\n\n"
    "The council of Marl will hire a fishing boat for schoolchildren and for the doctor."
)
GOOD = Line(("A1.S3",), "Inspectors discovered cracks in the hull plates of the Grey Heron.")
BAD = Line(("A1.S3",), "Inspectors found 14 cracks in the hull of the Silver Heron.")
MENDED = Line(("A1.S4",), "A fishing boat will be hired by the council of Marl for the doctor.")
COPIED = Line(("A1.S4",), "The council of Marl will hire a fishing boat for schoolchildren.")


def a_story() -> tuple[StoryToWrite, Shown]:
    story = a_story_to_write(an_article(body=FERRY))
    shown = show_story(story, load_weights(), max_tokens=3000)
    return story, shown


def judged(line: Line) -> Judged:
    _, shown = a_story()
    return judge(line, shown, partial(check_sentence, words=load_check_words("en")))


def ruled(
    *lines: tuple[Line, Line | None], headline: Line = COPIED, max_words: int = 120
) -> Rulings:
    pairs = [(judged(line), judged(mended) if mended else None) for line, mended in lines]
    base = a_story()[0].base
    return rule((judged(headline), None), pairs, base, load_weights(), max_words=max_words)


def printed(sentences: Sequence[Sentence]) -> list[str]:
    found = []
    for sentence in sentences:
        (part,) = sentence.parts
        assert isinstance(part, Taken | Written)
        found.append(
            part.text if isinstance(part, Written) else f"{part.outlet}: {part.passage.words}"
        )
    return found


def test_a_supported_line_is_kept_with_its_citations() -> None:
    (ruling,) = ruled((GOOD, None)).sentences

    assert ruling.verdict == "kept"
    assert ruling.sentence
    (part,) = ruling.sentence.parts
    assert isinstance(part, Written)
    assert [cite.words for cite in part.cites] == [
        "Inspectors found cracks in the hull plates of the Grey Heron last week."
    ]


def test_a_line_that_fails_is_repaired_or_else_replaced_by_what_it_cites() -> None:
    mended, replaced = ruled((BAD, MENDED)), ruled((BAD, BAD))

    assert [r.verdict for r in mended.sentences] == ["repaired"]
    assert printed(mended.printed)[0] == MENDED.text
    assert [r.verdict for r in replaced.sentences] == ["replaced"]
    assert printed(replaced.printed)[0] == (
        "Harbour Courier: Inspectors found cracks in the hull plates of the Grey Heron last week."
    )
    assert any("14" in reason for reason in replaced.sentences[0].reasons)


def test_a_line_that_only_copies_is_taken_over_from_its_outlet_and_not_asked_for_again() -> None:
    assert not needs_repair(judged(COPIED))
    (ruling,) = ruled((COPIED, None)).sentences
    assert ruling.verdict == "replaced"
    assert ruling.sentence
    assert printed([ruling.sentence])[0].startswith("Harbour Courier: The council of Marl")


def test_what_cannot_be_replaced_is_dropped() -> None:
    nowhere = Line(("A7.S1",), "The harbour master of Marl has resigned from his office.")
    quoting = Line(("A1.S2",), "The hull needs 14 new plates, said the mayor Odo Brand.")

    rulings = ruled((nowhere, None), (quoting, None))

    assert [r.verdict for r in rulings.sentences] == ["dropped", "dropped"]
    assert rulings.sentences[0].reasons == ("cites no sentence that was shown",)


def test_nothing_is_said_twice() -> None:
    rulings = ruled((GOOD, None), (GOOD, None), (BAD, None), (BAD, None))

    assert [r.verdict for r in rulings.sentences] == ["kept", "dropped", "dropped", "dropped"]
    assert "says again what stands there" in rulings.sentences[1].reasons


def test_no_outlet_lends_more_words_than_it_may() -> None:
    rulings = ruled((COPIED, None), (BAD, None), max_words=21)

    lent = [len(text.split()) - 2 for text in printed(rulings.printed)]
    assert [r.verdict for r in rulings.sentences] == ["dropped", "replaced"]
    assert sum(lent) <= 21


def test_a_headline_is_kept_if_it_is_supported_and_short() -> None:
    told = Line(("A1.S0",), "Tern Island ferry stops for a month")
    wild = Line(("A1.S0",), "Silver Heron sinks off Tern Island with 40 aboard")

    assert ruled(headline=told).headline.verdict == "kept"
    replaced = ruled(headline=wild).headline
    assert replaced.verdict == "replaced"
    assert replaced.sentence == a_story()[0].base.headline


def test_a_brief_with_too_little_is_filled_from_its_sources() -> None:
    nothing, one = ruled(), ruled((GOOD, None))

    assert len(nothing.added) == 2
    assert len(one.added) == 1
    assert len(set(printed(one.printed))) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (Line(("A1.S1",), "who said it"), "is no statement"),
        (Line(("A1.S1",), "When will the ferry to Tern Island sail again?"), "is no statement"),
        (Line((), "The ferry to Tern Island stops on Monday."), "cites no sentence"),
        (Line(("A1.S1",), "The ferry stops. " * 60), "is longer than"),
        (Line(("A1.S0", "A1.S1", "A1.S2", "A1.S3", "A1.S4"), COPIED.text), "cites more than 4"),
    ],
)  # fmt: skip
def test_what_is_no_sentence_of_a_brief_is_said(line: Line, reason: str) -> None:
    found = judged(line)

    assert found.written is None
    assert reason in found.reasons[0]


def test_quotes_are_chosen_by_id_each_once_and_others_are_none() -> None:
    story, shown = a_story()

    chosen = chosen_quotes(["Q9", "Q1", "Q1"], shown, story.base, at_most=4)

    assert chosen == (shown.quotes["Q1"],)
    assert chosen_quotes(["Q9"], shown, story.base, at_most=4) == story.base.quotes
    assert chosen_quotes(["Q1"], shown, story.base, at_most=0) == story.base.quotes


def test_each_source_that_is_kept_bears_the_sentence_out_by_itself() -> None:
    both = Line(("A1.S3", "A1.S4"), GOOD.text)
    fused = Line(
        ("A1.S3", "A1.S4"), "Inspectors found cracks in the fishing boat of the council of Marl."
    )

    kept = judged(both).written

    assert kept
    assert [cite.words[:10] for cite in kept.cites] == ["Inspectors"]
    assert judged(fused).written is None
