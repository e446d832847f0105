"""Finds the figures of an article, each with what it counts and how the article qualifies it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.news import Article, Figure, Passage, Quantity, Revision, is_free_of_marks
from bot.news.articles import TextField
from bot.paragraphs import story_paragraphs
from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import Token, Tokens, has_token, tokens_of
from bot.quantities.reading import Measured, read_quantities
from bot.stories.circumstances import (
    is_anchored,
    is_history,
    period_of,
    place_of,
    role_of,
    speaker_of,
    standing_of,
    time_of,
)
from bot.stories.dates import find_dates
from bot.stories.deeds import deeds_around
from bot.stories.subjects import Subject, subject_of
from bot.stories.zeroes import NOUGHT, OPENERS, find_zeroes
from bot.text import Bounds, sentences, stem

MAX_CHARS: Final = 12_000
"""Characters of a body that are read: figures of the news stand near its top."""
ABOUT_WITHIN: Final = 14
"""Words on either side of a figure that say what it is about."""
MIN_STEM_CHARS: Final = 3
TITLED: Final = 0.6
"""Share of capitals among the words of a title from which they say nothing of names."""


@dataclass(frozen=True)
class Stated:
    """A figure with what alignment needs beside it.

    `about` holds the stems around it; `kind` is `topic`, `thing`, `share`, `money`, `measure`,
    `score`, `magnitude` or `date`; `population` whom a topic counts, empty for everybody;
    `written` the unit as written; `sentence` counts from 0, the title is -1; `vague` marks
    "dozens", which is compared with nothing; `named` tells that the noun itself says the topic
    ("14 cases"), `present` that the population may be everybody; `deeds` what was done to things,
    `period` the words for the time that it sums up.
    """

    figure: Figure
    kind: str
    population: str
    about: frozenset[str]
    written: str
    sentence: int
    vague: bool = False
    named: bool = False
    present: bool = False
    deeds: frozenset[str] = frozenset()
    period: str = ""

    @property
    def quantity(self) -> Quantity:
        """The figure's quantity."""
        return self.figure.quantity


def find_figures(article: Article, words: FigureWords) -> tuple[Stated, ...]:
    """Return the figures of the latest revision's title and story, in reading order.

    Furniture, ages, times, addresses and years are left out. An article in a language whose words
    are not given, or that says it is in another than English, has none.
    """
    if not words.ones or (article.language or "en").partition("-")[0].lower() != "en":
        return ()
    return tuple(_figures(article.latest, words, year=article.dated().year))


def _figures(revision: Revision, words: FigureWords, *, year: int) -> Iterator[Stated]:
    title = _Reader(revision, "title", words, year)
    yield from title.read(0, len(revision.title), -1)
    body = _Reader(revision, "body", words, year)
    number = 0
    for paragraph in story_paragraphs(revision.body[:MAX_CHARS]):
        body.before.clear()
        for start, end in sentences(revision.body, paragraph.start, paragraph.end):
            yield from body.read(start, end, number)
            number += 1


class _Reader:
    """Reads the sentences of one field in order; remembers those of the paragraph so far."""

    def __init__(self, revision: Revision, field: TextField, words: FigureWords, year: int) -> None:
        self.revision, self.field, self.words, self.year = revision, field, words, year
        self.text = revision.title if field == "title" else revision.body
        self.before: list[Bounds] = []
        self.signs = words.signs | OPENERS

    def read(self, start: int, end: int, number: int) -> Iterator[Stated]:
        if has_token(self.text, start, end, self.signs):
            yield from self._read(start, end, number)
        self.before.append((start, end))

    def _read(self, start: int, end: int, number: int) -> Iterator[Stated]:
        tokens = tokens_of(self.text, start, end)
        measured = [
            *read_quantities(tokens, self.words),
            *find_zeroes(tokens, self.words),
            *find_dates(tokens, self.words, year=self.year),
        ]
        historic = bool(measured) and not is_anchored(tokens, self.words) and self._is_historic()
        for m in sorted(measured, key=lambda one: one.first):
            subject = subject_of(tokens, m, self.words)
            if m.quantity == NOUGHT and subject.kind != "topic":
                continue  # "nobody knows" counts nothing
            stated = self._stated(tokens, m, subject, number, historic=historic)
            if is_free_of_marks(stated.figure.words.words):
                yield stated

    def _is_historic(self) -> bool:
        """Tell whether the paragraph speaks of the past so far, and of no day of the news since."""
        for start, end in reversed(self.before):
            tokens = tokens_of(self.text, start, end)
            if is_history(tokens, len(tokens), self.words, year=self.year):
                return True
            if is_anchored(tokens, self.words):
                return False
        return False

    def _stated(
        self, tokens: Tokens, m: Measured, subject: Subject, number: int, *, historic: bool
    ) -> Stated:
        role = role_of(tokens, m, self.words, year=self.year, kind=subject.kind)
        place = None if self._is_titled(tokens) else place_of(tokens, m, subject.end, self.words)
        figure = Figure(
            self._passage(tokens, (m.first, max(m.last, subject.end))),
            m.quantity,
            subject.name,
            self._found(tokens, (subject.first, subject.last)),
            "history" if historic and role == "current" else role,
            standing_of(tokens, m, self.words),
            self._found(tokens, place),
            self._found(tokens, time_of(tokens, m, self.words)),
            self._found(tokens, speaker_of(tokens, m, self.words)),
        )
        about = _about(tokens, m, self.words, _speaking(figure.speaker, figure.words.span.start))
        return Stated(
            figure,
            subject.kind,
            subject.population,
            about,
            m.written,
            number,
            vague=m.vague,
            named=self._names(figure),
            present=subject.present,
            period=period_of(tokens, m, self.words),
            deeds=deeds_around(tokens, m, self.words) if subject.kind == "thing" else frozenset(),
        )

    def _names(self, figure: Figure) -> bool:
        if figure.counted is None:
            return False
        nouns = (t.nouns for t in self.words.topics if t.name == figure.subject)
        return any(figure.counted.words.lower() in some for some in nouns)

    def _is_titled(self, tokens: Tokens) -> bool:
        named = [t for t in tokens if t.text[0].isalpha()]
        capital = sum(t.text[0].isupper() for t in named)
        return self.field == "title" and capital >= TITLED * max(1, len(named))

    def _found(self, tokens: Tokens, bounds: Bounds | None) -> Passage | None:
        if not bounds or bounds[0] >= bounds[1]:
            return None
        found = self._passage(tokens, bounds)
        return found if is_free_of_marks(found.words) else None

    def _passage(self, tokens: Tokens, bounds: Bounds) -> Passage:
        first, last = bounds
        return self.revision.passage(self.field, tokens[first].start, tokens[last - 1].end)


def _speaking(speaker: Passage | None, start: int) -> range:
    """Return the offsets at which the words behind the figure that name who says so may start.

    Before it, "the railway reported a loss" names what the figure is about.
    """
    behind = speaker is not None and speaker.span.start > start
    return range(speaker.span.start, speaker.span.end) if speaker and behind else range(0)


def _about(tokens: Tokens, m: Measured, words: FigureWords, speaking: range) -> frozenset[str]:
    """Return the stems around a figure: no grammar, no numbers, no one who is said to say it."""
    near = [
        *tokens[max(0, m.first - ABOUT_WITHIN) : m.first],
        *tokens[m.last : m.last + ABOUT_WITHIN],
    ]
    own = (t for t in near if t.start not in speaking and _tells(t, words))
    told = (t.word.removesuffix("'s") for t in own)
    return frozenset(stem(words.meaning.get(word, word)) for word in told)


def _tells(token: Token, words: FigureWords) -> bool:
    known = words.lists
    return (
        token.text[0].isalpha()
        and len(token.word) >= MIN_STEM_CHARS
        and token.word not in known["stops"]
        and token.word not in known["auxiliaries"]
        and token.word not in words.ones
        and token.word not in words.multipliers
    )
