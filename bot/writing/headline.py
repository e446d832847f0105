"""Finds the words that head a brief: the most telling title, or else the first sentence."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from bot.errors import VerificationError
from bot.news import MARKS, Article, Passage
from bot.paragraphs import story_paragraphs
from bot.text import WORD, paragraphs, sentences, trim, words
from bot.weights import WordWeights
from bot.writing.ranking import Vector, cosine, outdated_by, vector_of

LATER: Final = 0.4
"""How much the hour counts in titles, beside sentences: a later title may tell a lesser thing."""
TEASING: Final = 0.2
"""What a title costs that asks or quotes: it does not say what has happened."""


def find_headline(
    articles: Sequence[Article], centroid: Vector, weights: WordWeights, *, max_words: int
) -> Passage:
    """Return the title that is most like what all articles say, the first of equals.

    Of two such titles the later counts more: what an older one says may have been overtaken.
    Without any title it is the first sentence of the first article that has one. Either is cut off
    after `max_words` words.

    Raises:
        VerificationError: none of the articles has any text.
    """
    newest = max(article.dated() for article in articles)
    titles = [
        (title, LATER * outdated_by((newest - article.dated()) / timedelta(hours=1)))
        for article in articles
        if (title := _title(article, max_words))
    ]
    openings = (opening for article in articles if (opening := _opening(article, max_words)))
    if titles:
        return max(titles, key=lambda t: _score(t[0].words, centroid, weights) - t[1])[0]
    found = next(openings, None)
    if found is None:
        raise VerificationError("A story without any text cannot be briefed.")
    return found


def _score(title: str, centroid: Vector, weights: WordWeights) -> float:
    teasing = title.endswith("?") or MARKS.intersection(title)
    said = vector_of(weights.stems(words(title)), weights)
    return cosine(said, centroid) - (TEASING if teasing else 0.0)


def _title(article: Article, max_words: int) -> Passage | None:
    title = article.latest.title
    start, end = trim(title, 0, len(title))
    if start == end:
        return None
    return article.latest.passage("title", start, _cut(title, start, end, max_words))


def _opening(article: Article, max_words: int) -> Passage | None:
    body = article.latest.body
    told = [(p.start, p.end) for p in story_paragraphs(body)] or paragraphs(body)
    if not told:
        return None
    start, end = next(iter(sentences(body, *told[0])), told[0])
    return article.latest.passage("body", start, _cut(body, start, end, max_words))


def _cut(text: str, start: int, end: int, max_words: int) -> int:
    ends = [match.end() for match in islice(WORD.finditer(text, start, end), max_words + 1)]
    return ends[max_words - 1] if len(ends) > max_words else end
