"""Finds runs of a source's words that are too long to pass as the writer's own."""

from collections.abc import Iterator

from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault


def find_copied(written: Reading, sources: Sources, *, max_run: int) -> Iterator[Fault]:
    """Return the first run of more than `max_run` words that stands in one source."""
    ours = written.worded
    for source in sources.sentences:
        for first in range(len(ours) - max_run):
            last = first + max_run + 1
            if not _stands(written, first, last, source):
                continue
            while last < len(ours) and _stands(written, first, last + 1, source):
                last += 1
            words = written.slice((ours[first], ours[last - 1] + 1))
            yield Fault("copied", words, f"{last - first} words in a row are the source's")
            return


def _stands(written: Reading, first: int, last: int, source: Reading) -> bool:
    words = " ".join(written.words[at] for at in written.worded[first:last])
    return f" {words} " in source.plain
