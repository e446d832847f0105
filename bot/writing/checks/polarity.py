"""Checks that what a source denies, doubts or only plans is so in the sentence, and no other.

A negation or hedge governs the next telling word. Each telling word of the sentence is compared
with the place in the sources that has most of the words around it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

from bot.writing.checks.reading import Reading
from bot.writing.checks.roles import Place, around, fit
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

Operator = Literal["negation", "modality"]
State = Mapping[Operator, Sequence[int]]
"""Where the operators stand that govern a word."""
AHEAD: Final = 6
"""Words between an operator and what it governs."""
STOPS: Final = frozenset(".,;:!?()")
REACH: Final = 6


def find_polarity(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return what is denied or doubted where its source does not, and the other way round."""
    yield from _bare(written, sources)
    ours = governed(written)
    theirs = {
        s.stems[at] for s in sources.sentences for operators in [governed(s)] for at in operators
    }
    for at, stem in enumerate(written.stems):
        if at not in ours and stem not in theirs:
            continue
        if stem in sources.known:
            yield from _compare(written, at, ours.get(at, {}), sources)
        else:
            yield from _invented(written, ours.get(at, {}), sources)


def _bare(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return negations that govern no word of their clause ("he denied") and stand in no source."""
    for at, word in enumerate(written.words):
        bare = operator_at(written, at) == "negation" and _anchor(written, at) < 0
        if bare and word not in sources.known:
            yield Fault("negation", written.tokens[at].text, "no cited sentence says so")


def _compare(written: Reading, at: int, ours: State, sources: Sources) -> Iterator[Fault]:
    """Compare a word with the best of the places where the sources have it."""
    stem, here = written.stems[at], around(Place(written, (at, at + 1)), reach=REACH)
    best, fits = [], -1.0
    for source in sources.sentences:
        for place in source.places.get(stem, ()):
            there = around(Place(source, (place, place + 1)), reach=REACH)
            found = sum(fit(here, there, skips=True))
            if found > fits:
                best, fits = [(source, place)], found
            elif found == fits:
                best.append((source, place))
    states = [governed(source).get(place, {}) for source, place in best]
    for operator in ("negation", "modality"):
        if operator == "modality" and _only_passes_on(written, ours, best):
            continue
        if states and not any(_agree(operator, ours, state) for state in states):
            yield _fault(written, at, operator, ours, best[0], states[0])


def _only_passes_on(written: Reading, ours: State, best: list[tuple[Reading, int]]) -> bool:
    """Tell whether it says "reportedly" of what a source gives as somebody's claim."""
    words = written.vocabulary
    doubts = [written.words[at] for at in ours.get("modality", ())]
    return (
        bool(doubts)
        and words.hearsay.issuperset(doubts)
        and any(not words.said.isdisjoint(source.words) for source, _ in best)
    )


def _agree(operator: Operator, ours: State, theirs: State) -> bool:
    """Tell whether both places have it; a second negation undoes the first."""
    if operator == "modality":
        return (operator in ours) == (operator in theirs)
    return len(ours.get(operator, ())) == len(theirs.get(operator, ()))


def _fault(  # noqa: PLR0917 - a word here, and there
    written: Reading,
    at: int,
    operator: Operator,
    ours: State,
    best: tuple[Reading, int],
    theirs: State,
) -> Fault:
    if len(ours.get(operator, ())) > len(theirs.get(operator, ())):
        place = ours[operator][0]
        words = written.slice((min(place, at), max(place, at) + 1))
        return Fault(operator, words, "the source does not say so here")
    source, there = best
    place = theirs[operator][0]
    said = source.slice((min(place, there), max(place, there) + 1))
    return Fault(operator, written.tokens[at].text, f"the source says “{said}”")


def _invented(written: Reading, ours: State, sources: Sources) -> Iterator[Fault]:
    """Return an operator before a word that no source has, where no source has such an operator."""
    for operator, (place, *_) in ours.items():
        if not any(operator in state for s in sources.sentences for state in governed(s).values()):
            yield Fault(operator, written.tokens[place].text, "no cited sentence says so")


@lru_cache(maxsize=2048)
def governed(reading: Reading) -> Mapping[int, State]:
    """Return the words that a negation or hedge governs, each with where its operators stand."""
    found: dict[int, dict[Operator, list[int]]] = {}
    may_govern = reading.vocabulary.may_govern
    for at, word in enumerate(reading.words):
        operator = operator_at(reading, at) if may_govern(word) else None
        if operator and (anchor := _anchor(reading, at)) >= 0:
            found.setdefault(anchor, {}).setdefault(operator, []).append(at)
    return found


def operator_at(reading: Reading, at: int) -> Operator | None:
    """Return what the word does to what follows it."""
    words, word = reading.vocabulary, reading.words[at]
    if at in reading.naming:
        return None
    if words.negates(word):
        return "negation"
    if word in words.hedges:
        is_month = word in words.months and at > 0 and reading.tokens[at].text[0].isupper()
        return None if is_month else "modality"
    if word in words.intents and at + 1 < len(reading.tokens):
        follows = reading.words[at + 1]
        return "modality" if follows in words.intent_links or follows.endswith("ing") else None
    return None


def _anchor(reading: Reading, at: int) -> int:
    """Return the next telling word of the clause, or the last one before; -1 if there is none."""
    for near in range(at + 1, min(at + 1 + AHEAD, len(reading.tokens))):
        if reading.tokens[near].text in STOPS:
            break
        if _may_be_governed(reading, near):
            return near
    for near in range(at - 1, -1, -1):
        if reading.tokens[near].text in STOPS:
            break
        if _may_be_governed(reading, near):
            return near
    return -1


def _may_be_governed(reading: Reading, at: int) -> bool:
    words, word = reading.vocabulary, reading.words[at]
    return bool(
        reading.stems[at]
        and word[0].isalpha()
        and word not in words.function
        and word not in words.days
        and word not in words.figures.openers
        and word not in words.figures.multipliers
        and at not in reading.naming
        and operator_at(reading, at) is None
    )
