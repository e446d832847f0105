"""Ranks what a search of the archive found: by passages, titles, names, figures and recency."""

import re
from collections.abc import Iterator, Mapping, Sequence
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
TOGETHER: Final = 1.0
IN_TITLE: Final = 0.5
EXACT: Final = 0.3
BY_INDEX: Final = 2.0
RECENT: Final = 0.15
"""What each is worth: words in one passage, in the title, names and figures as they were typed,
the rank in the index, and being new; all are shares from 0 to 1."""
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
    pattern = _pattern(matches)
    weights = dict(matches.stems)
    best = max(match.rank for match in matches.found)
    exact = frozenset(w for w in WORD.findall(words) if w[0].isupper() or w[0].isdigit())
    scored = sorted(
        (
            (_score(match, pattern, weights, exact, best, now), match.article)
            for match in matches.found
        ),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    spread = _spread(scored, stories or {})
    return tuple(_hit(article, score, pattern, weights) for score, article in spread[:limit])


def _pattern(matches: Matches) -> re.Pattern[str]:
    asked = [re.escape(stem) for stem, _ in matches.stems]
    asked += [re.escape(word) for phrase in matches.phrases for word in phrase.split()]
    return re.compile(rf"\b(?:{'|'.join(sorted(asked, key=len, reverse=True)) or '(?!)'})[^\W_]*")


def _plain(text: str) -> str:
    """Return the text without case and without Latin accents, every letter in its place."""
    lowered = text.lower()
    kept = lowered if len(lowered) == len(text) else text
    return kept if kept.isascii() else kept.translate(UNACCENTED)


def _score(  # noqa: PLR0917 - all that ranks
    match: Match,
    pattern: re.Pattern[str],
    weights: Mapping[str, float],
    exact: frozenset[str],
    best: float,
    now: datetime,
) -> float:
    revision = match.article.latest
    total = sum(weights.values()) or 1.0
    body, title = _plain(revision.body), _plain(revision.title)
    in_title = _weigh({_stem(m.group(), weights) for m in pattern.finditer(title)}, weights)
    together, _ = _densest(body, pattern, weights)
    text = f"{revision.title}\n{revision.body}"
    kept = sum(word in text for word in exact) / len(exact) if exact else 0.0
    age = max((now - match.article.dated()).total_seconds(), 0.0) / 86_400
    return (
        TOGETHER * max(together, in_title) / total
        + IN_TITLE * in_title / total
        + EXACT * kept
        + BY_INDEX * match.rank / (best or 1.0)
        + RECENT * exp2(-age / HALF_LIFE_DAYS)
    )


def _stem(word: str, weights: Mapping[str, float]) -> str:
    return next((s for s in weights if word.startswith(s)), word)


def _weigh(stems: set[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(stem, 0.0) for stem in stems)


def _densest(
    text: str, pattern: re.Pattern[str], weights: Mapping[str, float]
) -> tuple[float, int]:
    """Return what the passage with most of the words weighs, and where it starts."""
    stems: dict[str, str] = {}
    places: list[tuple[int, str]] = []
    for match in pattern.finditer(text):
        word = match.group()
        if word not in stems:
            stems[word] = _stem(word, weights)
        places.append((match.start(), stems[word]))
    best, where, first = 0.0, 0, 0
    for last, (place, _) in enumerate(places):
        while places[first][0] < place - PASSAGE_CHARS:
            first += 1
        weighed = _weigh({stem for _, stem in places[first : last + 1]}, weights)
        if weighed > best:
            best, where = weighed, places[first][0]
    return best, where


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


def _hit(
    article: Article, score: float, pattern: re.Pattern[str], weights: Mapping[str, float]
) -> Hit:
    snippet = max(_snippets(article), key=lambda p: _worth(p, pattern, weights))
    marks = tuple(m.span() for m in pattern.finditer(_plain(snippet.words)))
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


def _worth(
    passage: Passage, pattern: re.Pattern[str], weights: Mapping[str, float]
) -> tuple[float, int]:
    stems = {_stem(m.group(), weights) for m in pattern.finditer(_plain(passage.words))}
    return _weigh(stems, weights), -passage.span.start
