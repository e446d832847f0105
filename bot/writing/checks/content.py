"""Checks that the words of a sentence are those of its sources, and that one story told them."""

from collections.abc import Iterator
from typing import Final

from bot.writing.checks.days import day_tokens
from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

TOLERANCE: Final = 0.25
"""Share of the telling words, by weight, that may be the writer's own."""
RUN: Final = 2
"""Telling words of the writer's own that may not follow each other."""
RARE: Final = 4
"""Letters of a rare word; a source's word that begins with as many may be its kin."""
LEAST: Final = 2
"""Telling words, names and numbers of a source without which a sentence says nothing."""


def find_strange(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return what the sentence says in words of its own beyond the tolerance, or that it is empty.

    Names and dates have checks of their own.
    """
    order = sorted(written.content - written.naming - day_tokens(written))
    strange = [at for at in order if not is_supported(written, at, sources)]
    if _is_empty(written, set(order) - set(strange), sources):
        yield Fault("content", written.text, "it says nothing that a cited sentence says")
        return
    weight = written.vocabulary.weights.weight
    total = sum(weight(written.stems[at]) for at in order)
    own = sum(weight(written.stems[at]) for at in strange)
    rare = [at for at in strange if _is_rare(written, at, sources)]
    if rare or own > TOLERANCE * total or _longest(order, strange) >= RUN:
        words = " ".join(written.tokens[at].text for at in rare or strange)
        yield Fault("content", words, "no cited sentence says this")


def _is_rare(written: Reading, at: int, sources: Sources) -> bool:
    """Tell whether a word is too rare to be another word for what a source says."""
    stem = written.stems[at]
    if (
        len(stem) < RARE
        or stem in written.vocabulary.weights.weights
        or not written.vocabulary.function
    ):
        return False
    return not any(known.startswith(stem[:RARE]) for known in sources.known)


def _is_empty(written: Reading, supported: set[int], sources: Sources) -> bool:
    """Tell whether it tells nothing of anything: a name alone, "who said it".

    A short sentence that a source has as it is says what that source says.
    """
    attributing = written.vocabulary.attributing
    telling = {at for at in supported if written.words[at] not in attributing}
    naming = {at for at in written.naming if written.stems[at] in sources.known}
    if telling and len(telling) + len(naming) + len(written.quantities) >= LEAST:
        return False
    return all(written.plain not in source.plain for source in sources.sentences)


def is_supported(written: Reading, at: int, sources: Sources) -> bool:
    """Tell whether a source has the word, in another form or as a synonym."""
    stem, known = written.stems[at], sources.known
    if stem in known or written.words[at] in known:
        return True
    others = written.vocabulary.synonyms.get(stem)
    return bool(others and others & known)


def _longest(order: list[int], strange: list[int]) -> int:
    """Return the longest run of strange words among the telling ones."""
    longest = run = 0
    unsupported = set(strange)
    for at in order:
        run = run + 1 if at in unsupported else 0
        longest = max(longest, run)
    return longest


def find_opposites(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return words that no source has while one has their opposite."""
    antonyms = written.vocabulary.antonyms
    for at, word in enumerate(written.words):
        opposite = antonyms.get(word)
        if opposite and word not in sources.known and written.stems[at] not in sources.known:
            for source in sources.sentences:
                if found := opposite.intersection(source.words):
                    said = min(found)
                    yield Fault("opposite", written.tokens[at].text, f"the source says “{said}”")
                    break
