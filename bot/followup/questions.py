"""Reads a question: what kind of answer it wants, whose words, and what it is about."""

import re
from dataclasses import dataclass, replace
from typing import Final

from bot.followup.kinds import (
    COUNTED,
    MALE_OR_FEMALE,
    MEASURE,
    OPENING,
    OVERVIEW,
    POINTS_BACK,
    SAID_OF,
    UNCOUNTED,
    Kind,
    kind_of,
)
from bot.followup.vocabulary import Vocabulary, figure, words_of
from bot.text import clean, fold, squeeze

MAX_QUESTION: Final = 2000
"""Characters that are read of a question."""
MAX_TERMS: Final = 40
"""Words of a question that are looked for; one that is asked in earnest has fewer."""
MIN_WEIGHT: Final = 0.6
"""A word that stands in more than e**-0.6 = 55 % of all articles says nothing about a question."""
SHORT_WORD: Final = 3
"""Letters up to which an unknown lower-case word is taken for a particle of another language."""
NAME_TIMES: Final = 1.5
"""What a name or figure counts, beside another word that is as rare."""
LIGHT_TIMES: Final = 0.3
"""What a word counts that is not looked for in earnest."""

FEW_TERMS: Final = 2
"""A question with more words of its own stands alone, whatever "it" or "that" is in it."""
CARRIED: Final = 0.5
"""What a word of the question before counts in one that has words of its own."""
DAY: Final = re.compile(
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may"
    r"|june|july|august|september|october|november|december"
)


@dataclass(frozen=True)
class Term:
    """One word of a question: the keys that it can be found by, and how much it says.

    A name or figure is a fact; `is_pinned` are figures, days and months, which must stand right
    where the answer is.
    """

    word: str
    keys: frozenset[str]
    weight: float
    is_fact: bool
    is_pinned: bool = False
    is_light: bool = False
    is_vague: bool = False


@dataclass(frozen=True)
class Question:
    """A question that was read. `speaker` and `terms` share no word; `text` is cut to length.

    For an amount, `measure` is the word behind "how" and `counted` the keys of what is counted.
    """

    text: str
    kind: Kind
    terms: tuple[Term, ...]
    speaker: tuple[Term, ...] = ()
    asks_overview: bool = False
    points_back: bool = False
    counted: frozenset[str] = frozenset()
    measure: str = ""


def read_question(text: str, vocabulary: Vocabulary) -> Question:
    """Return what the question asks for. Any text is a question; of a long one its beginning."""
    shown = squeeze(clean(text[:MAX_QUESTION]))
    plain = fold(shown)
    opening = OPENING.match(plain)
    asked = plain[opening.end() :] if opening else plain
    kind = kind_of(asked)
    terms = _terms(shown, vocabulary)
    speaker: tuple[Term, ...] = ()
    if kind is Kind.SAID and (said := SAID_OF.match(asked)):
        named = {fold(word) for word, _ in words_of(said.group(1))}
        speaker = tuple(term for term in terms if fold(term.word) in named)
    return Question(
        shown,
        kind,
        tuple(term for term in terms if term not in speaker),
        speaker,
        asks_overview=bool(OVERVIEW.search(plain)),
        points_back=bool(POINTS_BACK.search(plain)),
        counted=_counted(asked, vocabulary),
        measure=found.group(1) if (found := MEASURE.search(asked)) else "",
    )


def points_at_somebody(question: Question) -> bool:
    """Tell whether the question says "he", "she" or "they" and leaves open who that is."""
    return bool(MALE_OR_FEMALE.search(fold(question.text)))


def resolved(question: Question, before: Question) -> Question:
    """Return the question with what it leaves to the one before: its names, or all it was about.

    "What did she say?" takes over the names, "when was that?" and a bare "how many?" everything.
    """
    facts = tuple(t for t in (*before.speaker, *before.terms) if t.is_fact)
    if question.kind is Kind.SAID and not question.speaker:
        return replace(question, speaker=before.speaker or facts)
    if points_at_somebody(question) and (question.terms or facts):
        return _with(question, facts)
    if not question.terms and not question.speaker:
        return _with(question, (*before.speaker, *before.terms))
    if question.points_back and len(question.terms) <= FEW_TERMS:
        carried = (*before.speaker, *before.terms)
        return _with(question, tuple(replace(t, weight=t.weight * CARRIED) for t in carried))
    return question


def in_earnest(question: Question) -> Question:
    """Return the question with its light words looked for like all others."""
    terms = tuple(
        replace(t, weight=t.weight / LIGHT_TIMES, is_light=False) if t.is_light else t
        for t in question.terms
    )
    return replace(question, terms=terms)


def _counted(asked: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the keys of the word behind "how many": the last before a verb such as "did"."""
    found = COUNTED.search(asked)
    if not found:
        return frozenset()
    words = found.group(1).split()
    ends = next((place for place, word in enumerate(words) if word in UNCOUNTED), None)
    if ends is None:
        return vocabulary.alternatives(words[0])
    return vocabulary.alternatives(words[ends - 1]) if ends else frozenset()


def _with(question: Question, terms: tuple[Term, ...]) -> Question:
    return replace(question, terms=tuple(dict.fromkeys((*question.terms, *terms))))


def _terms(text: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return the words that say something, each once, in order."""
    found: dict[str, Term] = {}
    known = any(fold(word) in vocabulary.words.little for word, _ in words_of(text))
    for place, (word, _) in enumerate(words_of(text)):
        if term := _term(word, vocabulary, opens=place == 0, known=known):
            found.setdefault(vocabulary.key(word), term)
    return tuple(found.values())[:MAX_TERMS]


def _term(word: str, vocabulary: Vocabulary, *, opens: bool, known: bool) -> Term | None:
    folded = fold(word)
    bare = folded.partition("'")[0]
    is_fact = bool(figure(word)) or (word[0].isupper() and not opens)
    if {folded, bare} & vocabulary.words.little and not (
        is_fact and len(word) > 1 and word.isupper()
    ):
        return None
    weight = vocabulary.weight(word)
    if (
        not known
        and len(word) <= SHORT_WORD
        and not is_fact
        and weight == vocabulary.weights.weight("")
    ):
        weight = 0.0
    if weight < MIN_WEIGHT and not is_fact:
        return None
    key = vocabulary.key(word)
    is_light = not is_fact and key in vocabulary.light
    is_vague = not is_fact and key in vocabulary.vague
    times = NAME_TIMES if is_fact else LIGHT_TIMES if is_light or is_vague else 1.0
    return Term(
        word,
        vocabulary.alternatives(word),
        max(weight, MIN_WEIGHT) * times,
        is_fact,
        is_pinned=_is_pinned(folded, bare, vocabulary, is_fact=is_fact),
        is_light=is_light,
        is_vague=is_vague,
    )


def _is_pinned(folded: str, bare: str, vocabulary: Vocabulary, *, is_fact: bool) -> bool:
    """Tell whether the word is a figure, an ordinal, a day or a month."""
    is_day = is_fact and DAY.fullmatch(bare)
    return bool(figure(folded) or is_day) or folded in vocabulary.words.ordinals
