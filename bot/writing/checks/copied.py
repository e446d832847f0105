"""Finds runs of a source's words that are too long to pass as the writer's own."""

from collections.abc import Iterator

from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault


def find_copied(written: Reading, sources: Sources, *, max_run: int) -> Iterator[Fault]:
    """Return the longest run of words that stands in one source, if it is longer than `max_run`."""
    ours = [(at, word) for at, word in enumerate(written.words) if word[0].isalnum()]
    best, end = 0, 0
    for source in sources.sentences:
        theirs = [word for word in source.words if word[0].isalnum()]
        length, last = longest_run([word for _, word in ours], theirs)
        if length > best:
            best, end = length, last
    if best > max_run:
        run = ours[end - best][0], ours[end - 1][0] + 1
        yield Fault("copied", written.slice(run), f"{best} words in a row are the source's")


def longest_run(ours: list[str], theirs: list[str]) -> tuple[int, int]:
    """Return the length of the longest common run, and where it ends in `ours`."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(theirs):
        places.setdefault(word, []).append(at)
    best = end = 0
    before: dict[int, int] = {}
    for at, word in enumerate(ours):
        here = {place: before.get(place - 1, 0) + 1 for place in places.get(word, ())}
        for length in here.values():
            if length > best:
                best, end = length, at + 1
        before = here
    return best, end
