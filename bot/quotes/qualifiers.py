"""Finds what a cut takes away from words: a negation, a condition, a doubt, part of a number."""

import re
from typing import Final

from bot.news import Difference, Value

Words = frozenset[str]

PUNCTUATION: Final = re.compile(r"[,;:—–()\[\]]|\s-\s|--")
LEAST: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\d+")
NUMERIC: Final = re.compile(r"\d")
MAX_SHOWN: Final = 200
"""Characters of what was left out that a difference shows."""


class Qualifiers(Value, frozen=True):
    """Words that turn round or limit what is said, by what they do; none in an unknown language.

    In a language without words every cut inside a sentence counts as one that changes it.
    """

    negations: Words = frozenset()
    denials: Words = frozenset()
    conditions: Words = frozenset()
    reservations: Words = frozenset()
    doubts: Words = frozenset()
    limits: Words = frozenset()
    numbers: Words = frozenset()
    conjunctions: Words = frozenset()

    def is_negation(self, word: str) -> bool:
        """Tell whether a word in lower case, with a straight apostrophe, negates."""
        return word in self.negations or word.endswith("n't")

    def is_denial(self, word: str) -> bool:
        """Tell whether an article's word before a quotation denies what is quoted."""
        return word in self.denials or word.endswith("n't")

    def is_number(self, word: str) -> bool:
        """Tell whether a word in lower case is a number or part of one."""
        return word in self.numbers or bool(NUMERIC.search(word))


def find_cut(head: str, words: str, tail: str, known: Qualifiers) -> Difference | None:
    """Return what was left out before or behind words in their sentence, if it changes them.

    `head` and `tail` are the rest of the sentence. A condition counts anywhere; a negation or limit
    only in the clause that the words were cut from; a doubt (hope, claim, would) before the words;
    a number that was cut in two; the question mark of a question.
    """
    first, last = lower_words(words)[:1], lower_words(words)[-1:]
    if _changes_tail(tail, last, known):
        return Difference("trimmed tail", "", tail.strip()[:MAX_SHOWN])
    if _changes_head(head, first, known):
        return Difference("trimmed head", "", head.strip()[-MAX_SHOWN:])
    return None


def lower_words(text: str) -> list[str]:
    """Return the words of a text in lower case, apostrophes straight."""
    return [word.replace("’", "'").lower() for word in LEAST.findall(text)]


def _changes_tail(tail: str, last: list[str], known: Qualifiers) -> bool:
    if tail.rstrip("\"'”’» \n").endswith("?"):
        return True
    rest = lower_words(tail)
    if not known.negations:
        return bool(rest)
    clause = lower_words(PUNCTUATION.split(tail.lstrip(" ,;:—–-"), maxsplit=1)[0])
    for number, word in enumerate(clause):
        if word in known.conjunctions and number:
            clause = clause[:number]
            break
    return (
        _has(rest, known.conditions | known.reservations)
        or _has(clause, known.limits)
        or any(known.is_negation(word) for word in clause)
        or (_touches(tail) and _both_numbers(last, rest[:1], known))
    )


def _changes_head(head: str, first: list[str], known: Qualifiers) -> bool:
    rest = lower_words(head)
    if not known.negations:
        return bool(rest)
    parts = [part for part in PUNCTUATION.split(head) if part.strip()]
    behind_comma = bool(PUNCTUATION.search(head.rstrip()[-1:]))
    clause = lower_words(" ".join(parts[-2 if behind_comma else -1 :]))
    return (
        _has(rest, known.conditions | known.doubts)
        or any(known.is_negation(word) for word in clause)
        or (not behind_comma and _both_numbers(rest[-1:], first, known))
    )


def _touches(tail: str) -> bool:
    return tail[:1].isspace() or tail[:1] == "-"


def _both_numbers(before: list[str], behind: list[str], known: Qualifiers) -> bool:
    return all(known.is_number(word) for word in before + behind) and bool(before and behind)


def _has(words: list[str], sought: Words) -> bool:
    """Tell whether a word, or two or three that stand together, are among those sought."""
    return any(
        " ".join(words[i : i + size]) in sought for i in range(len(words)) for size in (1, 2, 3)
    )
