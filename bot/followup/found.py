"""What a finder finds: passages and quotes, each once, and how lines are ranked for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.followup.evidence import Line, Sources
from bot.followup.signs import figures_of
from bot.news import Article, Passage, Quote
from bot.text import fold, squeeze

ALIKE: Final = 0.6
"""Share of common keys from which two sentences say the same."""
MOST: Final = 3
"""Sentences and quotes of an answer."""
MOST_STEPS: Final = 6
"""Sentences of an answer that goes through a story in order."""


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


def different(lines: Iterable[Line], *, most: int = MOST) -> list[Line]:
    """Return the first lines, none of which repeats one before it; other figures say more."""
    kept: list[Line] = []
    for line in lines:
        if len(kept) < most and not any(_alike(line, other) for other in kept):
            kept.append(line)
    return kept


def _alike(some: Line, other: Line) -> bool:
    if figures_of(some.passage.words) != figures_of(other.passage.words):
        return some.passage == other.passage
    return len(some.own & other.own) >= ALIKE * len(some.own | other.own)


def printed(lines: Iterable[Line], sources: Sources) -> Found:
    """Return the lines as sentences; those that are part of a quotation as that quote."""
    passages: list[tuple[Passage, Article]] = []
    quotes: list[Quote] = []
    for line in lines:
        if line.alone:
            passages.append((line.passage, line.article))
        else:
            quotes += _quotes_in(line, sources)
    return Found(tuple(passages), once(quotes))


def _quotes_in(line: Line, sources: Sources) -> Iterator[Quote]:
    span = line.passage.span
    for told in sources.told:
        spans = [piece.span for piece in told.quote.pieces]
        if told.quote.article_id == span.article_id and any(
            s.start < span.end and span.start < s.end for s in spans
        ):
            yield told.quote


def once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes, at most three, the same words only once."""
    by_words: dict[str, Quote] = {}
    for quote in quotes:
        words = " ".join(fold(squeeze(piece.words)).strip(" .,") for piece in quote.pieces)
        by_words.setdefault(words, quote)
    return tuple(by_words.values())[:MOST]
