"""How well each sentence of a story answers a question, and which are good enough."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.followup.evidence import ASKS_AMENDMENT, Line, Sources
from bot.followup.found import Scored, different
from bot.followup.kinds import Kind
from bot.followup.questions import Question, in_earnest
from bot.followup.signs import PLACE, REASON, counts_directly, names_in, shows
from bot.text import fold

NEEDED: Final = 0.7
"""Share of a question's weight that a sentence and its surroundings must have."""
NEEDED_SPECIAL: Final = 0.6
"""The same of the words that the story as a whole is not about."""
MOST_UNKNOWN: Final = 0.4
"""Share of a question's plain words up to which no source may have them."""
ENOUGH_TELLING: Final = 2
"""Words of its own from which a question's light words need not be found."""
CLOSE: Final = 0.8
"""Share of the best sentence's score that another needs to stand beside it."""
SIDE_BY_SIDE: Final = 0.7
"""The same of a sentence with a figure, since figures may differ."""
BONUS: Final = 0.2
"""What showing the figure or a name that was asked for is worth, beside a coverage of 0 to 1."""
NAMES_WANTED: Final = {Kind.WHO: 1, Kind.IDENTITY: 1, Kind.WHICH: 4}
"""Up to how many names count."""


def scored(question: Question, sources: Sources) -> Iterator[Scored]:
    """Return the lines that have enough of the question, each with how well it answers."""
    telling = [t for t in sources.special(question.terms) if not t.is_light]
    if len(telling) < ENOUGH_TELLING and question.kind is not Kind.WHEN:
        question = in_earnest(question)
    amended = any(term.keys & ASKS_AMENDMENT for term in question.terms)
    if sources.unknown(question.terms) > MOST_UNKNOWN:
        return
    for line in sources.lines:
        if (amended or not line.amends) and _answers(question, line, sources):
            own = sources.weighed(t for t in question.terms if sources.has(line, t))
            share = own / (sources.weighed(question.terms) or 1.0)
            coverage = sources.coverage(line, question.terms)
            yield Scored((coverage + share) / 2 + _bonus(question, line, sources), line)


def best(question: Question, found: Iterable[Scored]) -> list[Line]:
    """Return the lines that come close to the best one; of figures the newest come first."""
    ranked = sorted(found, key=lambda s: s.score, reverse=True)
    share = SIDE_BY_SIDE if question.kind is Kind.AMOUNT else CLOSE
    close = [s.line for s in ranked if s.score >= share * ranked[0].score]
    if question.kind is Kind.AMOUNT:
        close.sort(key=lambda line: line.article.dated(), reverse=True)
    return different(close)


def _answers(question: Question, line: Line, sources: Sources) -> bool:
    """Tell whether the line has enough of the question, and of what only this question asks."""
    terms = question.terms
    return (
        _says_it_here(question, line)
        and sources.pinned(line, terms)
        and sources.coverage(line, terms) >= NEEDED
        and sources.coverage(line, sources.special(terms)) >= NEEDED_SPECIAL
        and shows(question, line.passage.words, sources.vocabulary)
    )


def _says_it_here(question: Question, line: Line) -> bool:
    """Tell whether the sentence has a word of the question, and its paragraph two.

    Of "who conducts the choir" the sentence has to have the first: what is done, or who does it.
    """
    terms = question.terms[:1] if question.kind in NAMES_WANTED else question.terms
    nearby = sum(bool(term.keys & line.paragraph) for term in question.terms)
    said = any(t.keys & line.own for t in terms) or bool(question.counted & line.own)
    return said and nearby >= min(2, len(question.terms) - 1)


def _bonus(question: Question, line: Line, sources: Sources) -> float:
    words, vocabulary = line.passage.words, sources.vocabulary
    if question.kind is Kind.AMOUNT:
        return BONUS if counts_directly(question, words, vocabulary) else 0.0
    if question.kind is Kind.WHY:
        return BONUS if REASON.search(fold(words)) else 0.0
    if question.kind is Kind.WHERE:
        return BONUS if PLACE.search(words) else 0.0
    wanted = NAMES_WANTED.get(question.kind, 0)
    return BONUS * min(names_in(question, words, vocabulary), wanted)
