"""Finds what answers a question of each kind: sentences, titles and quotes, the best first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.followup.evidence import ASKS_AMENDMENT, Line, Sources
from bot.followup.questions import Kind, Question
from bot.followup.signs import counts_directly, names_in, reports_speech, shows
from bot.followup.speakers import quotes_of
from bot.news import Article, Passage, Quote
from bot.text import fold, squeeze

NEEDED: Final = 0.7
"""Share of a question's weight that a sentence and its surroundings must have."""
NEEDED_SPECIAL: Final = 0.6
"""The same of the words that the story as a whole is not about."""
NEEDED_ABOUT: Final = 0.6
"""The same of a quote, once its speaker is the one who was asked for."""
CLOSE: Final = 0.8
"""Share of the best sentence's score that another needs to stand beside it."""
BONUS: Final = 0.2
"""What showing the figure or a name that was asked for is worth, beside a coverage of 0 to 1."""
NAMES_WANTED: Final = {Kind.WHO: 1, Kind.IDENTITY: 1, Kind.WHICH: 4}
"""Up to how many names count."""
ALIKE: Final = 0.6
"""Share of common keys from which two sentences say the same."""
MOST: Final = 3
"""Sentences and quotes of an answer."""


@dataclass(frozen=True)
class Found:
    """Passages with the articles that they come from, and quotes."""

    passages: tuple[tuple[Passage, Article], ...] = ()
    quotes: tuple[Quote, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return bool(self.passages or self.quotes)


@dataclass(frozen=True)
class Scored:
    """A line and how well it answers."""

    score: float
    line: Line = field(compare=False)


def find(question: Question, sources: Sources) -> Found:
    """Return at most three sentences and three quotes that answer the question, or nothing."""
    if not sources.knows((*question.terms, *question.speaker)):
        return Found()
    return FINDERS.get(question.kind, _sentences)(question, sources)


def nearest(question: Question, sources: Sources) -> Article | None:
    """Return the article with the sentence that has most of the question, if any has a word."""
    terms = (*question.speaker, *question.terms)
    scored = [(sources.coverage(line, terms), line) for line in sources.lines]
    touching = [(s, line) for s, line in scored if any(t.keys & line.own for t in terms)]
    return max(touching, key=lambda pair: pair[0])[1].article if touching else None


def _sentences(question: Question, sources: Sources) -> Found:
    if not question.terms and not question.asks_overview:
        return Found()
    if not question.terms:
        return _overview(question, sources)
    return _printed(_best(question, _scored(question, sources)), sources)


def _overview(question: Question, sources: Sources) -> Found:
    """Return the first sentence of each text that shows what the kind of question needs."""
    firsts: dict[str, Line] = {}
    for line in sources.lines:
        if line.alone and shows(question, line.passage.words, sources.weights.language):
            firsts.setdefault(line.article.id, line)
    return _printed(_different(firsts.values()), sources)


def _scored(question: Question, sources: Sources) -> Iterator[Scored]:
    amended = any(term.keys & ASKS_AMENDMENT for term in question.terms)
    for line in sources.lines:
        if (amended or not line.amends) and _answers(question, line, sources):
            own = sources.weighed(t for t in question.terms if t.keys & line.own)
            share = own / sources.weighed(question.terms)
            coverage = sources.coverage(line, question.terms)
            yield Scored((coverage + share) / 2 + _bonus(question, line, sources), line)


def _answers(question: Question, line: Line, sources: Sources) -> bool:
    """Tell whether the line has enough of the question, and of what only this question asks."""
    terms = question.terms
    return (
        _says_it_here(question, line)
        and sources.coverage(line, terms) >= NEEDED
        and sources.coverage(line, sources.special(terms)) >= NEEDED_SPECIAL
        and shows(question, line.passage.words, sources.weights.language)
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
    words, language = line.passage.words, sources.weights.language
    if question.kind is Kind.AMOUNT:
        return BONUS if counts_directly(question, words, language) else 0.0
    wanted = NAMES_WANTED.get(question.kind, 0)
    return BONUS * min(names_in(question, words, language), wanted)


def _best(question: Question, scored: Iterable[Scored]) -> list[Line]:
    """Return the lines that come close to the best one; of figures the newest come first."""
    ranked = sorted(scored, key=lambda s: s.score, reverse=True)
    close = [s.line for s in ranked if s.score >= CLOSE * ranked[0].score]
    if question.kind is Kind.AMOUNT:
        close.sort(key=lambda line: line.article.dated(), reverse=True)
    return _different(close)


def _different(lines: Iterable[Line]) -> list[Line]:
    """Return the first lines, at most three, none of which repeats one before it."""
    kept: list[Line] = []
    for line in lines:
        if len(kept) < MOST and not any(_alike(line, other) for other in kept):
            kept.append(line)
    return kept


def _alike(some: Line, other: Line) -> bool:
    return len(some.own & other.own) >= ALIKE * len(some.own | other.own)


def _printed(lines: Iterable[Line], sources: Sources) -> Found:
    """Return the lines as sentences; those that are part of a quotation as that quote."""
    passages: list[tuple[Passage, Article]] = []
    quotes: list[Quote] = []
    for line in lines:
        if line.alone:
            passages.append((line.passage, line.article))
        else:
            quotes += _quotes_in(line, sources)
    return Found(tuple(passages), _once(quotes))


def _quotes_in(line: Line, sources: Sources) -> Iterator[Quote]:
    span = line.passage.span
    for told in sources.told:
        spans = [piece.span for piece in told.quote.pieces]
        if told.quote.article_id == span.article_id and any(
            s.start < span.end and span.start < s.end for s in spans
        ):
            yield told.quote


def _once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes, at most three, the same words only once."""
    by_words: dict[str, Quote] = {}
    for quote in quotes:
        words = " ".join(fold(squeeze(piece.words)).strip(" .,") for piece in quote.pieces)
        by_words.setdefault(words, quote)
    return tuple(by_words.values())[:MOST]


def _said(question: Question, sources: Sources) -> Found:
    """Answer "what did X say about Y": quotes of X, or else sentences that report X."""
    if not question.speaker and not question.terms:
        return Found()
    told = quotes_of(question.speaker, sources) if question.speaker else sources.told
    needed = NEEDED_ABOUT if question.speaker else NEEDED
    scored = [(sources.coverage(t.line, question.terms), t.quote) for t in told]
    ranked = sorted((pair for pair in scored if pair[0] >= needed), key=lambda p: -p[0])
    if ranked:
        return Found(quotes=_once(quote for _, quote in ranked))
    return _reported(question, sources)


def _reported(question: Question, sources: Sources) -> Found:
    """Return sentences that tell what was said, and by whom if somebody is asked for."""
    spoken = [
        scored
        for scored in _scored(_as_general(question), sources)
        if reports_speech(scored.line.passage.words)
        and sources.coverage(scored.line, question.terms) >= NEEDED_ABOUT
        and all(term.keys & scored.line.own for term in question.speaker)
    ]
    return _printed(_best(question, spoken), sources)


def _as_general(question: Question) -> Question:
    return Question(question.text, Kind.GENERAL, (*question.speaker, *question.terms))


def _who_said(question: Question, sources: Sources) -> Found:
    """Answer "who said Y": the quotes with those words, or else the sentences that report them."""
    if not question.terms:
        return Found()
    scored = [(_overlap(question, t.line), t.quote) for t in sources.told]
    ranked = sorted((pair for pair in scored if pair[0] >= NEEDED), key=lambda p: -p[0])
    if ranked:
        return Found(quotes=_once(q for s, q in ranked if s >= CLOSE * ranked[0][0]))
    return _reported(question, sources)


def _overlap(question: Question, line: Line) -> float:
    """Return the share of the terms' weight that stands in the quoted words themselves."""
    total = sum(term.weight for term in question.terms)
    return sum(t.weight for t in question.terms if t.keys & line.own) / total


def _first(question: Question, sources: Sources) -> Found:
    """Answer "who reported it first": the sentence, or title, of the earliest article."""
    having = _having(question, sources)
    return Found(tuple(sorted(having, key=lambda pair: pair[1].dated())[:1]))


def _outlets(question: Question, sources: Sources) -> Found:
    """Answer "who reports it": a sentence, or the title, of each outlet, the earliest first."""
    by_outlet: dict[str, tuple[Passage, Article]] = {}
    for passage, article in sorted(_having(question, sources), key=lambda pair: pair[1].dated()):
        by_outlet.setdefault(article.outlet, (passage, article))
    return Found(tuple(by_outlet.values())[:MOST])


def _having(question: Question, sources: Sources) -> Sequence[tuple[Passage, Article]]:
    """Return one passage of each article that has what is asked about."""
    if not sources.special(question.terms):
        return [(a.latest.whole_title(), a) for a in sources.articles if a.latest.title]
    scored = sorted(_scored(question, sources), key=lambda s: s.score, reverse=True)
    best: dict[str, tuple[Passage, Article]] = {}
    for line in (s.line for s in scored if s.line.alone):
        best.setdefault(line.article.id, (line.passage, line.article))
    return tuple(best.values())


FINDERS: Final[dict[Kind, Callable[[Question, Sources], Found]]] = {
    Kind.SAID: _said,
    Kind.WHO_SAID: _who_said,
    Kind.FIRST: _first,
    Kind.OUTLETS: _outlets,
}
"""The kinds that are not answered by the sentences that cover most of the question."""
