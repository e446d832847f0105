"""Finds the speech of an article: its quotes, and what it reports in words of its own."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.news import Quote, Revision, SecondHand, stands_in_marks
from bot.paragraphs import Paragraph
from bot.quotes.attribution import Attributor, Finding, Report
from bot.quotes.confidence import hangs_on_kind
from bot.quotes.cutting import CutText
from bot.quotes.grouping import Judged, group
from bot.quotes.indirect import Indirect, indirect_speech
from bot.quotes.lexicon import Lexicon
from bot.quotes.making import Maker
from bot.quotes.marks import MARK, Stretch
from bot.quotes.repeats import mark_repeats
from bot.quotes.second_hand import second_hand_in
from bot.quotes.uses import use_in, use_of
from bot.text import words


class Speech(NamedTuple):
    """What an article says that others said, in text order: word for word, and in its own words."""

    quotes: tuple[Quote, ...]
    indirect: tuple[Indirect, ...]


class Heard(NamedTuple):
    """What `find_quotes` and `find_second_hand` return of an article."""

    quotes: tuple[Quote, ...]
    second_hand: tuple[SecondHand, ...]


def find_quotes(revision: Revision, lexicon: Lexicon) -> tuple[Quote, ...]:
    """Return the quotes of the body in text order, each with its speaker as far as it is known.

    Words between marks that are no statements are returned too, with another `use`. Every piece of
    a quote that is not of kind block stands in marks; none crosses the end of a paragraph. Time is
    linear in the length of the body.
    """
    return find_speech(revision, lexicon).quotes if MARK.search(revision.body) else ()


def find_indirect(revision: Revision, lexicon: Lexicon) -> tuple[Indirect, ...]:
    """Return what the body reports of others' speech in words of its own, in text order.

    These are no quotations: nobody said these very words, and none may be printed as a quote.
    Sentences that hold words between marks are left to `find_quotes`.
    """
    return find_speech(revision, lexicon).indirect


def find_speech(revision: Revision, lexicon: Lexicon) -> Speech:
    """Return quotes and indirect speech, the text being read once for both."""
    return _speech(revision, CutText(revision.body, lexicon))


def find_heard(revision: Revision, lexicon: Lexicon) -> Heard:
    """Return quotes and second-hand reports, the text being read once for both.

    Time is linear in the length of the body.
    """
    cut = CutText(revision.body, lexicon)
    quotes = _speech(revision, cut).quotes if MARK.search(revision.body) else ()
    return Heard(quotes, second_hand_in(revision, cut))


def _speech(revision: Revision, cut: CutText) -> Speech:
    findings, reports = _attribute(cut)
    maker = Maker(revision, cut.stretches, cut.words)
    judged = _judge(cut.text, findings, cut.paragraphs, cut.words)
    return Speech(
        _quotes(cut.text, judged, cut.stretches, maker),
        tuple(indirect_speech(report, maker) for report in reports),
    )


def _quotes(
    text: str, judged: Sequence[Judged], stretches: Sequence[Stretch], maker: Maker
) -> tuple[Quote, ...]:
    groups = group(mark_repeats(text, judged), stretches, text)
    quotes = (maker.quote(number, pieces) for number, pieces in enumerate(groups, start=1))
    return tuple(quote for quote in quotes if _can_be_proved(quote, text))


def _can_be_proved(quote: Quote, text: str) -> bool:
    """A tangle of marks that the verification would not pass is no quote of anybody's."""
    if not all(words(piece.words) for piece in quote.pieces):
        return False
    spans = [piece.span for piece in quote.pieces]
    return quote.kind == "block" or all(stands_in_marks(text, s.start, s.end) for s in spans)


def _attribute(cut: CutText) -> tuple[list[Finding], list[Report]]:
    """Attribute the stretches of the story; those of the furniture get no speaker."""
    attributor = Attributor(cut.text, cut.words)
    found: list[Finding] = []
    end = cut.sentences.end_of_speech()
    for number, paragraph in enumerate(cut.paragraphs):
        if number == end and not _may_change(found, attributor.reports):
            break
        if cut.words.cues and paragraph.role in ("story", "heading"):
            for sentence, parser in cut.parsed(number):
                found.extend(attributor.read(sentence, parser))
            continue
        for sentence in cut.sentences.of(number):
            quotes = sentence.quotes
            found.extend(Finding(sentence.tokens[i].number, sentence, i) for i in quotes)
    return found, attributor.reports


def _may_change(found: Sequence[Finding], reports: Sequence[Report]) -> bool:
    """Tell whether names below the last statement still say something of those who spoke."""
    return any(map(hangs_on_kind, found)) or any(hangs_on_kind(r.finding) for r in reports)


def _judge(
    text: str, findings: Sequence[Finding], paragraphs: Sequence[Paragraph], lexicon: Lexicon
) -> list[Judged]:
    judged: list[Judged] = []
    for finding in findings:
        same = bool(judged) and judged[-1][0].sentence is finding.sentence
        use = use_of(text, finding, lexicon, judged[-1][1] if same else "statement")
        furniture = use_in(paragraphs[finding.sentence.paragraph].role)
        if furniture and not (furniture == "caption" and use == "slogan"):
            use = furniture
        judged.append((finding, use))
    return judged
