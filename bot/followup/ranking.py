"""Ranks what a search of the archive found: by words, titles, names, figures and recency."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp2
from typing import Final

from bot.news import Article, Passage
from bot.paragraphs import story_paragraphs
from bot.ports import Match, Matches
from bot.text import WORD, fold, sentences

IN_TEXT: Final = 1.0
IN_TITLE: Final = 0.3
EXACT: Final = 0.03
RECENT: Final = 0.02
"""What each is worth: BM25 of the whole text, words in the title, names and figures as they were
typed, and being new; all are shares from 0 to 1. Words that stand in one passage, and the rank in
the index, made no search of the shared articles better."""
K1: Final = 1.2
B: Final = 0.75
"""How soon a repeated word tells no more, and how much a long text counts against itself.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.2.
"""
GAP: Final = re.compile(r"[\W_]+")
LATIN: Final = range(0xC0, 0x250)
UNACCENTED: Final = {
    code: folded for code in LATIN if len(folded := fold(chr(code))) == 1 and folded.isascii()
}
"""Latin letters with accents, and the letters without; `fold` takes 10 ms for a long text."""
HALF_LIFE_DAYS: Final = 30.0
REPEATED: Final = 0.85
"""What another article of a story that is listed above counts."""


@dataclass(frozen=True)
class Hit:
    """An article that was found, the passage that shows it, and where the words stand in that.

    `marks` are bounds within the passage's words.
    """

    article: Article
    score: float
    snippet: Passage
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Wanted:
    """What a search looks for: the pattern of all words and phrases, stems by form, their weights.

    A phrase is found and weighed as a whole, more than all words beside it; its words alone are
    not what was looked for. `exact` are names and figures as they were typed, `mean_chars` the
    length of a usual text.
    """

    pattern: re.Pattern[str]
    stems: Mapping[str, str]
    weights: Mapping[str, float]
    exact: frozenset[str]
    mean_chars: float

    @property
    def total(self) -> float:
        """What all words weigh."""
        return sum(self.weights.values()) or 1.0

    def found_in(self, text: str) -> list[str]:
        """Return the stems of the words in the text, and phrases, as often as they stand there."""
        found = (GAP.sub(" ", match) for match in self.pattern.findall(_plain(text)))
        return [self.stems.get(form, form) for form in found]

    def weigh(self, stems: Iterable[str]) -> float:
        """Return what the stems weigh, each once."""
        return sum(self.weights.get(stem, 0.0) for stem in set(stems))


def rank(matches: Matches, words: str, *, now: datetime, limit: int = 10) -> tuple[Hit, ...]:
    """Return the best of the matches, best first, each with its passage.

    Several of one story make room for others.
    """
    if not matches.found:
        return ()
    wanted = _wanted(matches, words)
    scored = sorted(
        ((_score(match, wanted, now), match.article) for match in matches.found),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    stories = {match.article.id: match.story_id or match.article.id for match in matches.found}
    spread = _spread(scored, stories)
    return tuple(_hit(article, score, wanted) for score, article in spread[:limit])


def _wanted(matches: Matches, words: str) -> _Wanted:
    stems = {form: sought.stem for sought in matches.words for form in sought.forms}
    weights = {sought.stem: sought.weight for sought in matches.words}
    whole = 1.0 + sum(weights.values())
    weights |= dict.fromkeys(matches.phrases, whole)
    longest_first = sorted({*stems, *matches.phrases}, key=len, reverse=True)
    either = "|".join(map(_in_text, longest_first)) or "(?!)"
    lengths = [len(match.article.latest.body) for match in matches.found]
    return _Wanted(
        pattern=re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])"),
        stems=stems,
        weights=weights,
        exact=frozenset(w for w in WORD.findall(words) if w[0].isupper() or w[0].isdigit()),
        mean_chars=sum(lengths) / len(lengths) or 1.0,
    )


def _in_text(form: str) -> str:
    """Return the pattern of a word or phrase, whatever stands between its words."""
    return GAP.pattern.join(map(re.escape, form.split()))


def _plain(text: str) -> str:
    """Return the text without case and without Latin accents, every letter in its place."""
    lowered = text.lower()
    kept = lowered if len(lowered) == len(text) else text
    return kept if kept.isascii() else kept.translate(UNACCENTED)


def _score(match: Match, wanted: _Wanted, now: datetime) -> float:
    revision = match.article.latest
    title, body = wanted.found_in(revision.title), wanted.found_in(revision.body)
    text = f"{revision.title}\n{revision.body}"
    exact = sum(word in text for word in wanted.exact) / (len(wanted.exact) or 1)
    age = max((now - match.article.dated()).total_seconds(), 0.0) / 86_400
    return (
        IN_TEXT * _bm25([*title, *body], len(text), wanted)
        + IN_TITLE * wanted.weigh(title) / wanted.total
        + EXACT * exact
        + RECENT * exp2(-age / HALF_LIFE_DAYS)
    )


def _bm25(stems: Sequence[str], chars: int, wanted: _Wanted) -> float:
    """Return the share of BM25's most that a text with these words and so many characters has."""
    length = K1 * (1 - B + B * chars / wanted.mean_chars)
    found = Counter(stems).items()
    score = sum(wanted.weights.get(stem, 0.0) * n / (n + length) for stem, n in found)
    return score / wanted.total


def _spread(
    scored: Sequence[tuple[float, Article]], stories: Mapping[str, str]
) -> list[tuple[float, Article]]:
    told: dict[str, int] = {}
    spread = []
    for score, article in scored:
        story = stories[article.id]
        spread.append((score * REPEATED ** told.get(story, 0), article))
        told[story] = told.get(story, 0) + 1
    return sorted(spread, key=lambda pair: (-pair[0], pair[1].id))


def _hit(article: Article, score: float, wanted: _Wanted) -> Hit:
    snippet = max(_snippets(article), key=lambda p: _worth(p, wanted))
    marks = tuple(m.span() for m in wanted.pattern.finditer(_plain(snippet.words)))
    return Hit(article, score, snippet, marks)


def _snippets(article: Article) -> Iterator[Passage]:
    """Return the sentences of the story, and the title where there is none."""
    latest, found = article.latest, False
    for paragraph in story_paragraphs(latest.body):
        for bounds in sentences(latest.body, paragraph.start, paragraph.end):
            found = True
            yield latest.passage("body", *bounds)
    if not found:
        yield latest.whole_title() if latest.title else latest.passage("body", 0, len(latest.body))


def _worth(passage: Passage, wanted: _Wanted) -> tuple[float, int]:
    return wanted.weigh(wanted.found_in(passage.words)), -passage.span.start
