"""The words by which a language states figures, as a frozen value that the stage reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

Phrase = tuple[str, ...]
Phrases = Mapping[str, tuple[Phrase, ...]]
"""Phrases by their first word, the longest first."""

ARTICLES: Final = frozenset({"a", "an"})
MEANINGS: Final = ("deeds", "rates", "measured", "money", "families")
"""Lists in which words of one line mean the same; the last ones go before the first."""

Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Topic:
    """What may be told of people, and the words that tell it: see `figures-en.toml`."""

    name: str
    happened: Phrases
    did: Phrases
    doing: Phrases
    nouns: frozenset[str]
    counts: Phrases


@dataclass(frozen=True)
class FigureWords:
    """All words of a language; an unknown language has none, and no figures are found in it."""

    ones: Mapping[str, float] = field(default_factory=dict)
    tens: Mapping[str, float] = field(default_factory=dict)
    multipliers: Mapping[str, float] = field(default_factory=dict)
    short_multipliers: Mapping[str, float] = field(default_factory=dict)
    dozens: Mapping[str, float] = field(default_factory=dict)
    vague: Mapping[Phrase, tuple[float, float]] = field(default_factory=dict)
    fractions: Mapping[str, float] = field(default_factory=dict)
    bounds: Mapping[Phrase, str] = field(default_factory=dict)
    """Before a number: `at_least`, `more_than`, `at_most`, `nearly` or `about`."""
    units: Mapping[Phrase, tuple[str, float]] = field(default_factory=dict)
    """Behind a number: the unit, and how much of its base unit it is."""
    symbols: Mapping[str, str] = field(default_factory=dict)
    """Before a number: a currency."""
    topics: tuple[Topic, ...] = ()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Words of grammar and of people by name of the list."""
    phrases: Mapping[str, Phrases] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    """From a noun to the one that stands for it."""
    money: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, str] = field(default_factory=dict)
    dated: Mapping[str, str] = field(default_factory=dict)
    rates: Mapping[str, str] = field(default_factory=dict)
    meaning: Mapping[str, str] = field(default_factory=dict)
    """From a word of these lists to the one that stands for it."""
    deeds: Mapping[str, str] = field(default_factory=dict)
    """From what happened to things to the word that stands for it."""
    months: Mapping[str, float] = field(default_factory=dict)
    clues: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Nouns that tell a topic only beside one of these words."""
    openers: frozenset[str] = frozenset()
    """Words and signs that a quantity can begin with, apart from digits."""
    noughts: frozenset[str] = frozenset()
    """Nouns and pronouns of which there may be none."""
    told: frozenset[str] = frozenset()
    """Words that what is told of people can begin with, behind the number."""
    done: frozenset[str] = frozenset()
    """Words that what is told of people can end with, before the number."""
    multiples: frozenset[str] = frozenset()
    """One of these follows an article with which a number begins: "a dozen", "a third"."""
    signs: frozenset[str] = frozenset()
    """One of these words or a digit stands in every sentence that states a quantity."""

    @property
    def counting(self) -> frozenset[str]:
        """Words that say a number, without "one", which says more often that it is any."""
        found = {*self.ones, *self.tens, *self.multipliers, *self.dozens}
        return frozenset(found - {"one"})

    def has(self, name: str, word: str) -> bool:
        """Tell whether a list of that name holds the word, in lower case."""
        return word in self.lists[name]


def by_first(phrases: Iterable[str]) -> Phrases:
    """Return the phrases, each with spaces between its words, by their first word."""
    found: dict[str, list[Phrase]] = {}
    for text in phrases:
        phrase = tuple(text.split())
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(some, key=len, reverse=True)) for first, some in found.items()}


def to_figure_words(data: Mapping[str, str | Mapping[str, str]]) -> FigureWords:
    """Return the words of a data file, as `tomllib` reads it; its comments say what each list is.

    Raises:
        KeyError: a list is missing.
        ValueError: an entry that needs a number has none.
    """
    flat = {key: _entries(text) for key, text in data.items() if isinstance(text, str)}
    tables = {key: table for key, table in data.items() if not isinstance(table, str)}
    grammar = {**tables.pop("grammar"), **tables.pop("people"), **tables.pop("numbers")}
    things, clues = tables.pop("things"), tables.pop("clues")
    kinds = ("at_least", "more_than", "at_most", "nearly", "about")
    topics = tuple(_topic(name, table) for name, table in tables.items())
    return FigureWords(
        ones=_numbers(flat["units"]),
        tens=_numbers(flat["tens"]),
        multipliers=_numbers(flat["multipliers"]),
        short_multipliers=_numbers(flat["short_multipliers"]),
        dozens=_numbers(flat["dozens"]),
        vague=_spans(flat["vague"]),
        fractions=_numbers(flat["fractions"]),
        bounds={tuple(entry.split()): kind for kind in kinds for entry in flat[kind]},
        units=_units(flat),
        symbols=_symbols(flat),
        topics=topics,
        lists={key: frozenset(_entries(text)) for key, text in grammar.items()},
        phrases={
            **{key: by_first(_entries(text)) for key, text in grammar.items()},
            **{key: by_first(flat[key]) for key in ("or_more", "or_so", "fillers")},
        },
        families=_families(things["families"]),
        money=_families(things["money"]),
        measured=_families(things["measured"]),
        dated=_families(things["dated"]),
        rates=_families(things["rates"]),
        meaning={w: n for kind in MEANINGS for w, n in _families(things[kind]).items()},
        deeds={w.replace("_", " "): d for w, d in _families(things["deeds"]).items()},
        months=_numbers(flat["months"]),
        clues={noun: frozenset(_entries(text)) for noun, text in clues.items()},
        openers=_openers(flat),
        told=frozenset(word for t in topics for word in (*t.happened, *t.did)),
        done=frozenset(p[-1] for t in topics for some in t.doing.values() for p in some),
        multiples=_multiples(flat),
        signs=(_openers(flat) - ARTICLES) | _multiples(flat),
        noughts=frozenset(_entries(grammar["everybody"])).union(*(t.nouns for t in topics)),
    )


def _openers(flat: Mapping[str, list[str]]) -> frozenset[str]:
    named = _numbers([*flat["units"], *flat["tens"]])
    vague = {phrase[0] for phrase in _spans(flat["vague"])}
    return frozenset({*named, *vague, *_symbols(flat), *ARTICLES, "half"})


def _symbols(flat: Mapping[str, list[str]]) -> dict[str, str]:
    signs = {word: unit for word, unit in _pairs(flat["currencies"]) if not word.isalpha()}
    return signs | dict(_pairs(flat["codes"]))


def _multiples(flat: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(_numbers([*flat["multipliers"], *flat["dozens"], *flat["fractions"]]))


def _entries(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def _pairs(entries: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, value) for word, _, value in (entry.partition("=") for entry in entries)]


def _numbers(entries: Iterable[str]) -> dict[str, float]:
    return {word: float(value) for word, value in _pairs(entries)}


def _spans(entries: Iterable[str]) -> dict[Phrase, tuple[float, float]]:
    found = {}
    for word, value in _pairs(entries):
        low, _, high = value.partition("-")
        found[tuple(word.split())] = (float(low), float(high))
    return found


def _units(flat: Mapping[str, list[str]]) -> dict[Phrase, tuple[str, float]]:
    found: dict[Phrase, tuple[str, float]] = {}
    for word, unit in _pairs(flat["currencies"]):
        found[tuple(word.split())] = (unit, 0.01 if word.startswith("cent") else 1.0)
    found |= {tuple(word.split()): ("share", 0.01) for word in flat["percents"]}
    found |= {tuple(word.split()): ("points", 1.0) for word in flat["points"]}
    for word, value in _pairs(flat["measures"]):
        dimension, _, factor = value.partition(":")
        found[tuple(word.split())] = (dimension, float(factor))
    found |= {tuple(w.split()): (f"degrees {s}", 1.0) for w, s in _pairs(flat["temperatures"])}
    found |= {tuple(w.split()): ("duration", float(s)) for w, s in _pairs(flat["durations"])}
    return found


def _topic(name: str, table: Mapping[str, str]) -> Topic:
    return Topic(
        name,
        by_first(_entries(table["happened"])),
        by_first(_entries(table["did"])),
        by_first(_entries(table["doing"])),
        frozenset(_entries(table["nouns"])),
        by_first(_entries(table["counts"])),
    )


def _families(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.split():
        first, *_ = names = line.split("|")
        found |= dict.fromkeys(names, first)
    return found
