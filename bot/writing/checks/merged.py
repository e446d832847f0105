"""Finds sentences that are put together from two sources that have nothing to do with each other."""

from collections.abc import Iterator
from typing import Final

from bot.writing.checks.reading import Reading, Sources
from bot.writing.checks.values import Fault

PART: Final = 0.15
"""Share of the telling words, by weight, that only the second source has."""
LEAST: Final = 2
LINK: Final = 2.5
"""Weight (natural logarithm) from which a word shows that two sentences tell of one thing."""


def find_merged(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return a fault if parts of the sentence come from two sources without a link."""
    if len(sources.sentences) < 2:  # noqa: PLR2004 - two sources
        return
    weight = written.vocabulary.weights.weight
    stems = {written.stems[at] for at in written.content}
    total = sum(weight(stem) for stem in stems)

    def told(source: Reading, some: set[str]) -> float:
        return sum(weight(stem) for stem in some if stem in source.places)

    first = max(sources.sentences, key=lambda source: told(source, stems))
    rest = {stem for stem in stems if stem not in first.places}
    second = max(sources.sentences, key=lambda source: told(source, rest))
    own = {stem for stem in rest if stem in second.places}
    if len(own) < LEAST or told(second, rest) < PART * total or are_linked(first, second):
        return
    words = " ".join(t.text for t, s in zip(written.tokens, written.stems, strict=True) if s in own)
    yield Fault("merged", words, "this comes from a source that has nothing to do with the rest")


def are_linked(one: Reading, other: Reading) -> bool:
    """Tell whether two sentences share a telling word, or one refers back."""
    weight = one.vocabulary.weights.weight
    common = {one.stems[at] for at in one.content} & {other.stems[at] for at in other.content}
    return any(weight(stem) >= LINK for stem in common) or _refers(one) or _refers(other)


def _refers(reading: Reading) -> bool:
    """Tell whether a sentence begins with what another has named: he, their, this."""
    pronouns = reading.vocabulary.pronouns
    return any(word in pronouns for word in reading.words)
