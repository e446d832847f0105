"""Finds the words that head a brief: the most telling title, or else the first sentence."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from bot.errors import VerificationError
from bot.news import MARKS, Article, Passage
from bot.paragraphs import story_paragraphs
from bot.text import WORD, paragraphs, sentences, trim
from bot.weights import WordWeights
from bot.writing.ranking import Vector, cosine, vector_of

TEASING: Final = 0.2
"""What a title costs that asks or quotes: it does not say what has happened."""


def find_headline(
    articles: Sequence[Article], centroid: Vector, weights: WordWeights, *, max_words: int
) -> Passage:
    """Return the title that is most like what all articles say, the first of equals.

    Without any title it is the first sentence of the first article that has one, cut off after
    `max_words` words.

    Raises:
        VerificationError: none of the articles has any text.
    """
    titles = [title for article in articles if (title := _title(article))]
    if titles:
        return max(titles, key=lambda title: _score(title.words, centroid, weights))
    return _opening(articles, max_words)


def _title(article: Article) -> Passage | None:
    start, end = trim(article.latest.title, 0, len(article.latest.title))
    return article.latest.passage("title", start, end) if start < end else None


def _score(title: str, centroid: Vector, weights: WordWeights) -> float:
    teasing = title.endswith("?") or MARKS.intersection(title)
    said = vector_of(weights.stems(title), weights)
    return cosine(said, centroid) - (TEASING if teasing else 0.0)


def _opening(articles: Iterable[Article], max_words: int) -> Passage:
    for article in articles:
        body = article.latest.body
        told = [(p.start, p.end) for p in story_paragraphs(body)] or paragraphs(body)
        for paragraph in told[:1]:
            start, end = next(iter(sentences(body, *paragraph)), paragraph)
            ends = [match.end() for match in islice(WORD.finditer(body, start, end), max_words + 1)]
            cut = ends[max_words - 1] if len(ends) > max_words else end
            return article.latest.passage("body", start, cut)
    raise VerificationError("A story without any text cannot be briefed.")
