"""Finds what answers a question of each kind: sentences, titles and quotes, the best first."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.followup.evidence import Line, Sources
from bot.followup.found import Found, different, printed
from bot.followup.kinds import Kind
from bot.followup.outlets import outlets_named
from bot.followup.questions import Question
from bot.followup.reporting import KINDS, outside
from bot.followup.saying import said, who_said
from bot.followup.scoring import best, scored
from bot.followup.signs import shows
from bot.news import Article


def find(question: Question, sources: Sources) -> Found:
    """Return what answers the question, or nothing.

    At most three sentences and three quotes; of a question for the order of things six sentences.
    Where outlets are named, only theirs count: "what does the Courier say" asks for no speaker.
    """
    named = outlets_named(question.text, sources)
    if len(named) > 1 and question.kind in {Kind.SAID, Kind.GENERAL}:
        question = _as_told_by(question, named, Kind.COMPARE)
    elif named and question.kind not in {Kind.FIRST, Kind.COMPARE}:
        kind = Kind.GENERAL if question.kind is Kind.SAID else question.kind
        question, sources = _as_told_by(question, named, kind), sources.of(named)
    wanted = (*question.terms, *question.speaker)
    if question.kind not in KINDS and not sources.knows(wanted):
        return Found()
    return FINDERS.get(question.kind, _sentences)(question, sources)


def nearest(question: Question, sources: Sources) -> Article | None:
    """Return the article with the sentence that has most of the question, if any has a word."""
    terms = (*question.speaker, *question.terms)
    found = [(sources.coverage(line, terms), line) for line in sources.lines]
    touching = [(s, line) for s, line in found if any(t.keys & line.own for t in terms)]
    return max(touching, key=lambda pair: pair[0])[1].article if touching else None


def _as_told_by(question: Question, named: tuple[str, ...], kind: Kind) -> Question:
    speaker = outside(question.speaker, named)
    terms = outside(question.terms, named)
    if question.kind is Kind.SAID and speaker:
        kind = Kind.SAID
    return replace(question, kind=kind, terms=terms, speaker=speaker)


def _sentences(question: Question, sources: Sources) -> Found:
    if not question.terms and not question.asks_overview:
        return Found()
    if not question.terms:
        return _overview(question, sources)
    return printed(best(question, scored(question, sources)), sources)


def _overview(question: Question, sources: Sources) -> Found:
    """Return the first sentence of each text that shows what the kind of question needs."""
    firsts: dict[str, Line] = {}
    for line in sources.lines:
        if line.alone and shows(question, line.passage.words, sources.vocabulary):
            firsts.setdefault(line.article.id, line)
    return printed(different(firsts.values()), sources)


FINDERS: Final[dict[Kind, Callable[[Question, Sources], Found]]] = {
    Kind.SAID: said,
    Kind.WHO_SAID: who_said,
    **KINDS,
}
"""The kinds that are not answered by the sentences that cover most of the question."""
