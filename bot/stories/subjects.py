"""Says what a number counts or measures, in a form that reports can be compared by."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import Tokens, is_at
from bot.quantities.reading import Measured
from bot.stories.counted import Noun, counted_noun, family_of, is_plural
from bot.stories.topics import topic_of
from bot.text import stem

GOVERNS_WITHIN: Final = 14
"""Words before a sum or measure among which stands what it is for."""
BEHIND: Final = 8
"""The same behind it."""
WEAK: Final = frozenset({"worth"})
"""Names of sums that say less than any other beside them: "the sale is worth …"."""
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
    present: bool = False
    """Whether a topic counts those who were there, whom an article may count as everybody."""


def subject_of(tokens: Tokens, m: Measured, words: FigureWords) -> Subject:
    """Return what the number counts; a subject without a name where that is not clear."""
    unit = m.quantity.unit
    if unit in {"score", "magnitude"}:
        return Subject(unit, unit, "", m.last, m.last, m.last)
    if unit == "date":
        return _governed(tokens, m, words.dated, "date")
    if _is_dimension(unit):
        governed = _governed(tokens, m, words.measured, "measure")
        return governed if governed.name else _matter(tokens, m, words) or governed
    if unit and unit != "share":
        return _governed(tokens, m, words.money, "money")
    return _counted(tokens, m, words)


def _counted(tokens: Tokens, m: Measured, words: FigureWords) -> Subject:
    noun = counted_noun(tokens, m, words)
    if m.quantity.unit == "share":
        return _share(tokens, m, noun, words)
    if topic := topic_of(tokens, m, noun, words):
        present = noun.head >= 0 and words.has("present", tokens[noun.head].word)
        present = present and not _goes_on(tokens, noun.end, words)
        subject = _subject(topic, "topic", _population(tokens, m, noun, topic, words), noun)
        return subject._replace(present=present)
    return _thing(tokens, noun, words)


def _goes_on(tokens: Tokens, at: int, words: FigureWords) -> bool:
    """Tell whether another group is counted beside this one: "31 passengers and 4 guards"."""
    if at + 1 >= len(tokens) or tokens[at].word not in {"and", ","}:
        return False
    follows = tokens[at + 1]
    return follows.text[0].isdecimal() or follows.word in words.openers


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
    """A share is of what follows "of", or else what a word beside it says: "turnout"."""
    of = m.last < len(tokens) and tokens[m.last].word in {"of", "the"}
    if not of or noun.head < 0:
        named = _governed(tokens, m, words.rates, "share")
        return Subject(named.name, "share", "", m.last, m.last, m.last)
    return _subject(family_of(tokens[noun.head].word, words), "share", "", noun)


def _is_dimension(unit: str) -> bool:
    return unit in DIMENSIONS or unit.startswith("degrees")


def _governed(tokens: Tokens, m: Measured, names: Mapping[str, str], kind: str) -> Subject:
    """Return what a sum, measure or date is for: the nearest word before it, or else behind."""
    weak = None
    for at in _nearby(tokens, m):
        name = names.get(tokens[at].word)
        if name and name not in WEAK:
            return Subject(name, kind, "", at, at + 1, m.last)
        weak = weak or (Subject(name, kind, "", at, at + 1, m.last) if name else None)
    if weak:
        return weak
    return Subject(_self_named(m.quantity.unit), kind, "", m.last, m.last, m.last)


def _matter(tokens: Tokens, m: Measured, words: FigureWords) -> Subject | None:
    """Return what there is so much of: "528 square kilometres of farmland"."""
    at = m.last + 1
    if at >= len(tokens) or tokens[m.last].word != "of" or not tokens[at].text[0].islower():
        return None
    if words.has("stops", tokens[at].word):
        return None
    return Subject(family_of(tokens[at].word, words), "measure", "", at, at + 1, at + 1)


def _self_named(unit: str) -> str:
    """Return what a measure is of that its unit says by itself."""
    if unit.startswith("degrees"):
        return "temperature"
    return unit if unit == "speed" else ""


def _nearby(tokens: Tokens, m: Measured) -> Iterator[int]:
    for at in range(m.first - 1, max(-1, m.first - GOVERNS_WITHIN), -1):
        if tokens[at].word in {";", "and", "but", "while"} or tokens[at].text[0].isdecimal():
            break
        yield at
    opens = m.first == 1 and tokens[0].word == "at"  # "At 12 percent, inflation is …"
    behind = m.last + 1 if opens else m.last
    for at in range(behind, min(len(tokens), m.last + BEHIND)):
        if tokens[at].word in {",", ";", "and", "but", "while", "from"}:
            return
        yield at
