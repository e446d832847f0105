"""What a sentence must show to answer a kind of question: a figure, a time, an age, a speech."""

import re
from typing import Final

from bot.followup.kinds import Kind
from bot.followup.questions import Question
from bot.followup.vocabulary import Vocabulary, contains, figure, words_of
from bot.text import fold

DAYS: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
SHORT_MONTHS: Final = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\."
NO_AMOUNT: Final = re.compile(
    rf"\b\d{{1,2}}:\d{{2}}\b|\b(?:1[89]|20)\d\d\b|\b\d{{1,2}} (?:{MONTHS})\b"
    rf"|\b(?:{MONTHS}|{SHORT_MONTHS}) \d{{1,2}}\b|\b\d{{1,2}} ?[ap]\.?m\b",
    re.IGNORECASE,
)
"""Figures that are times, dates and years."""
TIME: Final = re.compile(
    rf"\b(?:{DAYS}|{MONTHS}|{SHORT_MONTHS} \d|\d{{1,2}}:\d{{2}}|\d{{1,2}}(?:[.:]\d\d)? ?[ap]\.?m"
    r"|(?:1[5-9]|20)\d\d|o'clock|midnight|noon|midday|dawn|dusk|sunset|sunrise"
    r"|today|tomorrow|yesterday|tonight|morning|afternoon|evening|night|overnight|weekend"
    r"|(?:last|next|this|that|end of the|end of) (?:week|month|year|spring|summer|autumn|fall"
    r"|winter|season)"
    r"|\w+ (?:minutes|hours|days|weeks|months|years|decades) (?:ago|later|earlier|before|after)"
    r"|(?:at|by) (?:half past |quarter past |quarter to )?(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve))\b"
)
DURATION: Final = re.compile(
    r"\b(?:second|minute|hour|day|week|month|year|decade|centur)(?:s|y|ies)?\b"
    r"|\b(?:metre|meter|kilomet|km|mile|feet|foot|inch|centimet|yard)"
)
OFTEN: Final = re.compile(r"\b(?:times|once|twice|every|daily|weekly|each|a day|a week|a year)\b")
LARGE: Final = frozenset(
    (
        *("hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion"),
        *("billions", "dozen", "dozens", "half", "third", "quarter", "thirds", "quarters"),
    )
)
"""Words that say how many, and are no figures of their own."""
AGES: Final = (
    r"(?: [^\W\d_][\w’'-]*)?(?:,| is| was)?(?: (?:aged|who is|who was|of|is|was|now|then))?"
    r" \d{1,3}(?=[,.;)]| years? old| and \d| who\b| from\b| had\b| has\b| and\b|$)"
)
AGE: Final = re.compile(AGES)
"""What follows a person's name or word (woman, boy) and says the age."""
AGED: Final = re.compile(
    r"\baged \d{1,3}\b|\b\d{1,3}(?:-| )years?(?:-| )old\b|\b\d+\w\w birthday\b"
)
PASSIVE: Final = frozenset({"be", "been", "being", "was", "were", "is", "are", "to", "by"})
"""Words before a participle of speech that somebody else speaks."""
REACH: Final = 10
BEHIND: Final = 6
"""Words between a name and the verb of its speech, before and behind."""
REASON: Final = re.compile(
    r"\b(?:because|since|after|due to|owing to|so that|in order to|as a result|caused|causes|blamed"
    r"|reason|for (?:\w+ing|fear|lack)|thanks to|over|amid|prompted|described|said)\b"
)
PLACE: Final = re.compile(
    r"\b(?:in|at|near|outside|inside|from|to|off|across|along|on|under|behind|into)"
    r" (?:the |an? |its |his |her )?(?:[\w’'-]+ ){0,2}?[A-Z]"
)


def shows(question: Question, sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the sentence has what the kind of the question needs; most need nothing."""
    plain = fold(sentence)
    if question.kind is Kind.AMOUNT:
        return _has_amount(question, sentence, vocabulary)
    if question.kind in {Kind.WHEN, Kind.TIMELINE}:
        return bool(TIME.search(plain))
    if question.kind is Kind.IDENTITY:
        return names_in(question, sentence, vocabulary) > 0
    if question.kind is Kind.NAME:
        return _is_named(question, sentence, vocabulary)
    if question.kind is Kind.AGE:
        return _has_age(question, plain)
    return True


def is_doubtful(sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the sentence says that something is not established, or by whom unnamed."""
    return contains(fold(sentence), vocabulary.words.doubtful)


def is_renewed(sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the sentence says that something is not as it was."""
    return contains(fold(sentence), vocabulary.words.renewed)


def reports_speech(sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the sentence says that somebody said something."""
    return any(fold(word) in vocabulary.words.spoken for word, _ in words_of(sentence))


def speaks(names: frozenset[str], sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether one of the names, given by their keys, speaks in the sentence.

    The name stands shortly before a verb of speech that is not passive, or right behind one that
    comes after a comma or a quotation ("…,” said Holm").
    """
    found = list(words_of(sentence))
    named = [place for place, (word, _) in enumerate(found) if vocabulary.key(word) in names]
    for place, (word, start) in enumerate(found):
        if fold(word) not in vocabulary.words.spoken:
            continue
        before = fold(found[place - 1][0]) if place else ""
        if before not in PASSIVE and any(0 < place - name <= REACH for name in named):
            return True
        inverted = sentence[:start].rstrip().endswith((",", "”", '"', "»", "?", "!"))
        if (inverted or before == "") and any(0 < name - place <= BEHIND for name in named):
            return True
    return False


def names_in(question: Question, sentence: str, vocabulary: Vocabulary) -> int:
    """Return how many words inside the sentence have a capital and are not the question's."""
    asked = frozenset().union(*(term.keys for term in question.terms))
    inside = [word for word, place in words_of(sentence) if place > 1]
    return sum(w[0].isupper() and vocabulary.key(w) not in asked for w in inside)


def counts_directly(question: Question, sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a figure stands at most three words before what is counted."""
    found = [word for word, _ in words_of(NO_AMOUNT.sub(" ", sentence))]
    return any(
        vocabulary.key(word) in question.counted and any(map(_counts, found[max(0, i - 3) : i]))
        for i, word in enumerate(found)
    )


def figures_of(sentence: str) -> frozenset[str]:
    """Return the figures of the sentence that are no times, dates and years."""
    found = words_of(NO_AMOUNT.sub(" ", sentence))
    return frozenset(said for word, _ in found if (said := figure(word)))


def _counts(word: str) -> bool:
    return bool(figure(word)) or fold(word) in LARGE


def _has_amount(question: Question, sentence: str, vocabulary: Vocabulary) -> bool:
    plain = fold(sentence)
    if question.measure == "often":
        return bool(OFTEN.search(plain))
    if question.measure == "long" and not DURATION.search(plain):
        return False
    asked = frozenset().union(*(term.keys for term in question.terms))
    found = [word for word, _ in words_of(NO_AMOUNT.sub(" ", sentence).replace("-", " "))]
    if question.counted and not any(vocabulary.key(word) in question.counted for word in found):
        return False
    figures = [w for w in found if fold(w) in LARGE or figure(w) not in asked | {"", "1"}]
    return any(w[0].isdigit() or question.measure != "much" or fold(w) in LARGE for w in figures)


def _is_named(question: Question, sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a name stands within two words of what the question wants the name of."""
    asked = frozenset().union(*(t.keys for t in question.terms if not t.is_fact))
    facts = frozenset().union(*(t.keys for t in question.terms if t.is_fact))
    found = [word for word, _ in words_of(sentence)]
    named = [
        p > 0 and w[0].isupper() and vocabulary.key(w) not in facts for p, w in enumerate(found)
    ]
    return any(
        vocabulary.key(word) in asked
        and not fold(word).endswith("'s")
        and any(named[max(0, place - 2) : place + 3])
        for place, word in enumerate(found)
    )


def _has_age(question: Question, plain: str) -> bool:
    for term in question.terms:
        word = fold(term.word)
        place = plain.find(word)
        if place >= 0 and AGE.match(plain, place + len(word)):
            return True
    return bool(AGED.search(plain))
