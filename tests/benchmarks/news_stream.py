"""Makes a long stream of invented articles with the word statistics of news, fast."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from math import exp
from random import Random
from typing import Final

from bot.language import load_weights
from bot.news import Article, Outlet, Revision, Source
from tests.builders import NOON

SYLLABLES: Final = tuple("badekilomunaperisotuvawexiyozajo"[n : n + 2] for n in range(0, 32, 2))
WORDS_PER_ARTICLE: Final = 400
EVENTS_ALIVE: Final = 400
NAMES_PER_EVENT: Final = 14
SOURCE: Final = Source("https://wire.example/feed", "feed", Outlet("Sample Wire"))


class NewsStream:
    """Articles on events that come and go, each in words of its own; the same for the same seed.

    Common words come as often as in the shipped background; an event has names and figures of its
    own, of which each article uses some. One article in ten is a changed copy of the last one.
    """

    def __init__(self, seed: int, *, per_day: int) -> None:
        self._random = Random(seed)  # noqa: S311
        weights = load_weights().weights
        self._stems = list(weights)
        self._often = list(accumulate(exp(-weight) ** 2 for weight in weights.values()))
        self._events = [self._event() for _ in range(EVENTS_ALIVE)]
        self._step = timedelta(days=1) / per_day
        self._last = ""

    def articles(self, count: int, *, first: int = 0, hot: float = 0.0) -> Iterator[Article]:
        """Return so many articles, numbered from `first`; a share of `hot` is on one event."""
        event = self._event()
        for number in range(first, first + count):
            if self._random.random() < 1 / 8:
                self._events[self._random.randrange(EVENTS_ALIVE)] = self._event()
            is_hot = self._random.random() < hot
            yield self._article(number, event if is_hot else self._random.choice(self._events))

    def _article(self, number: int, event: list[str]) -> Article:
        random = self._random
        if self._last and random.random() < 1 / 10:
            body = f"{self._word().capitalize()} and {self._word()}. {self._last}"
        else:
            common = random.choices(self._stems, cum_weights=self._often, k=WORDS_PER_ARTICLE)
            for name in random.sample(event, NAMES_PER_EVENT - 4):
                for _ in range(3):
                    common[int(len(common) * random.random() ** 2)] = name
            body = " ".join(common) + "."
        self._last = body
        title = " ".join([*random.sample(event, 4), self._word()])
        at = NOON + number * self._step
        revision = Revision.of(f"a{number}", 1, title, body, seen_at=at)
        return Article(f"a{number}", SOURCE, (revision,), published_at=at)

    def _event(self) -> list[str]:
        names = [self._word().capitalize() for _ in range(NAMES_PER_EVENT - 2)]
        return [*names, *(str(self._random.randrange(1000, 99999)) for _ in range(2))]

    def _word(self) -> str:
        return "".join(self._random.choices(SYLLABLES, k=3))
