"""Finds the stretches between quotation marks in each paragraph, with exact offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.paragraphs import Paragraph
from bot.quotes.lexicon import Lexicon

DOUBLE: Final = '"“”„‟«»‹›＂「」『』〝〞〟❝❞'
MARK: Final = re.compile(rf"[{DOUBLE}]|``|''|´´|[‘’‚‛'`]")
OPENERS: Final = frozenset(["“", "„", "‟", "‘", "‚", "‛", "「", "『", "〝", "❝", "``"])
CLOSERS: Final = frozenset(["”", "’", "」", "』", "〞", "〟", "❞", "´´"])
OPENS_BEFORE_SPACE: Final = frozenset("“„‟«»‹›「『〝❝")
"""White space may follow these inside a quotation: « Non. »"""
TEX: Final = frozenset(["``", "''", "´´"])
SINGLE: Final = frozenset("‘’‚‛'`")
BEFORE_OPENING: Final = frozenset("([{<—–-/:…*_|" + DOUBLE + "‘'")
AFTER_CLOSING: Final = frozenset(".,;:!?…)]}>—–-/*_|" + DOUBLE + "’'")
GUILLEMETS: Final = frozenset("«»‹›")
ENDS_CLAUSE: Final = frozenset(".,;:!?)")
MAX_SINGLE_MARKS: Final = 40
"""Marks looked at for the end of a stretch in single marks, so that time stays linear."""
MAX_RUN_ON_PARAGRAPHS: Final = 6


@dataclass(frozen=True)
class Stretch:
    """Words between marks, `text[start:end]`; `outer_*` include the marks.

    `opened` and `closed` tell whether it has the mark at that end in its own paragraph; one that
    is not closed may run on in the next paragraph.
    """

    paragraph: int
    outer_start: int
    start: int
    end: int
    outer_end: int
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True)
class _Mark:
    text: str
    start: int
    end: int
    side: str
    """"o" opens, "c" closes, "?" either."""

    @property
    def kind(self) -> str:
        """Marks pair within a kind: double, tex or single."""
        if self.text in TEX:
            return "tex"
        return "single" if self.text in SINGLE else "double"


def find_stretches(
    text: str, paragraphs: tuple[Paragraph, ...], lexicon: Lexicon
) -> tuple[Stretch, ...]:
    """Return the outermost stretches between marks in text order; nested ones lie inside them.

    No stretch crosses the end of a paragraph. Time is linear in the length of the text.
    """
    found: list[Stretch] = []
    running = 0
    for number, paragraph in enumerate(paragraphs):
        marks = list(_marks(text, paragraph, lexicon))
        if running and marks and marks[0].side == "c" and marks[0].kind != "single":
            found.extend(_continuation(text, number, paragraph.start, marks[0]))
            marks = marks[1:]
            running = 0
        here = _pair(text, number, paragraph, marks)
        found.extend(here)
        if here and not here[-1].closed:
            running = MAX_RUN_ON_PARAGRAPHS
        elif running and not marks:
            running -= 1
        else:
            running = 0
    return tuple(found)


def _continuation(text: str, number: int, start: int, closing: _Mark) -> Iterator[Stretch]:
    """Words from the start of a paragraph up to the mark that closes an earlier paragraph's."""
    end = _trim_end(text, start, closing.start)
    if end > start:
        yield Stretch(number, start, start, end, closing.end, opened=False)


def _marks(text: str, paragraph: Paragraph, lexicon: Lexicon) -> Iterator[_Mark]:
    for match in MARK.finditer(text, paragraph.start, paragraph.end):
        start, end, mark = match.start(), match.end(), match.group()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if mark in SINGLE:
            side = _single_side(text, match, (before, after), lexicon)
        else:
            side = _double_side(mark, before, after, lexicon)
        if side:
            yield _Mark(mark, start, end, side)


def _double_side(mark: str, before: str, after: str, lexicon: Lexicon) -> str:
    if mark in lexicon.opening_marks:
        return "o"
    if mark in lexicon.closing_marks or (mark in GUILLEMETS and after in ENDS_CLAUSE):
        return "c"
    return _side_by_place(mark, before, after)


def _side_by_place(mark: str, before: str, after: str) -> str:
    opens = (before.isspace() or before in BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in AFTER_CLOSING)
    if mark in OPENERS:
        return "c" if closes and not opens and mark in "“‟" else "o"
    if mark in CLOSERS:
        return "?" if opens and not closes else "c"
    if before.isdigit() and mark == '"' and not after.isalpha():
        return "i"
    if opens != closes:
        return "o" if opens else "c"
    return "?"


def _single_side(text: str, match: re.Match[str], around: tuple[str, str], lexicon: Lexicon) -> str:
    """Tell what a single mark may do; "" for an apostrophe, "p" for a possible plural's."""
    mark = match.group()
    before, after = around
    if before.isalnum() and after.isalnum():
        return ""
    if mark != "’" and (before.isspace() or before in BEFORE_OPENING) and not after.isspace():
        return "" if _is_elision(text, match.end(), lexicon) else "o"
    if before.isspace() or mark in "‘‚‛`":
        return ""
    if before.isalnum() and after.isspace() and text[match.end() + 1 : match.end() + 2].islower():
        return "p" if before in "sSzx" or mark == "'" else "c"
    return "c"


def _is_elision(text: str, start: int, lexicon: Lexicon) -> bool:
    word = re.match(r"\w+", text[start : start + 12])
    if not word:
        return False
    return word.group().lower() in lexicon.elisions or bool(re.match(r"\d0s?\b", word.group()))


def _pair(text: str, number: int, paragraph: Paragraph, marks: list[_Mark]) -> list[Stretch]:
    found: list[Stretch] = []
    at = 0
    while at < len(marks):
        mark = marks[at]
        opens = mark.side in ("o", "?")
        closing = _closing(marks, at) if opens else None
        if opens and closing is not None:
            found.extend(_stretch(text, number, mark, marks[closing]))
            at = closing + 1
        elif opens and mark.kind != "single" and _runs_to_the_end(paragraph, marks, at):
            found.extend(_unclosed(number, mark, paragraph))
            break
        else:
            at += 1
    return found


def _closing(marks: list[_Mark], at: int) -> int | None:
    """Return the index of the mark that closes the one at `at`."""
    if marks[at].kind == "single":
        return _closing_single(marks, at)
    depth = 1
    kind = marks[at].kind
    for i in range(at + 1, len(marks)):
        mark = marks[i]
        if mark.kind != kind:
            continue
        if mark.side == "o":
            if not _nests(marks, i, kind):
                return None
            depth += 1
        elif mark.side == "c" or depth == 1 or mark.side == "i":
            depth -= 1
        if depth == 0:
            return i
    return None


def _nests(marks: list[_Mark], at: int, kind: str) -> bool:
    """Tell whether a mark that opens inside is nested: two closing ones follow it."""
    following = [m for m in marks[at + 1 : at + 12] if m.kind == kind][:2]
    return len(following) > 1 and all(m.side in ("c", "?") for m in following)


def _closing_single(marks: list[_Mark], at: int) -> int | None:
    """Return the mark that closes a stretch in single marks; a plural's only if alone."""
    plural = None
    inside = False
    for i in range(at + 1, min(len(marks), at + MAX_SINGLE_MARKS)):
        mark = marks[i]
        if mark.kind != "single":
            inside = not inside
        elif inside:
            continue
        elif mark.side == "o":
            break
        elif mark.side == "c":
            return i
        elif mark.side == "p" and plural is None:
            plural = i
    return plural


def _runs_to_the_end(paragraph: Paragraph, marks: list[_Mark], at: int) -> bool:
    """Tell whether an opening mark without a closing one may hold to the end of the paragraph."""
    mark = marks[at]
    later = [m for m in marks[at + 1 : at + 12] if m.kind == mark.kind]
    forgotten = bool(later) and later[-1].side == "c" and later[-1].end == paragraph.end
    opens = any(m.side == "o" for m in later)
    return mark.side == "o" and not forgotten and (mark.start == paragraph.start or not opens)


def _stretch(text: str, number: int, opening: _Mark, closing: _Mark) -> Iterator[Stretch]:
    start = opening.end
    if opening.kind == "double" and opening.text in OPENS_BEFORE_SPACE:
        while start < closing.start and text[start].isspace():
            start += 1
    end = _trim_end(text, start, closing.start)
    if any(c.isalnum() for c in text[start:end]):
        yield Stretch(number, opening.start, start, end, closing.end)


def _unclosed(number: int, opening: _Mark, paragraph: Paragraph) -> Iterator[Stretch]:
    if paragraph.end > opening.end:
        yield Stretch(
            number, opening.start, opening.end, paragraph.end, paragraph.end, closed=False
        )


def _trim_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
