"""What of an article tells its event apart: telling words, days that it names, and its moment."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import log, sqrt
from typing import Final, Literal

from bot.news import Article, Value
from bot.paragraphs import story_paragraphs
from bot.stories.days import days_named
from bot.stories.words import StoryWords
from bot.text import words
from bot.weights import WordWeights

Kind = Literal["report", "headline", "digest"]
Terms = Mapping[str, float]

TITLE_TIMES: Final = 2
"""How often the title counts: it names the event."""

BODY_WORDS: Final = 300
"""Words of the body that are compared; what follows is mostly background, shared by many events."""
BODY_CHARS: Final = 12 * BODY_WORDS
"""Characters in which that many words stand, in any language that parts its words."""

LEAD_WORDS: Final = 60
"""Words of the body that count twice: the lead says what happened."""

HEADLINE_WORDS: Final = 25
"""Words of a body below which there is little more than the headline to judge by."""

MIN_WEIGHT: Final = 1.0
"""A word that stands in more than e**-1 = 37 % of all articles says nothing of the event."""

MAX_TERMS: Final = 85
"""Stems of an article that are compared, the heaviest; more of them change no score, and 85 are
what fits into a small dictionary (half the memory)."""

EVERYDAY_WEIGHT: Final = 4.0
"""What a country's name weighs: it stands in about one article of 55 (ln 55 = 4)."""
CALENDAR_WEIGHT: Final = 2.0
"""What a weekday or month weighs as a word; the day that it means is evidence of its own."""

MIN_LISTED: Final = 0.38
"""Share of listed words below which a text is not in the language of the weights.

In the shared articles English texts have .48 and more, those in other languages .28 and less.
"""

MIN_JUDGED: Final = 20
"""Different words below which a text, such as a headline, is not judged by that share."""

SHORT_WORD: Final = 4
LONG_WORD: Final = 10
"""Letters. In a language without weights a word up to the first says nothing; up to the second it
says the more, the longer it is: function words are short in every language of the shared set.
"""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Traits(Value, frozen=True):
    """What is compared of an article.

    `terms` are word stems with their weights, scaled to length 1; empty where nothing tells the
    text apart. `days` are the days that it names (`date.toordinal`), `moment` its date in days
    since 1970.
    """

    terms: dict[str, float]
    days: frozenset[int]
    moment: float
    kind: Kind


class TraitsReader:
    """Reads the traits of articles with the word weights and the words of one language."""

    def __init__(self, weights: WordWeights, language: StoryWords) -> None:
        self._weights = weights
        self._words = language
        calendar = [f for e in (*language.weekdays, *language.months) for f in e.split("|")]
        self._damped = dict.fromkeys(weights.stems(language.everyday), EVERYDAY_WEIGHT)
        self._damped |= dict.fromkeys(weights.stems(calendar), CALENDAR_WEIGHT)

    @property
    def language(self) -> str:
        """The language of the word weights."""
        return self._weights.language

    def read(self, article: Article) -> Traits:
        """Return the traits of the article's latest revision."""
        text = told(article.latest.body)
        return self.read_text(article.latest.title, text, article.dated())

    def read_text(self, title: str, text: str, dated: datetime) -> Traits:
        """Return the traits of a title and a text without furniture, dated by an aware instant.

        Source: term frequency 1 + ln n times inverse document frequency, cosine normalised.
        """
        body = words(text[:BODY_CHARS])[:BODY_WORDS]
        counts = self._count(title, body)
        return Traits(
            _scaled(counts, self._telling(counts)),
            days_named(f"{title}. {text}", dated.date(), self._words),
            (dated - EPOCH) / timedelta(days=1),
            self._kind(title, body),
        )

    def _count(self, title: str, body: list[str]) -> Counter[str]:
        stems = self._weights.stems(body)
        counts = Counter(stems)
        counts.update(stems[:LEAD_WORDS])
        for stem in self._weights.stems(words(title)):
            counts[stem] += TITLE_TIMES
        return counts

    def _telling(self, counts: Counter[str]) -> dict[str, float]:
        if _is_foreign(counts, self._weights):
            return {s: float(w) for s in counts if (w := min(len(s), LONG_WORD) - SHORT_WORD) > 0}
        damped = self._damped
        found = self._weights.telling(counts, least=MIN_WEIGHT)
        return {
            s: min(w, damped.get(s, w)) for s, w in found.items() if len(s) > 1 or s.isdecimal()
        }

    def _kind(self, title: str, body: list[str]) -> Kind:
        if self._words.is_digest(title):
            return "digest"
        return "headline" if len(body) < HEADLINE_WORDS else "report"


def told(body: str) -> str:
    """Return the paragraphs of a body that tell the story, each on a line of its own."""
    return "\n".join(body[p.start : p.end] for p in story_paragraphs(body))


def _is_foreign(counts: Counter[str], weights: WordWeights) -> bool:
    if len(counts) < MIN_JUDGED:
        return False
    listed = sum(count for stem, count in counts.items() if stem in weights.weights)
    return listed < MIN_LISTED * counts.total()


def _scaled(counts: Counter[str], weights: Mapping[str, float]) -> dict[str, float]:
    raw = [(weight * (1 + log(counts[stem])), stem) for stem, weight in weights.items()]
    heaviest = sorted(raw, reverse=True)[:MAX_TERMS]
    length = sqrt(sum(value * value for value, _ in heaviest))
    return {stem: value / length for value, stem in heaviest if value}
