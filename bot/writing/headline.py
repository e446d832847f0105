"""Finds the words that head a brief: the most telling title, or else the first sentence."""

import re
from collections.abc import Container, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from bot.errors import VerificationError
from bot.news import MARKS, Article, Passage
from bot.paragraphs import story_paragraphs
from bot.text import WORD, Bounds, fold, paragraphs, sentences, squeeze, trim, words
from bot.weights import WordWeights
from bot.writing.quoted import quotations
from bot.writing.ranking import Vector, cosine, outdated_by, vector_of

LATER: Final = 0.4
"""How much the hour counts in titles, beside sentences: a later title may tell a lesser thing."""
TEASING: Final = 0.2
"""What a title costs that asks, quotes or teases: it does not say what has happened."""
NEWS: Final = 0.1
"""What it is worth that a title is news to those who were told of the story before."""
MAX_WORDS: Final = 20
"""Words of a headline; a longer title costs as much, and is cut where a clause of it ends."""
MIN_WORDS: Final = 3
"""Words that must be left of a title when something is cut off it."""

LABEL: Final = re.compile(
    r"""\s*(?:(?:breaking(?:\s+news)?|just\s+in|developing|live(?:\s+(?:updates?|blog))?|watch(?:\s+live)?
    |video|audio|photos?|pictures|in\s+pictures|listen|gallery|podcast|exclusive|updated?(?:\s*\d+)?
    |analysis|explainer|opinion|news\s+alert|alert|flash|urgent|corrected)\s*(?:[:|–—]|\s-)\s*
    |(?:update|correction|refile|wrapup|recast)\s*\d*\s*-\s*|\[(?:watch|live|video|update)\]\s*)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What desks put before a title: no part of what has happened."""
SUFFIX: Final = re.compile(r"(?<=\s)[|»·–—-]\s+(?=[^|»·]{1,60}$)")
"""What stands before the last part of a title: a section's or an outlet's name, if it is one."""
BARS: Final = ("|", "»")
CLAUSE_END: Final = re.compile(r"(?:[;:,]|(?<=\s)[–—-])(?=\s)")
TEASER: Final = re.compile(
    r"""\?\s*$|[!…]\s*$|\.\.\.\s*$
    |^\W*(?:what|why|how|who|when|where|which|here[’']?s|here\s+(?:is|are)|this\s+is|these|meet|inside
        |\d+\s+(?:things|ways|reasons|facts|takeaways|charts)|everything\s+you)\b
    |\b(?:you|your|i|my|as\s+it\s+happened|what\s+we\s+know|need\s+to\s+know|live\s+updates?)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a title asks, lists or calls instead of saying what has happened."""


def find_headline(
    articles: Sequence[Article],
    centroid: Vector,
    weights: WordWeights,
    *,
    max_words: int,
    new: Container[str] = (),
) -> Passage:
    """Return the title that is most like what all articles say, the first of equals.

    Of two such titles the later counts more: what an older one says may have been overtaken; and
    more that of an article in `new`, which says what was not said when the story was last told.
    A label before it (LIVE:, Watch:) and its outlet's name behind it are cut off, and a title that
    asks, quotes or teases is taken only where none is nearly as good. Without any title it is the
    first sentence of the first article that has one. Either is cut at the end of a clause after at
    most `MAX_WORDS` words, or after `max_words` if that is less.

    Raises:
        VerificationError: none of the articles has any text.
    """
    newest = max(article.dated() for article in articles)
    titles = [
        (
            title,
            LATER * outdated_by((newest - article.dated()) / timedelta(hours=1))
            - (NEWS if article.id in new else 0.0),
        )
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
    teasing = bool(TEASER.search(title)) or not MARKS.isdisjoint(title)
    said = vector_of(weights.stems(words(title)), weights)
    return cosine(said, centroid) - (TEASING if teasing else 0.0)


def _title(article: Article, max_words: int) -> Passage | None:
    title = article.latest.title
    start, end = _bare(title, article.outlet)
    if start == end:
        return None
    return article.latest.passage("title", start, _cut(title, start, end, max_words))


def _bare(title: str, outlet: str) -> Bounds:
    """Return the bounds of the title without label and outlet, as long as words are left."""
    start, end = trim(title, 0, len(title))
    if (label := LABEL.match(title, start, end)) and _is_enough(title, label.end(), end):
        start = label.end()
    while (suffix := SUFFIX.search(title, start, end)) and _is_enough(title, start, suffix.start()):
        if not _is_name(title[suffix.end() : end], outlet) and not suffix.group().startswith(BARS):
            break
        end = trim(title, start, suffix.start())[1]
    return start, end


def _is_enough(title: str, start: int, end: int) -> bool:
    return len(WORD.findall(title, start, end)) >= MIN_WORDS


def _is_name(tail: str, outlet: str) -> bool:
    """Tell whether the tail of a title is the outlet's name, or the one that it goes by."""
    said, name = (fold(squeeze(text)).removeprefix("the ") for text in (tail, outlet))
    return bool(said) and (said in name or (bool(name) and name in said))


def _opening(article: Article, max_words: int) -> Passage | None:
    body = article.latest.body
    told = [(p.start, p.end) for p in story_paragraphs(body)] or paragraphs(body)
    if not told:
        return None
    start, end = next(iter(sentences(body, *told[0])), told[0])
    return article.latest.passage("body", start, _cut(body, start, end, max_words))


def _cut(text: str, start: int, end: int, max_words: int) -> int:
    """Return where the words end that are taken: all, or those up to a clause's end, or the most.

    Nothing is cut inside quotation marks that would stay open.
    """
    most = min(max_words, MAX_WORDS)
    ends = [match.end() for match in islice(WORD.finditer(text, start, end), most + 1)]
    if len(ends) <= most:
        return end
    latest = ends[most - 1]
    clauses = [
        trim(text, start, m.start())[1] for m in CLAUSE_END.finditer(text, start, latest + 1)
    ]
    fitting = [
        at for at in clauses if at > start and len(WORD.findall(text, start, at)) >= MIN_WORDS
    ]
    return next((at for at in reversed(fitting) if _is_closed(text, start, at)), latest)


def _is_closed(text: str, start: int, end: int) -> bool:
    return all(last <= end for _, last in quotations(text, start, end))
