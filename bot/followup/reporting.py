"""Finds what outlets report: who has it, who first, how they differ, what changed, what is open."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.followup.evidence import Line, Sources
from bot.followup.found import MOST, MOST_STEPS, Found, different, printed
from bot.followup.kinds import Kind
from bot.followup.outlets import outlets_named
from bot.followup.questions import Question, Term
from bot.followup.scoring import scored
from bot.followup.signs import TIME, figures_of, is_doubtful, is_renewed
from bot.text import fold

FIGURES_ASKED: Final = re.compile(r"\b(?:figures?|numbers?|tolls?|counts?|estimates?|prices?)\b")
"""What asks for figures in a question for what changed."""
NEEDED_ABOUT: Final = 0.5
"""Share of a question's weight that a sentence needs which is asked for by its kind."""
OPENS: Final = 1.0
"""What opening a newer report is worth, beside a share of new words from 0 to 1."""
NEWEST: Final = 0.5
"""What standing in the newest report is worth beside it."""
RENEWS: Final = 0.3
"""What saying that something is not as it was is worth beside it."""


def first(question: Question, sources: Sources) -> Found:
    """Answer "who reported it first": the sentence of the earliest article that has it."""
    having = sorted(_having(question, sources), key=lambda line: line.article.dated())
    return printed(having[:1], sources)


def outlets(question: Question, sources: Sources) -> Found:
    """Answer "who reports it": a sentence of each outlet, the earliest first."""
    return printed(_by_outlet(_having(question, sources)), sources)


def compare(question: Question, sources: Sources) -> Found:
    """Answer "how do they differ": a sentence of each outlet, or of those named, beside another.

    Where figures for one thing differ, it is those sentences; of one outlet alone there is nothing
    to compare.
    """
    named = outlets_named(question.text, sources)
    asked = replace(question, terms=outside(about(question, sources), named))
    having = [line for line in _having(asked, sources) if not named or line.article.outlet in named]
    differing = _differing(having if asked.terms else sources.lines)
    found = _by_outlet([*differing, *having])
    return printed(found, sources) if len(found) > 1 or named else Found()


def outside(terms: Sequence[Term], named: Iterable[str]) -> tuple[Term, ...]:
    """Return the terms that are no word of the outlets' names."""
    words = {fold(word) for name in named for word in name.split()}
    return tuple(t for t in terms if fold(t.word).removesuffix("'s") not in words)


def changed(question: Question, sources: Sources) -> Found:
    """Answer "what changed": what the newest revision has and the one before has not.

    Where nothing was revised, what the newer articles have and the first has not.
    """
    terms = tuple(t for t in about(question, sources) if not t.is_pinned and not t.is_light)
    before = _earliest(sources)
    lines = [line for line in sources.lines if _is_new(line, before)]
    told = [(_news(line, sources, before), line) for line in lines if line.alone]
    if FIGURES_ASKED.search(fold(question.text)):
        told = [(score + bool(figures_of(line.passage.words)), line) for score, line in told]
    having = [pair for pair in told if sources.coverage(pair[1], terms) >= NEEDED_ABOUT]
    ranked = sorted(having or (told if not terms else ()), key=lambda pair: -pair[0])
    return printed(different(line for _, line in ranked), sources)


def unconfirmed(question: Question, sources: Sources) -> Found:
    """Answer "what is not confirmed": the sentences that say so, of the newest article first."""
    terms = sources.special(about(question, sources))
    lines = [
        line
        for line in sources.lines
        if is_doubtful(line.passage.words, sources.vocabulary)
        and sources.coverage(line, terms) >= NEEDED_ABOUT
    ]
    lines.sort(key=lambda line: line.article.dated(), reverse=True)
    return printed(different(lines), sources)


def timeline(question: Question, sources: Sources) -> Found:
    """Answer "in what order": sentences with a day or an hour, in the order of the reports.

    Every article gives one before any gives a second.
    """
    terms = sources.special(about(question, sources))
    lines = [
        line
        for line in sources.lines
        if line.alone
        and TIME.search(fold(line.passage.words))
        and sources.coverage(line, terms) >= NEEDED_ABOUT
    ]
    kept = different(_in_turns(lines), most=MOST_STEPS)
    kept.sort(key=lambda line: (line.article.dated(), line.passage.span.start))
    return printed(kept, sources)


def _having(question: Question, sources: Sources) -> tuple[Line, ...]:
    """Return one sentence of each article that has what is asked about."""
    ranked = sorted(scored(question, sources), key=lambda s: s.score, reverse=True)
    lines = [s.line for s in ranked if s.line.alone]
    if not sources.special(question.terms):
        lines += [line for line in sources.lines if line.alone]
    best: dict[str, Line] = {}
    for line in lines:
        best.setdefault(line.article.id, line)
    return tuple(best.values())


def _by_outlet(lines: Iterable[Line]) -> list[Line]:
    by_outlet: dict[str, Line] = {}
    for line in sorted(lines, key=lambda line: line.article.dated()):
        by_outlet.setdefault(line.article.outlet, line)
    return list(by_outlet.values())[:MOST]


def _differing(lines: Iterable[Line]) -> list[Line]:
    """Return the lines of the first two outlets that are alike but for their figures."""
    figured = [line for line in lines if line.alone and figures_of(line.passage.words)]
    for place, some in enumerate(figured):
        for other in figured[place + 1 :]:
            if some.article.outlet != other.article.outlet and _differ(some, other):
                return [some, other]
    return []


def _differ(some: Line, other: Line) -> bool:
    one, two = figures_of(some.passage.words), figures_of(other.passage.words)
    common = (some.own & other.own) - one - two
    return not one & two and len(common) * 2 >= min(len(some.own - one), len(other.own - two))


def _earliest(sources: Sources) -> frozenset[str]:
    """Return the keys of the first article; nothing where articles themselves were revised."""
    if not sources.articles or any(len(a.revisions) > 1 for a in sources.articles):
        return frozenset()
    first_one = min(sources.articles, key=lambda a: a.dated())
    return sources.vocabulary.keys(f"{first_one.latest.title} {first_one.latest.body}")


def _is_new(line: Line, before: frozenset[str]) -> bool:
    article = line.article
    if not before:
        revised = len(article.revisions) > 1
        return revised and line.passage.words not in article.revisions[-2].body
    return not line.own <= before


def _news(line: Line, sources: Sources, before: frozenset[str]) -> float:
    words = line.own or frozenset({""})
    weights = sources.vocabulary.weights
    total = sum(map(weights.weight, words)) or 1.0
    newer = max(a.dated() for a in sources.articles) == line.article.dated()
    fresh = sum(weights.weight(key) for key in words - before) / total
    renews = is_renewed(line.passage.words, sources.vocabulary)
    return NEWEST * newer + fresh + OPENS * line.first + RENEWS * renews


def about(question: Question, sources: Sources) -> tuple[Term, ...]:
    """Return the terms that do more than say which kind of answer is wanted."""
    asking = sources.vocabulary.words.asking
    return tuple(t for t in question.terms if fold(t.word) not in asking)


def _in_turns(lines: Sequence[Line]) -> Iterator[Line]:
    """Return the first line of each article, then the second of each, and so on."""
    by_article: dict[str, list[Line]] = {}
    for line in lines:
        by_article.setdefault(line.article.id, []).append(line)
    for turn in range(max(map(len, by_article.values()), default=0)):
        for own in by_article.values():
            if turn < len(own):
                yield own[turn]


KINDS: Final = {
    Kind.FIRST: first,
    Kind.OUTLETS: outlets,
    Kind.COMPARE: compare,
    Kind.CHANGED: changed,
    Kind.UNCONFIRMED: unconfirmed,
    Kind.TIMELINE: timeline,
}
"""The kinds that are about reports."""
