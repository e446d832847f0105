"""Checks that names and capitalised terms stand in the cited sentences, or are parts of them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from bot.writing.checks.reading import Reading, Run
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Derived, Fault

Found = Iterator[Fault | Derived]
INITIALS: Final = range(2, 7)
GAP: Final = 3
"""Tokens within which two parts of a name stand in a source: an initial or a hyphen between."""


def find_names(written: Reading, sources: Sources) -> Found:
    """Return the names that no source has, and those that follow from one it has.

    The article around a citation completes a name ("Ebb" to "Mira Ebb") or spells an acronym out;
    it brings in no name of its own.
    """
    for run in written.names:
        yield from _check(written, run, sources)


def _check(written: Reading, run: Run, sources: Sources) -> Found:
    parts = [at for at in range(*run) if written.stems[at]]
    strange = [at for at in parts if not _is_known(written, at, sources)]
    for at in strange:
        found = written.tokens[at].text
        if source := _follows(written, at, sources):
            yield Derived(found, source)
        else:
            yield Fault("name", written.slice(run), f"no cited sentence has “{found}”")
            return
    if not strange:
        yield from _joined(written, [at for at in parts if _is_proper(written, at)], sources)


def _is_known(written: Reading, at: int, sources: Sources) -> bool:
    known = sources.known
    word = written.words[at]
    return word in known or written.stems[at] in known or word in written.vocabulary.honorifics


def _is_proper(written: Reading, at: int) -> bool:
    words = written.vocabulary
    return written.words[at] not in words.titles and written.words[at] not in words.function


def _follows(written: Reading, at: int, sources: Sources) -> str:
    """Return the source's words that a part of a name follows from, or nothing."""
    letters = _letters(written.words[at])
    return (
        _same_place(letters, sources, written)
        or _spelled_out(letters, sources.sentences)
        or _is_short_for(written, at, sources)
        or _completed(written, at, sources)
    )


def _letters(word: str) -> str:
    return word.replace(".", "").removesuffix("'s")


def _same_place(letters: str, sources: Sources, written: Reading) -> str:
    demonyms = written.vocabulary.demonyms
    if place := demonyms.get(letters):
        for source in sources.sentences:
            for token in source.tokens:
                if demonyms.get(_letters(token.word)) == place:
                    return token.text
    return ""


def _spelled_out(letters: str, readings: Iterable[Reading]) -> str:
    """Return the run of capitalised words whose initials an acronym is."""
    if len(letters) not in INITIALS:
        return ""
    for source in readings:
        for first, last in source.names:
            for start in range(first, last):
                if end := _initials(source, start, letters):
                    return source.slice((start, end))
    return ""


def _initials(source: Reading, start: int, letters: str) -> int:
    """Return where the words that begin with these letters end, 0 if they do not."""
    at = start
    for letter in letters:
        while at < len(source.tokens) and source.words[at] in source.vocabulary.function:
            at += 1
        if at >= len(source.tokens) or source.words[at][0] != letter:
            return 0
        if not source.tokens[at].text[0].isupper():
            return 0
        at += 1
    return at


def _is_short_for(written: Reading, at: int, sources: Sources) -> str:
    """Return the acronym of a source that the written name spells out around this word."""
    for first, last in written.names:
        if first <= at < last:
            for end in range(last, first, -1):
                initials = "".join(
                    written.words[n][0] for n in range(first, end) if written.stems[n]
                )
                if len(initials) in INITIALS and initials in sources.known:
                    return initials.upper()
    return ""


def _completed(written: Reading, at: int, sources: Sources) -> str:
    """Return the name of a context that has this part together with one of the cited sentences."""
    stem = written.stems[at]
    for context in sources.contexts:
        for first, last in context.names:
            stems = context.stems[first:last]
            if stem in stems and any(s and s in sources.known for s in stems if s != stem):
                return context.slice((first, last))
        if _spelled_out(_letters(written.words[at]), (context,)):
            spelled = _spelled_out(_letters(written.words[at]), (context,))
            return spelled if any(w in sources.known for w in spelled.lower().split()) else ""
    return ""


def _joined(written: Reading, parts: list[int], sources: Sources) -> Found:
    """Return a name whose parts stand in the sources, but never together."""
    for first, second in pairwise(parts):
        if not _stand_together(written.stems[first], written.stems[second], sources):
            name = written.slice((first, second + 1))
            yield Fault("name", name, "no cited sentence has these names together")
            return


def _stand_together(first: str, second: str, sources: Sources) -> bool:
    for source in (*sources.sentences, *sources.contexts):
        for a in source.places.get(first, ()):
            for b in source.places.get(second, ()):
                if 0 < b - a <= GAP or any(x <= a < b < y for x, y in source.names):
                    return True
    return False
