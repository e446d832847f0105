"""Checks that the words of a sentence are those of its sources, and that one story told them."""

from collections.abc import Iterator
from typing import Final

from bot.writing.checks.days import day_tokens
from bot.writing.checks.reading import Reading, Sources
from bot.writing.checks.values import Fault

TOLERANCE: Final = 0.25
"""Share of the telling words, by weight, that may be the writer's own."""
RUN: Final = 2
"""Telling words of the writer's own that may not follow each other."""
ENOUGH: Final = 0.75
LINK: Final = 2.5
"""Weight of a word (natural logarithm) that shows two sentences to be about the same thing."""


def find_strange(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return what the sentence says in words of its own beyond the tolerance."""
    order = sorted(written.content - written.naming - day_tokens(written))  # checked elsewhere
    if not order:
        return
    strange = [at for at in order if not is_supported(written, at, sources)]
    weight = written.vocabulary.weights.weight
    total = sum(weight(written.stems[at]) for at in order)
    own = sum(weight(written.stems[at]) for at in strange)
    if own > TOLERANCE * total or _longest(order, strange) >= RUN:
        words = " ".join(written.tokens[at].text for at in strange)
        yield Fault("content", words, "no cited sentence says this")


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
