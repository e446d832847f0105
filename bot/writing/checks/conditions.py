"""Checks that a condition of the source is not left out: without it the rest says more."""

from collections.abc import Iterator
from typing import Final

from bot.writing.checks.attribution import MOSTLY, cover
from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

NEAREST: Final = 3
"""Telling words beside a condition, of which all but one must be told for it to matter."""
SHOWN: Final = 60


def find_conditions(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return the condition that the sentence lost, if its best source has one and it has none."""
    restrictions = written.vocabulary.restrictions
    if restrictions.intersection(written.words):
        return
    best = max(sources.sentences, key=lambda source: cover(written, source))
    if restrictions.isdisjoint(best.words) or cover(written, best) < MOSTLY:
        return
    for at, word in enumerate(best.words):
        if word not in restrictions:
            continue
        beside = _beside(best, at)
        told = sum(best.stems[n] in written.places for n in beside)
        if len(beside) == NEAREST and told >= NEAREST - 1:
            said = best.text[best.tokens[at].start :][:SHOWN]
            yield Fault("modality", written.text, f"the source has a condition: “{said}”")
            return


def _beside(source: Reading, at: int) -> list[int]:
    """Return the telling words that a condition limits: those before it, or behind its comma."""
    before = [n for n in sorted(source.content) if n < at]
    if before:
        return before[-NEAREST:]
    comma = next((n for n in range(at, len(source.words)) if source.words[n] == ","), at)
    return [n for n in sorted(source.content) if n > comma][:NEAREST]
