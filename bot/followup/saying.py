"""Finds what somebody said, and who said something: quotes first, then sentences that report it."""

from typing import Final

from bot.followup.evidence import Line, Sources, Told
from bot.followup.found import Found, once, printed
from bot.followup.kinds import Kind
from bot.followup.questions import Question, Term
from bot.followup.scoring import CLOSE, NEEDED, best, scored
from bot.followup.signs import reports_speech, speaks
from bot.followup.speakers import quotes_of
from bot.text import fold

NEEDED_ABOUT: Final = 0.6
"""Share of a question's weight that a quote needs, once its speaker is the one asked for."""
TOPIC: Final = 0.65
"""What a word counts that the whole story is about, for whoever speaks in the story."""


def said(question: Question, sources: Sources) -> Found:
    """Answer "what did X say about Y": quotes of X, or else sentences that report X."""
    if not question.speaker and not question.terms:
        return Found()
    told = quotes_of(question.speaker, sources) if question.speaker else sources.told
    needed = NEEDED_ABOUT if question.speaker else NEEDED
    found = [(_coverage(question, t, sources), t.quote) for t in told]
    ranked = sorted((pair for pair in found if pair[0] >= needed), key=lambda p: -p[0])
    if ranked:
        return Found(quotes=once(quote for _, quote in ranked))
    return _reported(question, sources) or _written(question, sources)


def who_said(question: Question, sources: Sources) -> Found:
    """Answer "who said Y": the quotes with those words, or else the sentences that report them."""
    if not question.terms:
        return Found()
    found = [(_overlap(question, t.line), t.quote) for t in sources.told]
    ranked = sorted((pair for pair in found if pair[0] >= NEEDED), key=lambda p: -p[0])
    if ranked:
        return Found(quotes=once(q for s, q in ranked if s >= CLOSE * ranked[0][0]))
    return _reported(question, sources)


def _coverage(question: Question, told: Told, sources: Sources) -> float:
    """Return how much of the terms the quote has; what the story is about stands behind it all."""
    covered = sources.coverage(told.line, question.terms)
    mentioned = sources.words_of(told.quote.article_id)
    if not question.speaker or not all(
        term.keys & sources.topical & mentioned for term in question.terms
    ):
        return covered
    return max(covered, TOPIC)


def _overlap(question: Question, line: Line) -> float:
    """Return the share of the terms' weight that stands in the quoted words themselves."""
    total = sum(term.weight for term in question.terms)
    near = line.own | line.paragraph | line.reach
    held = (t for t in question.terms if t.keys & (near if t.is_fact else line.own))
    return sum(term.weight for term in held) / total


def _reported(question: Question, sources: Sources) -> Found:
    """Return sentences that tell what was said, and by whom if somebody is asked for."""
    as_general = Question(question.text, Kind.GENERAL, (*question.speaker, *question.terms))
    spoken = [
        found
        for found in scored(as_general, sources)
        if reports_speech(found.line.passage.words, sources.vocabulary)
        and sources.coverage(found.line, question.terms) >= NEEDED_ABOUT
        and _speaks(question.speaker, found.line, sources)
    ]
    return printed(best(question, spoken), sources)


def _written(question: Question, sources: Sources) -> Found:
    """Return sentences that tell what a document says: nobody speaks in it."""
    documents = sources.vocabulary.words.documents
    if not any(fold(term.word) in documents for term in question.speaker):
        return Found()
    as_general = Question(question.text, Kind.GENERAL, (*question.speaker, *question.terms))
    return printed(best(as_general, scored(as_general, sources)), sources)


def _speaks(speaker: tuple[Term, ...], line: Line, sources: Sources) -> bool:
    """Tell whether the speaker speaks in the line, or it goes on about whoever was just named."""
    if not speaker:
        return True
    if line.refers and all(t.keys & (line.own | line.paragraph | line.reach) for t in speaker):
        return True
    keys = frozenset().union(*(term.keys for term in speaker))
    return all(term.keys & line.own for term in speaker) and (
        speaks(keys, line.passage.words, sources.vocabulary)
    )
