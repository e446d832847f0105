"""Says which quotations of a revision are changed in the next, and which are gone."""

from collections.abc import Sequence
from typing import Final

from bot.news import Change, Passage, Quote, Revision
from bot.sources.wording import Word, keys_of, likeness, read_words

MIN_LIKENESS: Final = 0.5
"""Share of words that two wordings of one statement have in common at least."""
EDGE: Final = "\0"
"""Stands between the words of two quotes, so that no words are found across them."""


def quote_changes(
    before: Sequence[Quote], after: Sequence[Quote], old: Revision, new: Revision
) -> tuple[Change, ...]:
    """Return what became of the statements, piece by piece; `before` and `after` are all quotes.

    A piece whose words stand in a quotation of the other revision is no change, however its marks
    and cuts are. Else it is changed if a new quotation is like it, or if its words stand in the
    text without marks, or stood there; else it has vanished, or is new and no change of a quote.
    """
    come = _missing(_pieces(after), _pieces(before))
    changes = [_change(piece, come, new) for piece in _missing(_statements(before), _pieces(after))]
    said = {piece.span for piece in _statements(after)}
    for piece in come:
        unmarked = _find(keys_of(piece.words), read_words(old.body))
        if unmarked and piece.span in said:
            changes.append(Change("changed quote", old.passage("body", *unmarked), piece))
    return tuple(changes)


def _pieces(quotes: Sequence[Quote]) -> list[Passage]:
    return [piece for quote in quotes for piece in quote.pieces]


def _statements(quotes: Sequence[Quote]) -> list[Passage]:
    return _pieces([quote for quote in quotes if quote.use == "statement"])


def _missing(pieces: list[Passage], others: list[Passage]) -> list[Passage]:
    """Return the pieces whose words stand in none of the others."""
    there = EDGE.join(_run(keys_of(other.words)) for other in others)
    return [piece for piece in pieces if _run(keys_of(piece.words)) not in there]


def _change(piece: Passage, come: list[Passage], revision: Revision) -> Change:
    """Return what became of a piece; the new one that is most like it is taken from the list."""
    keys = keys_of(piece.words)
    ranked = [(likeness(keys, keys_of(other.words)), -n) for n, other in enumerate(come)]
    best, place = max(ranked, default=(0.0, 0))
    if best >= MIN_LIKENESS:
        return Change("changed quote", piece, come.pop(-place))
    unmarked = _find(keys, read_words(revision.body))
    if unmarked:
        return Change("changed quote", piece, revision.passage("body", *unmarked))
    return Change("vanished quote", piece)


def _find(keys: tuple[str, ...], words: Sequence[Word]) -> tuple[int, int] | None:
    """Return where the run of words stands first."""
    size = len(keys)
    for at in range(len(words) - size + 1 if size else 0):
        if words[at].key == keys[0] and tuple(w.key for w in words[at : at + size]) == keys:
            return words[at].start, words[at + size - 1].end
    return None


def _run(keys: Sequence[str]) -> str:
    return f" {' '.join(keys)} "
