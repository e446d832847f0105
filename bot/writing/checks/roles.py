"""Checks that names, numbers and dates stand where their source has them, not where another stands.

A written name has words around it. If a source has those words around another name, and nowhere as
well around this one, the two were exchanged.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bot.writing.checks.days import is_same_day, read_days
from bot.writing.checks.reading import Reading, Run
from bot.writing.checks.rounding import compare
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

REACH: Final = 4
"""Words on either side that tell a place."""
GRAMMAR: Final = 0.3
"""What a word of grammar counts, where a telling word counts 1."""
LEAST: Final = 0.7
FAR: Final = 40
"""Words that may have been left out between a name and what it does."""
SIDE: Final = 0.1
MARGIN: Final = 0.25
"""How much better the other place must fit."""


class Around(NamedTuple):
    """The stems before and behind a run, the nearest first, each with what it counts."""

    before: tuple[tuple[str, float], ...]
    behind: tuple[tuple[str, float], ...]


class Place(NamedTuple):
    """A run in a sentence."""

    reading: Reading
    run: Run

    @property
    def words(self) -> str:
        """The run's text."""
        return self.reading.slice(self.run)


def find_roles(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return names, numbers and dates that stand where the source has another."""
    for run in written.named:
        own, others = _names_like(written, run, sources)
        yield from _check(Place(written, run), own, others)
    for measured in written.quantities:
        near = [
            (Place(s, (q.first, q.last)), bool(compare(measured, q)))
            for s in sources.sentences
            for q in s.quantities
        ]
        yield from _check(Place(written, (measured.first, measured.last)), *_split(near))
    for day in read_days(written):
        near = [
            (Place(s, d.run), is_same_day(day, d)) for s in sources.sentences for d in read_days(s)
        ]
        yield from _check(Place(written, day.run), *_split(near))


def _split(near: Iterable[tuple[Place, bool]]) -> tuple[list[Place], list[Place]]:
    own: list[Place] = []
    others: list[Place] = []
    for place, same in near:
        (own if same else others).append(place)
    return own, others


def _names_like(written: Reading, run: Run, sources: Sources) -> tuple[list[Place], list[Place]]:
    stems = proper_stems(written, run)
    near = [
        (Place(s, other), bool(stems & proper_stems(s, other)))
        for s in sources.sentences
        for other in s.named
    ]
    return _split(near)


def proper_stems(reading: Reading, run: Run) -> frozenset[str]:
    """Return the stems of a name without titles and small words; of a bare title its own."""
    words = reading.vocabulary
    found = frozenset(
        words.demonyms.get(reading.stems[at], reading.stems[at])
        for at in range(*run)
        if reading.stems[at]
        and reading.words[at] not in words.titles
        and reading.words[at] not in words.function
    )
    return found or frozenset(s for s in reading.stems[slice(*run)] if s)


def _check(place: Place, own: list[Place], others: list[Place]) -> Iterator[Fault]:
    if not own or not others:
        return
    here = around(place)
    if any(around(other) == here for other in own):
        return
    best = [fit(here, around(other, reach=FAR), skips=True) for other in own]
    for other in others:
        if any(_is_beside(other, mine) for mine in own):
            continue
        before, behind = fit(here, around(other))
        if before + behind >= LEAST and not any(
            _is_as_good(mine, (before, behind)) for mine in best
        ):
            yield Fault("role", place.words, f"there the source has “{other.words}”")
            return


def _is_beside(one: Place, other: Place) -> bool:
    """Tell whether two places are one name and its apposition: "Tarn, Northland"."""
    first, last = min(one.run[1], other.run[1]), max(one.run[0], other.run[0])
    between = one.reading.words[first:last]
    return one.reading is other.reading and between in {(",",), ("(",)}


def _is_as_good(mine: tuple[float, float], rival: tuple[float, float]) -> bool:
    """Tell whether a place fits as well as another, in all or clearly on one side."""
    return sum(mine) + MARGIN >= sum(rival) or any(
        a > b + SIDE for a, b in zip(mine, rival, strict=True)
    )


def around(place: Place, *, reach: int = REACH) -> Around:
    """Return the words around a place, up to so many on either side."""
    reading, (first, last) = place
    return Around(
        _side(reading, range(first - 1, -1, -1), reach),
        _side(reading, range(last, len(reading.tokens)), reach),
    )


def _side(reading: Reading, positions: range, reach: int) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    for at in positions:
        if stem := reading.stems[at]:
            found.append((stem, 1.0 if at in reading.content else GRAMMAR))
            if len(found) == reach:
                break
    return tuple(found)


def fit(one: Around, other: Around, *, skips: bool = False) -> tuple[float, float]:
    """Return how alike the surroundings of two places are before and behind; near words count more.

    With `skips` the other may have words in between that were left out here.
    """
    return _fit(one.before, other.before, skips=skips), _fit(one.behind, other.behind, skips=skips)


def _fit(
    one: tuple[tuple[str, float], ...], other: tuple[tuple[str, float], ...], *, skips: bool
) -> float:
    placed = telling = grammar = 0.0
    for near, (stem, value) in enumerate(one, start=1):
        far = next((n for n, (theirs, _) in enumerate(other, start=1) if theirs == stem), 0)
        if far and value == 1.0:
            telling += value / (near if skips else max(near, far))
        elif far:
            grammar += value / near
            placed += value / near if near <= len(other) and other[near - 1][0] == stem else 0.0
    return telling + (grammar if skips and telling else placed)
