"""How a question and a source come to the same keys: stems, figures for number words, synonyms."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.news import Value
from bot.text import WORD, fold
from bot.weights import WordWeights, term

GROUPED_DIGITS: Final = re.compile(r"(?<=\d)[,\u00a0\u202f](?=\d{3}(?!\d))")
"""The mark between the thousands of a figure."""

TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
"""A word of folded text, or a figure."""

NUMBER_WORDS: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety
    """
UNITS: Final = NUMBER_WORDS.split()[:20]
TENS: Final = NUMBER_WORDS.split()[20:]
FIGURES: Final = (
    {word: number for number, word in enumerate(UNITS)}
    | {word: 10 * number for number, word in enumerate(TENS, start=2)}
    | {
        f"{ten}-{unit}": 10 * number + digit
        for number, ten in enumerate(TENS, start=2)
        for digit, unit in enumerate(UNITS[1:10], start=1)
    }
    | {"once": 1, "twice": 2}
)
"""Number words up to 99, as their figures."""


class QuestionWords(Value, frozen=True):
    """What the stage knows of a language; without any, a question is found by its own words.

    `little`: words of questions that name nothing. `light`: verbs that news says in too many ways
    to look for them in earnest. `vague`: nouns that say little of what is asked for. `ordinals`:
    words that tell one of several from the others. `forms`: irregular forms, the base first.
    `same`: words that news uses for one another. `spoken`: how somebody reports speech. `doubtful`:
    signs that something is not established, or rests on somebody unnamed. `renewed`: signs that a
    report says what is new. `asking`: what only says which kind of answer is wanted, of questions
    about reports. `documents`: what says something without being anybody.
    """

    little: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    forms: tuple[tuple[str, ...], ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    spoken: frozenset[str] = frozenset()
    doubtful: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    asking: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language as they are looked up, and how much each says."""

    weights: WordWeights
    words: QuestionWords

    @property
    def language(self) -> str:
        """The language of the weights."""
        return self.weights.language

    def key(self, word: str) -> str:
        """Return the stem or figure by which one word is found."""
        return figure(word) or term(self._bases.get(fold(word), word), self.language)

    def keys(self, text: str) -> frozenset[str]:
        """Return what the text can be found by: stems of its words, figures without their commas.

        A hyphenated word gives its parts as well, and an abbreviation its letters without points.
        """
        return frozenset(key for word, _ in words_of(text) for key in self._forms(word))

    def alternatives(self, word: str) -> frozenset[str]:
        """Return the keys of the word and of the words that news uses for it."""
        own = {*self._forms(word)[:1]}
        if "." in word:
            own.update(self._forms(word))
        return frozenset(own).union(*(self._same.get(key, ()) for key in own))

    def weight(self, word: str) -> float:
        """Return how much the word says, from 0 on."""
        return self.weights.weight(self.key(word))

    @cached_property
    def light(self) -> frozenset[str]:
        """The keys of the words that are not looked for in earnest."""
        return frozenset(map(self.key, self.words.light))

    @cached_property
    def vague(self) -> frozenset[str]:
        """The keys of the nouns that say little."""
        return frozenset(map(self.key, self.words.vague))

    @cached_property
    def _bases(self) -> dict[str, str]:
        return {form: base for base, *others in self.words.forms for form in others}

    @cached_property
    def _same(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for group in self.words.same:
            keys = frozenset(map(self.key, group))
            for key in keys:
                found[key] = found.get(key, frozenset()) | keys
        return found

    def _forms(self, word: str) -> tuple[str, ...]:
        whole = self.key(word)
        if "-" in word:
            return (whole, *(self.key(part) for part in word.split("-") if part))
        if "." in word and not figure(word):
            return (whole, self.key(word.replace(".", "")))
        return (whole,)


def words_of(text: str) -> Iterator[tuple[str, int]]:
    """Return the words and figures of the text, each with where it starts in it.

    Places are those of the text without the marks between thousands.
    """
    for match in WORD.finditer(GROUPED_DIGITS.sub("", text)):
        yield match.group(), match.start()


def figure(word: str) -> str:
    """Return the figure that the word says, or nothing."""
    folded = fold(word)
    if folded in FIGURES:
        return str(FIGURES[folded])
    return folded if folded[:1].isdigit() else ""


def contains(folded: str, phrases: Iterable[str]) -> bool:
    """Tell whether one of the phrases stands in the folded text, from the start of a word on."""
    spaced = f" {' '.join(TOKEN.findall(folded))} "
    return any(f" {phrase}" in spaced for phrase in phrases)
