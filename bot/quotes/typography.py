"""Writes a text so that only its typography is gone, and knows where each character came from."""

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from typing import Final

from bot.news import APOSTROPHES, MARKS, Difference
from bot.text import Bounds

DOUBLE: Final = re.escape("".join(sorted(MARKS)))
SINGLE: Final = re.escape("".join(sorted(APOSTROPHES)))
ANY_MARK: Final = f"(?:``|''|[{DOUBLE}{SINGLE}])"
DASH: Final = r"(?:[—–―─]|--+)"
DOTS: Final = r"(?:\.?…\.?|\.{3,}|\.(?:[ \xa0]\.){2,})"
SPECIAL: Final = re.compile(
    rf"""(?P<space>\s+)(?:(?P<far>{DASH}|{DOTS}|-(?=\s))\s*)?
    | (?P<dots>{DOTS})\s* | (?P<range>(?<=\w)[–‐‑](?=\w)) | (?P<dash>{DASH})\s*
    | (?P<hyphen>[‐‑]) | (?P<mark>{ANY_MARK}) | (?P<soft>\xad)""",
    re.VERBOSE,
)
HIDDEN: Final = "\u200b\u200c\u200d\u2060\ufeff\u180e\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters without width. Unlike a soft hyphen, none belongs in printed words; they are kept."""
INSIDE: Final = re.compile(
    rf"""(?<=[^\W_])(?=[^\W_{HIDDEN}]) | (?<=[{HIDDEN}]) | (?=[{HIDDEN}])
    | (?<=[^\W_])(?=[-'’‐‑–/.&][^\W_]) | (?<=[^\W_][-'’‐‑–/.&])(?=[^\W_])
    | (?<=\d)(?=,\d|[%°‰€£]|-\d) | (?<=\d[,.])(?=\d) | (?<=[$€£¥−+])(?=\d) | (?<=[\s(\0][-–])(?=\d)
    | (?<=^[-–])(?=\d) | (?<=\w)(?=[\u0300-\u036f])""",
    re.VERBOSE,
)
TRADED: Final = (
    ("quotation marks", re.compile(ANY_MARK)),
    ("dashes", re.compile(rf"{DASH}|[‐‑]|\s-\s")),
    ("ellipsis", re.compile(DOTS)),
    ("spaces", re.compile(r"\s+|\xad")),
)
_Piece = tuple[int, int, int, bool]
"""Where a piece starts, in the plain text and the source, where it ends there, and if copied."""


class Plain:
    """A text without its typography: `text`, and the way back to the offsets of the source.

    Quotation marks of any form, dashes, dots, hyphens and white space are written in one way each,
    and the whole in Unicode's composed form. A mark behind a digit keeps its form (6'4" is a
    height); everything else stays as it is, so that two texts whose plain forms are equal differ in
    nothing that says anything.
    """

    def __init__(self, source: str) -> None:
        self._clusters: list[int] = []
        composed = source
        if not unicodedata.is_normalized("NFC", source):
            composed = self._compose(source)
        self._pieces: list[_Piece] = []
        self.text = self._write(composed)

    def _compose(self, source: str) -> str:
        starts = [i for i, c in enumerate(source) if not i or not _joins(c)]
        ends = [*starts[1:], len(source)]
        out: list[str] = []
        for start, end in zip(starts, ends, strict=True):
            cluster = unicodedata.normalize("NFC", source[start:end])
            out.append(cluster)
            self._clusters.extend([start] * len(cluster))
        self._clusters.append(len(source))
        return "".join(out)

    def _write(self, composed: str) -> str:
        out: list[str] = []
        at = size = 0
        for match in SPECIAL.finditer(composed):
            start, end = match.span()
            for text, a, b, copied in (
                (composed[at:start], at, start, True),
                (_plain(match, composed), start, end, False),
            ):
                if text:
                    self._pieces.append((size, a, b, copied))
                    out.append(text)
                    size += len(text)
            at = end
        self._pieces.append((size, at, len(composed), True))
        return "".join((*out, composed[at:]))

    @cached_property
    def _starts(self) -> list[int]:
        return [piece[0] for piece in self._pieces]

    def source(self, start: int, end: int) -> Bounds:
        """Return where the characters from `start` up to `end` stand in the source."""
        first, a, _, copied = self._pieces[bisect_right(self._starts, start) - 1]
        begin = a + (start - first if copied else 0)
        first, a, b, copied = self._pieces[bisect_right(self._starts, end - 1) - 1]
        stop = a + end - first if copied else b
        return self._lift(begin), self._lift(stop)

    def _lift(self, at: int) -> int:
        return self._clusters[at] if self._clusters else at


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether bounds cut no word, number, amount or compound in two."""
    return not (INSIDE.match(text, start) or INSIDE.match(text, end))


def typographic_differences(given: str, found: str) -> tuple[Difference, ...]:
    """Return how words differ from a source whose plain form is theirs, one for each kind.

    Words that are the same have no difference.
    """
    if given == found:
        return ()
    differences: list[Difference] = []
    for kind, pattern in TRADED:
        ours, theirs = pattern.findall(given), pattern.findall(found)
        if ours != theirs:
            pairs = zip((*ours, ""), (*theirs, ""), strict=False)
            first = next(((a, b) for a, b in pairs if a != b), ("", ""))
            differences.append(Difference(kind, *first))  # type: ignore[arg-type]
    composed = unicodedata.is_normalized("NFC", given)
    if composed != unicodedata.is_normalized("NFC", found) or not differences:
        differences.append(Difference("encoding", given, found))
    return tuple(differences)


def _joins(char: str) -> bool:
    """Tell whether a character belongs to the one before: an accent, the rest of a syllable."""
    return unicodedata.combining(char) > 0 or "\u1160" <= char <= "\u11ff"


def _plain(match: re.Match[str], text: str) -> str:
    kind = match.lastgroup
    if kind == "space":
        return " "
    if kind in ("far", "dots", "dash"):
        return "…" if "." in match[0] or "…" in match[0] else "—"
    if kind in ("range", "hyphen"):
        return "-"
    if kind == "soft":
        return ""
    start, end = match.span()
    double = match[0] in MARKS or len(match[0]) > 1
    if not double:
        return "'"
    before, behind = text[start - 1 : start], text[end : end + 1]
    return '"' if before.isdigit() or (before.isalnum() and behind.isalnum()) else "'"
