"""Says what a number counts or measures, in a form that reports can be compared by."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import Tokens, is_at
from bot.quantities.reading import Measured
from bot.stories.counted import Noun, counted_noun, family_of, is_plural
from bot.stories.topics import topic_of
from bot.text import stem

GOVERNS_WITHIN: Final = 9
"""Words before a sum or measure among which stands what it is for; behind it, five."""
DIMENSIONS: Final = frozenset({"length", "area", "mass", "volume", "speed", "power", "duration"})


class Subject(NamedTuple):
    """What a number counts: a topic or a stem, whom, the words for it, and how sure that is.

    `first` and `last` bound the noun; `end` is where the noun phrase behind the number ends.
    """

    name: str
    kind: str
    population: str
    first: int
    last: int
    end: int


def subject_of(tokens: Tokens, m: Measured, words: FigureWords) -> Subject:
    """Return what the number counts; a subject without a name where that is not clear."""
    unit = m.quantity.unit
    if unit in {"score", "magnitude"}:
        return Subject(unit, unit, "", m.last, m.last, m.last)
    if unit == "date":
        return _governed(tokens, m, words.dated, "date")
    if _is_dimension(unit):
        return _governed(tokens, m, words.measured, "measure")
    if unit and unit != "share":
        return _governed(tokens, m, words.money, "money")
    return _counted(tokens, m, words)


def _counted(tokens: Tokens, m: Measured, words: FigureWords) -> Subject:
    noun = counted_noun(tokens, m, words)
    if m.quantity.unit == "share":
        return _share(tokens, m, noun, words)
    if topic := topic_of(tokens, m, noun, words):
        return _subject(topic, "topic", _population(tokens, m, noun, topic, words), noun)
    return _thing(tokens, noun, words)


def _subject(name: str, kind: str, population: str, noun: Noun) -> Subject:
    if noun.head < 0:
        return Subject(name, kind, population, noun.end, noun.end, noun.end)
    return Subject(name, kind, population, noun.head, noun.head + 1, noun.end)


def _population(  # noqa: PLR0917 - a number, its noun and its topic
    tokens: Tokens, m: Measured, noun: Noun, topic: str, words: FigureWords
) -> str:
    """Return whom the topic counts: the stem of the noun, nothing for everybody."""
    if noun.head < 0:
        return ""
    head = tokens[noun.head].word
    nouns = next(t.nouns for t in words.topics if t.name == topic)
    whole = any(is_at(tokens, noun.head, tuple(w.split())) for w in words.lists["whole"])
    if head in words.lists["everybody"] or head in nouns or whole:
        inner = [t.word for t in tokens[m.last : noun.head]]
        kinds = [w for w in inner if is_plural(w, words) or w in words.lists["kinds"]]
        return stem(kinds[0]) if kinds else ""
    return family_of(head, words)


def _thing(tokens: Tokens, noun: Noun, words: FigureWords) -> Subject:
    if noun.head < 0:
        return _subject("", "", "", noun)
    return _subject(family_of(tokens[noun.head].word, words), "thing", "", noun)


def _share(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> Subject:
    """A share is of what follows "of"; without that it has no subject."""
    of = m.last < len(tokens) and tokens[m.last].word in {"of", "the"}
    if not of or noun.head < 0:
        return Subject("", "share", "", m.last, m.last, m.last)
    return _subject(family_of(tokens[noun.head].word, words), "share", "", noun)


def _is_dimension(unit: str) -> bool:
    return unit in DIMENSIONS or unit.startswith("degrees")


def _governed(tokens: Tokens, m: Measured, names: Mapping[str, str], kind: str) -> Subject:
    """Return what a sum, measure or date is for: the nearest word before it, or else behind."""
    for at in _nearby(tokens, m):
        if name := names.get(tokens[at].word):
            return Subject(name, kind, "", at, at + 1, m.last)
    return Subject("", kind, "", m.last, m.last, m.last)


def _nearby(tokens: Tokens, m: Measured) -> Iterator[int]:
    for at in range(m.first - 1, max(-1, m.first - GOVERNS_WITHIN), -1):
        if tokens[at].word in {";", "and", "but", "while"} or tokens[at].text[0].isdecimal():
            break
        yield at
    for at in range(m.last, min(len(tokens), m.last + 5)):
        if tokens[at].word in {",", ";", "and", "but", "while", "from"}:
            return
        yield at
