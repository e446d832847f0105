"""Reads the cited passages, sentence by sentence, once for all checks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final

from bot.text import clean, sentences, squeeze
from bot.writing.checks.reading import Reading, read
from bot.writing.checks.values import Cited
from bot.writing.checks.words import CheckWords

MAX_CHARS: Final = 20_000
"""Characters of one cited passage that are read: a passage is a sentence, not a book."""
LONG: Final = 400
"""Characters from which a sentence may be several."""
INNER_END: Final = re.compile(
    r"(?<=[a-z\d%][.!?])\s+(?=[A-Z“‘\"])|(?<=[.!?][”’\"])\s+(?=[A-Z“‘\"])"
)


@dataclass(frozen=True, eq=False)
class Sources:
    """The cited sentences, and the articles around them."""

    sentences: tuple[Reading, ...]
    around: tuple[str, ...]
    vocabulary: CheckWords
    language: str

    @cached_property
    def known(self) -> frozenset[str]:
        """All words of the cited sentences, and their stems."""
        return frozenset().union(*(s.known for s in self.sentences))

    @cached_property
    def contexts(self) -> tuple[Reading, ...]:
        """The sentences around the cited ones; read only where a name needs them."""
        return tuple(
            r for text in self.around for r in _passage(text, None, self.vocabulary, self.language)
        )


def read_sources(cited: Iterable[Cited], words: CheckWords, language: str) -> Sources:
    """Return the cited passages, read."""
    passages = [c for c in cited if c.words.strip()]
    found = [r for c in passages for r in _passage(c.words, c.dated, words, language)]
    around = {c.context: 0 for c in passages if c.context}
    return Sources(tuple(found), tuple(around), words, language)


@lru_cache(maxsize=1024)
def _passage(
    text: str, dated: datetime | None, words: CheckWords, language: str
) -> tuple[Reading, ...]:
    text = squeeze(clean(text)[:MAX_CHARS])
    bounds = sentences(text, 0, len(text), language=language)
    parts = [part for start, end in bounds for part in _cut(text[start:end])]
    return tuple(read(part, words, dated=dated) for part in parts)


def _cut(sentence: str) -> list[str]:
    """Cut what is too long for a sentence: a mark that nobody closed joined several."""
    return [sentence] if len(sentence) <= LONG else INNER_END.split(sentence)
