"""Finds sentences that are put together from two sources where neither has a joint.

A sentence may begin as one source does and go on as another. The second part must then be a whole
sentence of its own, or begin with what both sources speak of.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

LEAST: Final = 4
"""Words in a row by which a part is told to be from a source."""
GAP: Final = 3
"""Words of the writer's own between two parts that follow each other."""
START: Final = 2
"""Words that a whole second sentence may have lost at its beginning."""
NEAR: Final = 3
"""Words on either side of a joint that may belong to both."""


class Part(NamedTuple):
    """Words of the sentence, first to before last, and where they stand in a source."""

    first: int
    last: int
    source: Reading
    place: int


def find_merged(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return a fault where the sentence goes over from one source to another without a joint."""
    if len(sources.sentences) < 2:  # noqa: PLR2004 - two sources
        return
    told: list[Reading] = []
    for one, other in pairwise(_parts(written, sources)):
        told.append(one.source)
        if other.source in told or other.first - one.last > GAP:
            continue  # the same source, or back to it after an insertion
        if not _begins(written, one, other) and not _is_shared(written, one, other):
            words = written.worded
            first = words[max(one.first, one.last - NEAR)]
            last = words[min(other.last, other.first + NEAR) - 1]
            reason = "no cited sentence goes on like this"
            yield Fault("merged", written.slice((first, last + 1)), reason)
            return


def _parts(written: Reading, sources: Sources) -> list[Part]:
    """Return the runs of words that stand in a source, each as long as it can be."""
    found: list[Part] = []
    at, words = 0, written.worded
    while at < len(words):
        best = max((_run(written, at, source) for source in sources.sentences), key=_length)
        if found and _length(best) >= LEAST:
            same = _run(written, at, found[-1].source)
            best = same if _length(same) == _length(best) else best
        if _length(best) >= LEAST and any(words[n] in written.content for n in range(*best[:2])):
            found.append(best)
            at = best.last
        else:
            at += 1
    return found


def _length(part: Part) -> int:
    return part.last - part.first


def _run(written: Reading, at: int, source: Reading) -> Part:
    """Return the longest run of the source's words that begins at a word of the sentence."""
    best, ours, theirs = Part(at, at, source, 0), written.worded, source.worded
    for place in source.places.get(written.stems[ours[at]], ()):
        start = source.order[place]
        length = 0
        while (
            at + length < len(ours)
            and start + length < len(theirs)
            and written.stems[ours[at + length]] == source.stems[theirs[start + length]]
        ):
            length += 1
        if length > best.last - at:
            best = Part(at, at + length, source, start)
    return best


def _begins(written: Reading, one: Part, other: Part) -> bool:
    """Tell whether the second part is a sentence from its beginning, behind a mark or a joint."""
    if other.place > START:
        return False
    words = written.worded
    apart = words[other.first] - words[one.last - 1] > 1
    return apart or other.first > one.last or _joins(written, words[other.first])


def _joins(written: Reading, at: int) -> bool:
    return written.words[at] in written.vocabulary.relatives


def _is_shared(written: Reading, one: Part, other: Part) -> bool:
    """Tell whether both sources have the words at the joint, or one has a pronoun for them."""
    words = written.worded
    last = words[other.first - 1]
    begun = other.source.worded[other.place - 1] if other.place else -1
    if written.words[last] in written.vocabulary.function and not (
        begun >= 0 and written.stems[last] == other.source.stems[begun]
    ):
        return False
    before = [words[n] for n in range(max(one.first, one.last - NEAR), other.first)]
    behind = [words[n] for n in range(other.first, min(other.last, other.first + NEAR))]
    ended = one.source.worded[one.place + one.last - one.first - 1]
    return (
        any(
            _tells(written, at) and _has(other.source, written.stems[at], 0, begun) for at in before
        )
        or any(
            _tells(written, at) and _has(one.source, written.stems[at], ended + 1) for at in behind
        )
        or (begun >= 0 and _refers(other.source, begun))
    )


def _has(source: Reading, stem: str, first: int, last: int | None = None) -> bool:
    """Tell whether a word stands between two tokens of a source, both included."""
    end = len(source.tokens) if last is None else last
    return any(first <= place <= end for place in source.places.get(stem, ()))


def _tells(written: Reading, at: int) -> bool:
    return at in written.content and written.words[at] not in written.vocabulary.attributing


def _refers(source: Reading, at: int) -> bool:
    words = source.vocabulary
    return source.words[at] in words.pronouns or source.words[at] in words.subjects
