"""Finds where an article speaks of itself: corrections, retractions, time stamps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.text import paragraphs, squeeze

Notice = Literal["correction notice", "retraction"]
NOWHERE: Final = re.compile(r"(?!)")
MAX_STAMP_CHARS: Final = 110
MAX_CLOCK_CHARS: Final = 60
CLOCK: Final = re.compile(r"\b\d{1,2}(?:[:.h]\d{2})\b")
"""A time of day; a short line without a full stop that holds one is a stamp."""


@dataclass(frozen=True)
class Notices:
    """How articles speak of themselves, and the words for numbers, in the languages of the house.

    Args:
        correction: matches a paragraph or title that says that the article was corrected.
        retraction: one that says that it was taken back.
        stamp: the beginning of a line that says when it was published or updated.
        numbers: words for cardinal numbers, folded, without those that are articles too.
    """

    correction: re.Pattern[str] = NOWHERE
    retraction: re.Pattern[str] = NOWHERE
    stamp: re.Pattern[str] = NOWHERE
    numbers: frozenset[str] = frozenset()

    def notice(self, paragraph: str) -> Notice | None:
        """Return what the paragraph or title says of its article, if it does."""
        line = squeeze(paragraph)
        if self.retraction.search(line):
            return "retraction"
        return "correction notice" if self.correction.search(line) else None

    def is_stamp(self, paragraph: str) -> bool:
        """Tell whether the paragraph says when the article was published, and nothing else."""
        line = squeeze(paragraph)
        if len(line) <= MAX_STAMP_CHARS and self.stamp.match(line):
            return any(map(str.isdigit, line))
        ends = line.endswith((".", "!", "?", "”", '"'))
        return len(line) <= MAX_CLOCK_CHARS and not ends and bool(CLOCK.search(line))

    def has_notice(self, text: str) -> bool:
        """Tell whether a paragraph of the text is a notice."""
        return any(self.notice(text[a:b]) for a, b in paragraphs(text))


def to_notices(languages: Mapping[str, Mapping[str, str]]) -> Notices:
    """Return the notices of all languages together: outlets correct in the language they print.

    Each language has `labels` and `retraction_labels`, which head a paragraph and end in a colon or
    dash; `sentences` and `retraction_sentences`, regular expressions, one a line, in which `NOUN`
    stands for one of the `nouns`; `stamps`, which begin a line; and `numbers`.
    """
    kinds = {
        "correction": ("labels", "sentences"),
        "retraction": ("retraction_labels", "retraction_sentences"),
    }
    found = {
        kind: [_either(words, *keys) for words in languages.values()]
        for kind, keys in kinds.items()
    }
    stamps = [_choice(words["stamps"].splitlines()) for words in languages.values()]
    numbers = [words["numbers"].split() for words in languages.values()]
    return Notices(
        _compiled(found["correction"]),
        _compiled(found["retraction"]),
        re.compile(rf"\W*(?:{'|'.join(stamps)})\b", re.IGNORECASE),
        frozenset(number for listed in numbers for number in listed),
    )


def _either(words: Mapping[str, str], labels: str, sentences: str) -> str:
    noun = f"(?:{'|'.join(words['nouns'].split())})"
    label = _choice(words[labels].splitlines())
    heads = rf"^\W*{label}\b[^.!?:]{{0,40}}(?::|\s[–—-]\s|—|-(?=\w))"
    told = [line.strip().replace("NOUN", noun) for line in words[sentences].splitlines()]
    return "|".join((heads, *(rf"\b{line}" for line in told if line)))


def _choice(lines: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(line.strip()) for line in lines if line.strip())})"


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)
