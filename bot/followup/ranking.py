"""Ranks what a search of the archive found: by passages, titles, names, figures and recency."""

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

PASSAGE_CHARS: Final = 400
"""Characters in which words stand together."""
IN_TEXT: Final = 1.0
TOGETHER: Final = 0.3
IN_TITLE: Final = 0.3
EXACT: Final = 0.1
BY_INDEX: Final = 0.5
RECENT: Final = 0.03
"""What each is worth: BM25 of the whole text, words in one passage, in the title, names and figures
as they were typed, the rank in the index, and being new; all are shares from 0 to 1."""
K1: Final = 1.2
B: Final = 0.75
"""How soon a repeated word tells no more, and how much a long text counts against itself.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.2.
"""
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
    """What a search looks for: the pattern of all words, their stems by form, weights by stem.

    `exact` are names and figures as they were typed, `mean_chars` the length of a usual text.
    """

    pattern: re.Pattern[str]
    stems: Mapping[str, str]
    weights: Mapping[str, float]
    exact: frozenset[str]
    mean_chars: float
    best: float

    @property
    def total(self) -> float:
        """What all words weigh."""
        return sum(self.weights.values()) or 1.0

    def places(self, text: str) -> list[tuple[int, str]]:
        """Return where words stand in the text, and their stems."""
        return [(m.start(), self.stems.get(m[0], m[0])) for m in self.pattern.finditer(text)]

    def weigh(self, stems: Iterable[str]) -> float:
        """Return what the stems weigh, each once."""
        return sum(self.weights.get(stem, 0.0) for stem in set(stems))


def rank(
    matches: Matches,
    words: str,
    *,
    now: datetime,
    stories: Mapping[str, str] | None = None,
    limit: int = 10,
) -> tuple[Hit, ...]:
    """Return the best of the matches, best first, each with its passage.

    `stories` leads from an article's id to its story's: several of one story make room for others.
    """
    if not matches.found:
        return ()
    wanted = _wanted(matches, words)
    scored = sorted(
        ((_score(match, wanted, now), match.article) for match in matches.found),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    spread = _spread(scored, stories or {})
    return tuple(_hit(article, score, wanted) for score, article in spread[:limit])


def _wanted(matches: Matches, words: str) -> _Wanted:
    stems = {form: sought.stem for sought in matches.words for form in sought.forms}
    forms = {*stems, *(word for phrase in matches.phrases for word in phrase.split())}
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or "(?!)"
    lengths = [len(match.article.latest.body) for match in matches.found]
    return _Wanted(
        pattern=re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])"),
        stems=stems,
        weights={sought.stem: sought.weight for sought in matches.words},
        exact=frozenset(w for w in WORD.findall(words) if w[0].isupper() or w[0].isdigit()),
        mean_chars=sum(lengths) / len(lengths) or 1.0,
        best=max(match.rank for match in matches.found) or 1.0,
    )


def _plain(text: str) -> str:
    """Return the text without case and without Latin accents, every letter in its place."""
    lowered = text.lower()
    kept = lowered if len(lowered) == len(text) else text
    return kept if kept.isascii() else kept.translate(UNACCENTED)


def _score(match: Match, wanted: _Wanted, now: datetime) -> float:
    revision = match.article.latest
    title = [stem for _, stem in wanted.places(_plain(revision.title))]
    body = wanted.places(_plain(revision.body))
    in_title = wanted.weigh(title) / wanted.total
    text = f"{revision.title}\n{revision.body}"
    exact = sum(word in text for word in wanted.exact) / (len(wanted.exact) or 1)
    age = max((now - match.article.dated()).total_seconds(), 0.0) / 86_400
    return (
        IN_TEXT * _bm25([*title, *(stem for _, stem in body)], len(text), wanted)
        + TOGETHER * max(_densest(body, wanted) / wanted.total, in_title)
        + IN_TITLE * in_title
        + EXACT * exact
        + BY_INDEX * match.rank / wanted.best
        + RECENT * exp2(-age / HALF_LIFE_DAYS)
    )


def _bm25(stems: Sequence[str], chars: int, wanted: _Wanted) -> float:
    """Return the share of BM25's most that a text with these words and so many characters has."""
    length = K1 * (1 - B + B * chars / wanted.mean_chars)
    found = Counter(stems).items()
    score = sum(wanted.weights.get(stem, 0.0) * n / (n + length) for stem, n in found)
    return score / wanted.total


def _densest(places: Sequence[tuple[int, str]], wanted: _Wanted) -> float:
    """Return what the passage with most of the words weighs."""
    best, first = 0.0, 0
    for last, (place, _) in enumerate(places):
        while places[first][0] < place - PASSAGE_CHARS:
            first += 1
        best = max(best, wanted.weigh(stem for _, stem in places[first : last + 1]))
    return best


def _spread(
    scored: Sequence[tuple[float, Article]], stories: Mapping[str, str]
) -> list[tuple[float, Article]]:
    told: dict[str, int] = {}
    spread = []
    for score, article in scored:
        story = stories.get(article.id, article.id)
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
    stems = (stem for _, stem in wanted.places(_plain(passage.words)))
    return wanted.weigh(stems), -passage.span.start
