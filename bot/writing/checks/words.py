"""The words of one language that the checks know, as one frozen value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from bot.quantities.figure_words import FigureWords
from bot.weights import WordWeights, term

Words = frozenset[str]
NONE: Final[Words] = frozenset()
ATTRIBUTING: Final = ("strong_cues", "source_cues", "hearsay")


@dataclass(frozen=True, eq=False)
class CheckWords:
    """Words by what they do, in lower case, apostrophes straight.

    A list that a language lacks is empty; what that leaves unchecked is said in
    `bot.writing.checks`.
    """

    language: str
    weights: WordWeights
    figures: FigureWords = field(default_factory=FigureWords)
    stopwords: Mapping[str, Words] = field(default_factory=dict)
    """From the most frequent small words to the languages that have them."""
    function: Words = NONE
    openers: Words = NONE
    """Capitalised only because they begin a sentence."""
    negations: Words = NONE
    operators: Words = NONE
    """Negations, hedges and intents."""
    hedges: Words = NONE
    intents: Words = NONE
    """Hedges where one of `intent_links` follows."""
    intent_links: Words = NONE
    restrictions: Words = NONE
    """Conditions, without which the rest says more."""
    hearsay: Words = NONE
    said: Words = NONE
    """What makes a sentence somebody's claim."""
    attributing: Words = NONE
    """What may attribute a claim in a written sentence: `said`, and every cue of the language."""
    naming_sources: Words = NONE
    """Words before whoever says so: according (to), selon, laut."""
    factive: Words = NONE
    pronouns: Words = NONE
    relatives: Words = NONE
    """What begins a clause about the word before it."""
    subjects: Words = NONE
    """Words for people and bodies without a name, which may stand for one in the source."""
    days: Words = NONE
    """Single words for days, months and times."""
    dating: Words = NONE
    """All words that a date can begin with."""
    weekdays: Mapping[str, int] = field(default_factory=dict)
    """From 0, Monday."""
    months: Mapping[str, int] = field(default_factory=dict)
    relative_days: Mapping[str, int] = field(default_factory=dict)
    relative_before: Mapping[str, int] = field(default_factory=dict)
    relative_units: Words = NONE
    ambiguous_months: Words = NONE
    """Months that are other words too, told by a number or one of `before_months` beside them."""
    before_months: Words = NONE
    single: Words = NONE
    """Before a noun: there is one of it."""
    numerals: Words = NONE
    """Words for numbers, where `figures` knows none."""
    ordinals: Mapping[str, int] = field(default_factory=dict)
    multiples: Mapping[str, str] = field(default_factory=dict)
    """From a form to the one that stands for it."""
    quantifiers: Words = NONE
    """All, most and the like: they claim more than "some"."""
    antonyms: Mapping[str, Words] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    """From an irregular form to its base."""
    synonyms: Mapping[str, Words] = field(default_factory=dict)
    """From a stem to the stems that may stand for it."""
    demonyms: Mapping[str, str] = field(default_factory=dict)
    """From a form to the place's name."""
    titles: Words = NONE
    honorifics: Words = NONE
    placeholders: re.Pattern[str] | None = None
    """What a model repeats from its instructions, in lower case."""

    @cached_property
    def tellable(self) -> Words:
        """The languages that their small words tell."""
        return frozenset().union(*self.stopwords.values())

    def may_govern(self, word: str) -> bool:
        """Tell whether a word in lower case may deny or doubt another."""
        return word in self.operators or word.endswith("n't")

    def negates(self, word: str) -> bool:
        """Tell whether a word in lower case negates."""
        return word in self.negations or word.endswith("n't")


def families(entries: Iterable[str]) -> dict[str, str]:
    """Return the first word of each entry `first|second|…` by every word of it."""
    found: dict[str, str] = {}
    for entry in entries:
        first, *_ = members = entry.split("|")
        found |= {word: first for word in members if word not in found}
    return found


def groups(entries: Iterable[str]) -> dict[str, Words]:
    """Return the other words of its entries `one|other|…` by every word."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        members = entry.split("|")
        for word in members:
            found.setdefault(word, set()).update(w for w in members if w != word)
    return {word: frozenset(others) for word, others in found.items()}


def numbered(entries: Iterable[str]) -> dict[str, int]:
    """Return the numbers of entries `word=number`."""
    return {word: int(n) for word, _, n in (entry.partition("=") for entry in entries)}


def to_check_words(lists: Mapping[str, Sequence[str]], base: CheckWords) -> CheckWords:
    """Return the words of a language from its lists; `base` has what comes from no list.

    Raises:
        KeyError: a list is missing that every language has.
        ValueError: an entry that needs a number has none.
    """
    sets = {name: frozenset(entries) for name, entries in lists.items()}
    grammar = ("determiners", "prepositions", "auxiliaries", "conjunctions", "relatives")
    function = sets.get("function", NONE).union(sets["pronouns"], *(sets[n] for n in grammar))
    weekdays = families(lists.get("weekdays", ()))
    order = {day: number for number, day in enumerate(dict.fromkeys(weekdays.values()))}
    said = sets.get("said", sets["strong_cues"] | sets["source_cues"])
    months = {name: int(n) for name, n in base.figures.months.items()}
    times = {part for word in sets["time_words"] for part in (word, *word.split("-"))}
    units = sets.get("relative_units", NONE)  # dates only behind "last" and the like
    days = {*weekdays, *times, *sets.get("day_words", ())} - {*months, *units}
    return replace(
        base,
        function=function,
        openers=sets["openers"],
        negations=sets["negations"],
        operators=sets["negations"] | sets["hedges"] | sets.get("intents", NONE),
        hedges=sets["hedges"],
        hearsay=sets.get("hearsay", NONE),
        intents=sets.get("intents", NONE),
        intent_links=sets.get("intent_links", NONE),
        restrictions=sets.get("restrictions", NONE),
        said=said,
        attributing=said.union(*(sets.get(n, NONE) for n in ATTRIBUTING)),
        naming_sources=sets["source_cues"],
        factive=sets.get("factive", NONE),
        pronouns=sets["pronouns"],
        relatives=sets["relatives"] | sets["conjunctions"] | sets.get("clause_openers", NONE),
        subjects=sets["people_nouns"] | sets["body_nouns"],
        days=frozenset(days),
        dating=frozenset({*days, *months})
        | {entry.partition("=")[0] for entry in lists.get("relative_before", ())},
        weekdays={day: order[first] for day, first in weekdays.items()},
        months=months,
        relative_days=numbered(lists.get("relative_days", ())),
        relative_before=numbered(lists.get("relative_before", ())),
        relative_units=units,
        ambiguous_months=sets.get("ambiguous_months", NONE),
        before_months=sets.get("before_months", NONE),
        single=sets.get("single", NONE),
        numerals=sets["numerals"],
        ordinals=numbered(lists.get("ordinals", ())),
        multiples=families(lists.get("multiples", ())),
        quantifiers=sets.get("quantifiers", NONE),
        antonyms=groups(lists.get("antonyms", ())),
        bases=families(lists.get("irregular", ())),
        synonyms=_stemmed(groups(lists.get("synonyms", ())), base.language),
        demonyms=_keyed(families(lists.get("demonyms", ())), base.language),
        titles=sets["titles"],
        honorifics=sets.get("honorifics", NONE),
        placeholders=_phrases(lists.get("placeholders", ())),
    )


def _keyed(found: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the same by word and by stem."""
    return {**{term(word, language): place for word, place in found.items()}, **found}


def _phrases(entries: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, entries))})") if entries else None


def _stemmed(found: Mapping[str, Words], language: str) -> dict[str, Words]:
    stems: dict[str, set[str]] = {}
    for word, others in found.items():
        stems.setdefault(term(word, language), set()).update(term(w, language) for w in others)
    return {stem: frozenset(others) for stem, others in stems.items()}
