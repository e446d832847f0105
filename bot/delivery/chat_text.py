"""Renders cards in the Markdown of chat messages, in stretches that fit, escaped throughout.

Source: Discord, "Markdown Text 101": headings, block quotes, lists, masked links, `-#` small print;
a backslash before punctuation prints it. It has neither HTML nor tables.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.cards import Block, Bullets, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery import markdown
from bot.delivery.plain import quoted

MAX_STRETCH: Final = 3000
"""Units of one stretch of text, so that a message of 4,000 has room for its head and foot."""
MAX_ADDRESS: Final = 2000
"""Units of an address that is linked; what is longer is no address that a browser would open."""

ESCAPES: Final = {ord(character): f"\\{character}" for character in r"\`*_[]<>#|~@&/"}
"""What may be markup, a mention, an address or an invite; fewer than in CommonMark, because every
backslash counts as a character of the message."""
LIST_MARK: Final = re.compile(r"^( ?[0-9]*)([-+.)])")
TURN_ENDS: Final = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
"""What turns the direction of writing, with what ends it."""
TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
WORD: Final = re.compile(r"\s*\S{1,200}")
"""A word with the space before it; without spaces a line may be parted after 200 characters."""


def units(text: str) -> int:
    """Return the length in UTF-16 units, at least as long as any way in which Discord counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape(text: str) -> str:
    """Return chat Markdown that shows the text, letter by letter, on one line.

    Neither mention nor markup nor link is left in it: without its slashes an address or an invite
    is none. What turns the direction of writing ends with the text.
    """
    escaped = markdown.WHITE_SPACE.sub(" ", text).translate(ESCAPES)
    return LIST_MARK.sub(r"\1\\\2", escaped) + _ends_of_turns(text)


def _ends_of_turns(text: str) -> str:
    """Return the marks that end what the text opens: else our own words would be turned too.

    Source: Unicode Standard Annex 9, "Explicit Directional Embeddings", "Overrides", "Isolates".
    """
    open_turns: list[str] = []
    for mark in TURNS.findall(text):
        if mark in TURN_ENDS:
            open_turns.append(TURN_ENDS[mark])
        elif mark in open_turns:
            while open_turns.pop() != mark:
                pass
    return "".join(reversed(open_turns))


def stretches(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the blocks as chat Markdown: as few texts as `MAX_STRETCH` allows, nothing cut."""
    found: list[str] = []
    before: Block | None = None
    for block in blocks:
        gap = "\n\n" if isinstance(before, QuoteBlock) and isinstance(block, QuoteBlock) else "\n"
        for line in _lines(block):
            if found and units(found[-1]) + units(gap) + units(line) <= MAX_STRETCH:
                found[-1] += gap + line
            else:
                found.append(line)
            gap = "\n"
        before = block
    return tuple(found)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield from _fit(f"{'#' * level} ", (Run(text),))
        case Paragraph(runs):
            yield from _fit("", runs)
        case Note(runs):
            yield from _fit("-# ", runs)
        case Bullets(items, numbered):
            for number, item in enumerate(items, start=1):
                yield from _fit(f"{number}. " if numbered else "- ", item)
        case QuoteBlock(pieces, attribution):
            yield from _fit("> ", (Run(quoted(pieces)),))
            yield from _fit("> — ", attribution)


def _fit(prefix: str, runs: Sequence[Run]) -> Iterator[str]:
    """Return the line, or several that each begin with the prefix if one would be too long."""
    whole = "".join(map(_run, runs)).strip()
    if not whole:
        return
    if units(prefix + whole) <= MAX_STRETCH:
        yield prefix + whole
        return
    line = ""
    for run in runs:
        for position, word in enumerate(WORD.findall(run.text)):
            # an address counts as characters, so that only the first word is a link
            piece = _run(Run(word, run.style, "" if position else run.href))
            if line and units(prefix + line + piece) > MAX_STRETCH:
                yield prefix + line
                line = ""
            line = line + piece if line else piece.strip()
    yield prefix + line


def _run(run: Run) -> str:
    text = escape(run.text)
    inner, address = text.strip(), link_target(run.href)
    if not inner:
        return text
    shown = f"**{inner}**" if run.style == "strong" else inner
    if address and "://" in run.text:  # Discord links no words that look like another address
        shown = f"{shown} ([link]({address}))"
    elif address:
        shown = f"[{shown}]({address})"
    return text.replace(inner, shown, 1)


def link_target(address: str) -> str:
    """Return the address as a link can carry it, or nothing if it cannot be one."""
    target = markdown.link_target(address)
    return target if units(target) <= MAX_ADDRESS else ""
