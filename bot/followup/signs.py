"""What a sentence must show to answer a kind of question: a figure, a time, an age, a speech."""

import re
from typing import Final

from bot.followup.questions import Kind, Question
from bot.followup.wording import figure, key, words_of
from bot.text import fold

DAYS: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
NO_AMOUNT: Final = re.compile(
    rf"\b\d{{1,2}}:\d{{2}}\b|\b(?:1[89]|20)\d\d\b|\b\d{{1,2}} (?:{MONTHS})\b", re.IGNORECASE
)
"""Figures that are times, dates and years."""
TIME: Final = re.compile(
    rf"\b(?:{DAYS}|{MONTHS}|\d{{1,2}}:\d{{2}}|(?:1[89]|20)\d\d|o'clock|midnight|noon|midday|dawn"
    r"|today|tomorrow|yesterday|tonight|morning|afternoon|evening|night|weekend"
    r"|(?:last|next|this) (?:week|month|year|spring|summer|autumn|winter)"
    r"|\w+ (?:minutes|hours|days|weeks|months|years) (?:ago|later|earlier)"
    r"|(?:at|by) (?:half past |quarter past |quarter to )?(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve))\b"
)
DURATION: Final = re.compile(
    r"\b(?:second|minute|hour|day|week|month|year|decade|centur)(?:s|y|ies)?\b"
)
OFTEN: Final = re.compile(r"\b(?:times|once|twice|every|daily|weekly|each|a day|a week|a year)\b")
SPOKEN: Final = re.compile(
    r"\b(?:said|says|told|tells|called|calls|described|warned|denied|announced|added|replied"
    r"|explained|estimates?|estimated|reckons|expects|declined|confirmed|asked|urged|promised"
    r"|thanked|according to|argued|claimed|insisted|recommended|ordered|proposed|demanded)\b"
)
AGES: Final = re.compile(
    r"(?: [^\W\d_][\w’'-]*)?(?:,| is| was)?(?: (?:aged|who is|who was|of|is|was|now|then))?"
    r" \d{1,3}(?=[,.;)]| years? old| and \d| who\b| from\b| had\b| has\b| and\b|$)"
)
"""What follows a person's name or word (woman, boy) and says the age."""
AGED: Final = re.compile(r"\baged \d{1,3}\b")


def shows(question: Question, sentence: str, language: str) -> bool:
    """Tell whether the sentence has what the kind of the question needs; most need nothing."""
    plain = fold(sentence)
    if question.kind is Kind.AMOUNT:
        return _has_amount(question, sentence, language)
    if question.kind is Kind.WHEN:
        return bool(TIME.search(plain))
    if question.kind is Kind.IDENTITY:
        return names_in(question, sentence, language) > 0
    if question.kind is Kind.AGE:
        return _has_age(question, plain)
    return True


def reports_speech(sentence: str) -> bool:
    """Tell whether the sentence says that somebody said something."""
    return bool(SPOKEN.search(fold(sentence)))


def names_in(question: Question, sentence: str, language: str) -> int:
    """Return how many words inside the sentence have a capital and are not the question's."""
    asked = frozenset().union(*(term.keys for term in question.terms))
    inside = [word for word, place in words_of(sentence) if place > 1]
    return sum(w[0].isupper() and key(w, language) not in asked for w in inside)


def counts_directly(question: Question, sentence: str, language: str) -> bool:
    """Tell whether a figure stands at most three words before what is counted."""
    found = [word for word, _ in words_of(NO_AMOUNT.sub(" ", sentence))]
    return any(
        key(word, language) in question.counted and any(map(figure, found[max(0, i - 3) : i]))
        for i, word in enumerate(found)
    )


def _has_amount(question: Question, sentence: str, language: str) -> bool:
    plain = fold(sentence)
    if question.measure == "often":
        return bool(OFTEN.search(plain))
    if question.measure == "long" and not DURATION.search(plain):
        return False
    asked = frozenset().union(*(term.keys for term in question.terms))
    found = [word for word, _ in words_of(NO_AMOUNT.sub(" ", sentence))]
    if question.counted and not any(key(word, language) in question.counted for word in found):
        return False
    figures = [w for w in found if figure(w) not in asked | {"", "1"}]
    return any(w[0].isdigit() or question.measure != "much" for w in figures)


def _has_age(question: Question, plain: str) -> bool:
    if AGED.search(plain):
        return True
    for term in question.terms:
        word = fold(term.word)
        place = plain.find(word)
        if place >= 0 and AGES.match(plain, place + len(word)):
            return True
    return False
