"""Reads a question: what kind of answer it wants, whose words, and what it is about."""

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from bot.followup.wording import alternatives, figure, key, words_of
from bot.text import clean, fold, squeeze
from bot.weights import WordWeights

MAX_QUESTION: Final = 2000
"""Characters that are read of a question."""
MAX_TERMS: Final = 40
"""Words of a question that are looked for; one that is asked in earnest has fewer."""
MIN_WEIGHT: Final = 0.6
"""A word that stands in more than e**-0.6 = 55 % of all articles says nothing about a question."""
SHORT_WORD: Final = 3
"""Letters up to which an unknown lower-case word is taken for a particle of some language."""
NAME_TIMES: Final = 1.5
"""What a name or figure counts, beside another word that is as rare."""

FEW_TERMS: Final = 2
"""A question with more words of its own stands alone, whatever "it" or "that" is in it."""
CARRIED: Final = 0.5
"""What a word of the question before counts in one that has words of its own."""


class Kind(Enum):
    """What would answer the question."""

    WHO_SAID = "the quotes with these words"
    SAID = "the quotes of this speaker"
    FIRST = "the article that had it first"
    OUTLETS = "the articles that have it"
    WHEN = "a sentence with a day or an hour"
    AMOUNT = "a sentence with a figure"
    AGE = "a sentence with the age of somebody"
    WHO = "a sentence that names somebody"
    IDENTITY = "a sentence with a name for whom the question describes"
    WHICH = "a sentence that names several"
    GENERAL = "a sentence"


@dataclass(frozen=True)
class Term:
    """One word of a question: the keys that it can be found by, and how much it says."""

    word: str
    keys: frozenset[str]
    weight: float
    is_fact: bool


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


SPEECH: Final = (
    r"(?:say|says|said|saying|tell|tells|told|telling|think|thinks|claim|claims|claimed)"
)
REPORT: Final = (
    r"(?:report|reports|reported|reporting|wrote|writes|publish|published|publishes|broke|carry"
    r"|carries|carried|cover|covers|covered|covering|revealed|had)"
)
OUTLET: Final = (
    r"(?:outlets?|papers?|newspapers?|media|sources?|sites?|stations?|agency|agencies|articles?)"
)
OPENING: Final = re.compile(
    r"(?:(?:and|so|but|ok|okay|please|hey|hi|hello|also|then|well|can you|could you|tell me"
    r"|do you know|does it say|do we know|say)\b[\s,]*)+"
)
PATTERNS: Final = (
    (Kind.FIRST, re.compile(rf"(?:who|(?:which|what) {OUTLET})\b.*\b{REPORT}\b.*\bfirst\b")),
    (Kind.FIRST, re.compile(rf"(?:who|(?:which|what) {OUTLET})\b.*\bfirst\b.*\b{REPORT}\b")),
    (Kind.FIRST, re.compile(r"who (?:said|told) (?:that|it|this|so) first\b")),
    (Kind.FIRST, re.compile(r"who (?:was|were) (?:the )?first to (?:say|report|tell|write)\b")),
    (Kind.OUTLETS, re.compile(rf"(?:which|what) (?:other )?{OUTLET}\b")),
    (Kind.OUTLETS, re.compile(rf"who (?:else )?(?:(?:is|are|has|have) )?(?!had\b){REPORT}\b")),
    (
        Kind.SAID,
        re.compile(rf"what (?:else )?(?:did|does|do|has|have|is|was|were)\b.*\b{SPEECH}\b"),
    ),
    (
        Kind.SAID,
        re.compile(r"how (?:did|does|do|has|have)\b.*\b(?:react|reacted|respond|comment)\b"),
    ),
    (Kind.WHO_SAID, re.compile(rf"who (?:else )?(?:(?:was|is|has) )?{SPEECH}\b")),
    (
        Kind.WHO_SAID,
        re.compile(r"who (?:called|described|warned|denied|asked|compared|recommended)\b"),
    ),
    (
        Kind.WHEN,
        re.compile(
            r"(?:by |until |since |at |on |in |from )?"
            r"(?:when\b|(?:what|which) (?:time|day|date|month|year|hour|weekday)\b)"
        ),
    ),
    (Kind.AGE, re.compile(r"how old\b|(?:at )?what age\b")),
    (
        Kind.AMOUNT,
        re.compile(
            r"(?:(?:by|for|to|in|of|at|about) )?how"
            r" (?:many|much|long|far|big|large|tall|heavy|fast|deep|high|often|wide)\b"
        ),
    ),
    (
        Kind.IDENTITY,
        re.compile(r"who(?:\W{0,2}s| is| was| are| were) (?:the|a|an|his|her|their)\b"),
    ),
    (Kind.WHO, re.compile(r"(?:by |to |with |for )?(?:who|whom|whose)\b")),
    (Kind.WHICH, re.compile(r"(?:[a-z]+ )?which\b")),
)
"""Openings of English questions, tried in this order; each is linear in the length of the text."""

MEASURE: Final = re.compile(
    r"\bhow (many|much|long|far|big|large|tall|heavy|fast|deep|high|often|wide)\b"
)
COUNTED: Final = re.compile(r"\bhow many (?:more |other |of the )?([^\W_]+)")
UNCOUNTED: Final = frozenset(
    (
        "did",
        "do",
        "does",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "will",
        "would",
        "still",
    )
)
"""What may follow "how many" without being what is counted."""
SAID_OF: Final = re.compile(
    rf".*?\b(?:did|does|do|has|have|is|was|were)\b(.*?)\b(?:{SPEECH}|react|reacted|respond|comment)\b"
)
"""Who is asked about in a question for somebody's words: what stands before the verb of speech."""

LITTLE_WORDS: Final = """
    who what when where which why how whom whose many much do does did done is are was
    were be been being has have had a an the of to in on at by for from with about and
    or but it its that this these those there they them their he him his she her hers
    say says said saying tell tells told telling think thinks claim claims claimed
    comment commented react reacted respond report reports reported reporting wrote
    write writes published publishes publish first broke carry carries carried cover
    covers covered covering revealed outlet outlets paper papers newspaper newspapers
    media source sources article articles story stories news site sites happen happened
    happens know known knows explain please anything something somebody someone anyone
    else exactly really actually long old far big large often time day date year month
    hour week ever still yet now can could will would should may might must i you we me
    us your our my s t m re ve ll all any some get gets got give gives gave make made
    take took come came go went call called calls describe described during after before
    into over out up off near than then so not no yes also just only more most ago age
    ok okay hey hi hello thanks thank mean summary summarise summarize latest update
    overview concerning regarding
    """
LITTLE: Final = frozenset(LITTLE_WORDS.split())
"""Words of English questions that name nothing."""

OVERVIEW: Final = re.compile(
    r"\b(?:what(?:\W{0,2}s| is| has)?"
    r" (?:happen\w*|the (?:latest|news|story)|new|going on|this about)"
    r"|summar\w+|overview|what do we know|catch me up"
    r"|(?:where|when|why|how) (?:did|was|is) (?:it|this|that))\b"
)
POINTS_BACK: Final = re.compile(
    r"\b(?:he|him|his|she|her|they|them|their|it|its|that|this|those)\b"
)
MALE_OR_FEMALE: Final = re.compile(r"\b(?:he|him|his|she|her|hers|they|them|their)\b")


def read_question(text: str, weights: WordWeights) -> Question:
    """Return what the question asks for. Any text is a question; of a long one its beginning."""
    shown = squeeze(clean(text[:MAX_QUESTION]))
    plain = fold(shown)
    opening = OPENING.match(plain)
    asked = plain[opening.end() :] if opening else plain
    kind = next((kind for kind, pattern in PATTERNS if pattern.match(asked)), Kind.GENERAL)
    terms = _terms(shown, weights)
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
        counted=_counted(asked, weights),
        measure=found.group(1) if (found := MEASURE.search(asked)) else "",
    )


def points_at_somebody(question: Question) -> bool:
    """Tell whether the question says "he", "she" or "they" and leaves open who that is."""
    return bool(MALE_OR_FEMALE.search(fold(question.text)))


def resolved(question: Question, before: Question) -> Question:
    """Return the question with what it leaves to the one before: its names, or all it was about.

    "What did she say?" takes over the names, "when was that?" and a bare "how many?" everything.
    """
    if question.kind is Kind.SAID and not question.speaker:
        facts = tuple(t for t in (*before.speaker, *before.terms) if t.is_fact)
        return replace(question, speaker=before.speaker or facts)
    if question.terms and points_at_somebody(question):
        facts = tuple(t for t in (*before.speaker, *before.terms) if t.is_fact)
        return _with(question, facts)
    if not question.terms and not question.speaker:
        return _with(question, (*before.speaker, *before.terms))
    if question.points_back and len(question.terms) <= FEW_TERMS:
        carried = (*before.speaker, *before.terms)
        return _with(question, tuple(replace(t, weight=t.weight * CARRIED) for t in carried))
    return question


def _counted(asked: str, weights: WordWeights) -> frozenset[str]:
    """Return the keys of the word behind "how many", unless it only joins the sentence."""
    found = COUNTED.search(asked)
    if not found or found.group(1) in UNCOUNTED:
        return frozenset()
    return alternatives(found.group(1), weights.language)


def _with(question: Question, terms: tuple[Term, ...]) -> Question:
    return replace(question, terms=tuple(dict.fromkeys((*question.terms, *terms))))


def _terms(text: str, weights: WordWeights) -> tuple[Term, ...]:
    """Return the words that say something, each once, in order."""
    found: dict[str, Term] = {}
    for place, (word, _) in enumerate(words_of(text)):
        if term := _term(word, weights, opens=place == 0):
            found.setdefault(key(word, weights.language), term)
    return tuple(found.values())[:MAX_TERMS]


def _term(word: str, weights: WordWeights, *, opens: bool) -> Term | None:
    folded = fold(word)
    bare = folded.partition("'")[0]
    if folded in LITTLE or bare in LITTLE:
        return None
    is_fact = bool(figure(word)) or (word[0].isupper() and not opens)
    weight = weights.weight(key(word, weights.language))
    if len(word) <= SHORT_WORD and not is_fact and weight == weights.weight(""):
        weight = 0.0
    if weight < MIN_WEIGHT and not is_fact:
        return None
    times = NAME_TIMES if is_fact else 1.0
    return Term(
        word, alternatives(word, weights.language), max(weight, MIN_WEIGHT) * times, is_fact
    )
