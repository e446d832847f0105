"""Tells texts that were carried over, whole, cut or added to, from reports of one's own."""

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Self
from zlib import crc32

from bot.news import Value
from bot.text import words

CopyKind = Literal["copy", "stub", "update"]

SHINGLE_WORDS: Final = 5
"""Words in a row that are compared as one."""

ANCHOR_CHARS: Final = 6
"""Shingles start at words of at least this length: about every third, and the same in each copy."""

MAX_SHINGLES: Final = 128
"""Shingles that are kept of a text. Of a longer one every second is kept, or every fourth and so
on, chosen by its hash, so that two texts keep the same ones."""

MIN_CONTAINED: Final = 0.64
"""Share of one text's shingles that must stand in the other.

A word in twenty changed leaves .95 ** 5 = .77 of the shingles. Of the pairs of independent reports
in the shared stories none exceeds .54; those that come near carry the same long quotations.
"""

LEAD_WORDS: Final = 100
"""Words at the start whose shingles are all kept beside: so a stub is found in the longest text."""

MIN_SHARED: Final = 4
"""Shingles that two texts must share, so that one common phrase makes no copy of a short text."""

ADDED: Final = 0.1
"""Share of new text, beyond what was lost of the old, that makes a copy an update."""
CUT: Final = 0.3
"""Share of the old text, beyond what is new, whose loss makes a copy a stub."""

INDEXED_EACH: Final = 2
INDEXED_OF_LEAD: Final = 2
"""Of the shingles kept of a text, and of its lead, every so manieth is indexed: the others cost
memory only, since texts that meet in a few are then compared in full."""
MIN_MET: Final = 2

MAX_OWNERS: Final = 16
"""Texts remembered for one shingle, the latest, so that boilerplate costs no more every day."""


class Fingerprint(Value, frozen=True):
    """The shingles of a text as hashes: all that are multiples of `step`, a power of 2.

    `lead` are all shingles of its first words, `whole` is the hash of all its words, by which
    identical texts are found.
    """

    shingles: frozenset[int]
    step: int
    lead: frozenset[int]
    whole: int


class Match(Value, frozen=True):
    """The text that another carries.

    A `copy` is about the same; a `stub` is a part of `of_id`; an `update` holds `of_id` and more.
    `contained` is the share, 0 to 1, of the smaller text in the larger.
    """

    of_id: str
    kind: CopyKind
    contained: float


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text.

    Source: containment of sampled shingles (Broder, 1997, "On the resemblance and containment of
    documents": the shingles that are 0 modulo a number).
    """
    found = words(text.casefold())
    starts = (i for i in range(len(found) - SHINGLE_WORDS + 1) if len(found[i]) >= ANCHOR_CHARS)
    rows = {i: _hash(found[i : i + SHINGLE_WORDS]) for i in starts}
    lead = frozenset(row for i, row in rows.items() if i + SHINGLE_WORDS <= LEAD_WORDS)
    hashes, step = set(rows.values()), 1
    while len(hashes) > MAX_SHINGLES:
        step *= 2
        hashes = {h for h in hashes if h % step == 0}
    return Fingerprint(frozenset(hashes), step, lead, _hash(found))


def compare(new: Fingerprint, old: Fingerprint) -> tuple[CopyKind, float] | None:
    """Return how the new text carries the old one, and the share contained; or `None`."""
    if new.whole == old.whole:
        return "copy", 1.0
    return _by_all(new, old) or _by_lead(new, old)


def _by_all(new: Fingerprint, old: Fingerprint) -> tuple[CopyKind, float] | None:
    step = max(new.step, old.step)
    ours, theirs = _at(new, step), _at(old, step)
    shared = len(ours & theirs)
    if shared < MIN_SHARED:
        return None
    return _judged(shared / len(ours), shared / len(theirs))


def _by_lead(new: Fingerprint, old: Fingerprint) -> tuple[CopyKind, float] | None:
    """Look for a text that is no longer than a lead in the lead of the other."""
    few, many = (new, old) if len(new.shingles) < len(old.shingles) else (old, new)
    shared = len(few.lead & many.lead)
    if few.lead != few.shingles or shared < max(MIN_SHARED, MIN_CONTAINED * len(few.lead)):
        return None
    return ("stub" if few is new else "update"), shared / len(few.lead)


def _judged(new_in_old: float, old_in_new: float) -> tuple[CopyKind, float] | None:
    contained = max(new_in_old, old_in_new)
    if contained < MIN_CONTAINED:
        return None
    if old_in_new - new_in_old >= ADDED:
        return "update", contained
    return ("stub" if new_in_old - old_in_new >= CUT else "copy"), contained


def _at(text: Fingerprint, step: int) -> frozenset[int]:
    if step == text.step:
        return text.shingles
    return frozenset(h for h in text.shingles if h % step == 0)


def _hash(found: list[str]) -> int:
    return crc32(" ".join(found).encode())


@dataclass(frozen=True, slots=True)
class _Kept:
    """A fingerprint in a twentieth of the memory of its sets."""

    shingles: "array[int]"
    lead: "array[int]"
    step: int
    whole: int
    moment: float

    @classmethod
    def of(cls, text: Fingerprint, moment: float) -> Self:
        return cls(array("I", text.shingles), array("I", text.lead), text.step, text.whole, moment)

    def opened(self) -> Fingerprint:
        return Fingerprint(frozenset(self.shingles), self.step, frozenset(self.lead), self.whole)

    def indexed(self) -> set[int]:
        """Return the shingles under which the text is found: enough of them to be met by a copy."""
        some = self.step * INDEXED_EACH
        found = {h for h in self.shingles if h % some == 0}
        found.update(h for h in self.lead if h % INDEXED_OF_LEAD == 0)
        return found or set(self.shingles)


class CopyIndex:
    """Finds the text that a new one carries, among those of a window, at a cost that stays flat.

    Only texts that bring something new are indexed: a copy or stub leads to its original.
    """

    def __init__(self) -> None:
        self._texts: dict[str, _Kept] = {}
        self._owners: dict[int, tuple[str, ...]] = {}
        self._wholes: dict[int, str] = {}

    def find(self, new: Fingerprint) -> Match | None:
        """Return which text the new one carries: the one most in common, or the earlier."""
        same = self._wholes.get(new.whole)
        if same is not None:
            return Match(same, "copy", 1.0)
        found = [
            (match[1], -place, Match(owner, *match))
            for place, owner in enumerate(self._nearest(new))
            if (match := compare(new, self._texts[owner].opened()))
        ]
        return max(found, key=lambda entry: entry[:2])[2] if found else None

    def add(self, article_id: str, new: Fingerprint, *, moment: float) -> None:
        """Let the text be found; `moment` is its date, in days since 1970."""
        self.discard(article_id)
        self._texts[article_id] = kept = _Kept.of(new, moment)
        self._wholes.setdefault(new.whole, article_id)
        for shingle in kept.indexed():
            owners = self._owners.get(shingle, ())
            self._owners[shingle] = (*owners[1 - MAX_OWNERS :], article_id)

    def take(self, article_id: str, new: Fingerprint, *, moment: float) -> Match | None:
        """Return which text the new one carries, and let it be found if it brings something new."""
        self.discard(article_id)
        match = self.find(new)
        if match is None or match.kind == "update":
            self.add(article_id, new, moment=moment)
        return match

    def forget(self, before: float) -> None:
        """Drop the texts dated before that moment, in days since 1970."""
        for article_id in [i for i, kept in self._texts.items() if kept.moment < before]:
            self.discard(article_id)

    def discard(self, article_id: str) -> None:
        """Drop one text, if it is there."""
        kept = self._texts.pop(article_id, None)
        if kept is None:
            return
        if self._wholes.get(kept.whole) == article_id:
            del self._wholes[kept.whole]
        for shingle in kept.indexed():
            rest = tuple(i for i in self._owners.get(shingle, ()) if i != article_id)
            if rest:
                self._owners[shingle] = rest
            else:
                self._owners.pop(shingle, None)

    def _nearest(self, new: Fingerprint) -> Iterable[str]:
        shared = Counter(
            owner for h in new.shingles | new.lead for owner in self._owners.get(h, ())
        )
        return [owner for owner, count in shared.most_common(MAX_OWNERS) if count >= MIN_MET]
