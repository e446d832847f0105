"""Checks that what a source only announces or plans is not told as done, and the other way round.

Read in the languages that have a list of plans, which is English. A form that says neither
("signing", "signs") agrees with both.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from bot.writing.checks.polarity import STOPS, best_places
from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

Aspect = Literal["done", "planned"]
AHEAD: Final = 4
"""Words between "will" and its verb, "be", "have" and adverbs among them."""
BACK: Final = 8
"""Words between "announced" and the "to" of what is announced."""
PAST: Final = "ed"
MANNER: Final = "ly"
NEVER_PAST: Final = ("s", "ing")
"""How forms of a verb end that are no past ones."""
SHOWN: Final = {"done": "done", "planned": "announced or planned"}


def find_aspects(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return verbs of which every best source says that they are done, and it that they are not."""
    theirs = {(s.stems[at], found) for s in sources.sentences for at, found in aspects(s).items()}
    for at, ours in aspects(written).items():
        opposite: Aspect = "planned" if ours == "done" else "done"
        if (written.stems[at], opposite) not in theirs:
            continue
        best = best_places(written, at, sources)
        if all(aspects(source).get(place) == opposite for source, place in best):
            reason = f"the source has it as {SHOWN[opposite]}"
            yield Fault("modality", written.tokens[at].text, reason)


@lru_cache(maxsize=2048)
def aspects(reading: Reading) -> Mapping[int, Aspect]:
    """Return the verbs of which the sentence says that they are done, or only to come."""
    found: dict[int, Aspect] = {}
    words = reading.vocabulary
    if not words.plans:
        return found
    may_come = "to" in reading.words or not words.future.isdisjoint(reading.words)
    for at in reading.worded:
        if not _may_be_verb(reading, at):
            continue
        if may_come and (_is_to_come(reading, at) or _is_planned(reading, at)):
            found[at] = "planned"
        elif is_past(reading, at) and _is_finite(reading, at):
            found[at] = "done"
    return found


def is_past(reading: Reading, at: int) -> bool:
    """Tell whether the word may be a past form of a verb, which is known of English alone."""
    word, words = reading.words[at], reading.vocabulary
    base = words.bases.get(word)
    if base is None:
        return word.endswith(PAST) and bool(words.plans)
    return word != base and not word.endswith(NEVER_PAST)


def before(reading: Reading, at: int) -> int:
    """Return the place of the word before, over adverbs and days; -1 if there is none."""
    near = at - 1
    while near >= 0 and is_adverb(reading, near):
        near -= 1
    return near


def is_adverb(reading: Reading, at: int) -> bool:
    """Tell whether the word only says how or when."""
    words, word = reading.vocabulary, reading.words[at]
    return word.endswith(MANNER) or word in words.adverbs or word in words.days


def _may_be_verb(reading: Reading, at: int) -> bool:
    telling = at in reading.content or reading.vocabulary.negates(reading.words[at])
    return telling and at not in reading.naming


def _is_to_come(reading: Reading, at: int) -> bool:
    """Tell whether "will" or "would" stands before the verb, and nothing but its own words."""
    words = reading.vocabulary
    near = before(reading, at)
    while near > max(-1, at - AHEAD) and reading.words[near] in words.auxiliaries:
        if reading.words[near] in words.future:
            return True
        near = before(reading, near)
    return False


def _is_planned(reading: Reading, at: int) -> bool:
    """Tell whether it is what somebody announced or planned to do: "announced to the U.N. to"."""
    words = reading.vocabulary
    to = before(reading, at)
    if to < 1 or reading.words[to] != "to":
        return False
    if reading.words[to - 1] in words.plans:
        return True
    for near in range(to - 1, max(-1, to - 1 - BACK), -1):
        if reading.words[near] in words.said:
            return True
        if not _may_stand_between(reading, near):
            return False
    return False


def _may_stand_between(reading: Reading, at: int) -> bool:
    """Tell whether the word only says to whom, where or when something was announced."""
    words, word = reading.vocabulary, reading.words[at]
    if at in reading.naming or word in words.days:
        return True
    clause = word in words.auxiliaries or word in words.pronouns or word in words.relatives
    return word in words.function and not clause and reading.tokens[at].text not in STOPS


def _is_finite(reading: Reading, at: int) -> bool:
    """Tell whether a past form is what somebody did.

    It may be an attribute: "the signed pact", "a pact signed by".
    """
    words = reading.vocabulary
    near = before(reading, at)
    if near < 0 or reading.words[near] in words.unfinished:
        return False
    if near in reading.naming or reading.words[near] in words.leading:
        return True
    attribute = at + 1 < len(reading.words) and reading.words[at + 1] in words.agents
    return near in reading.content and not attribute
