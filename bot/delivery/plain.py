"""Renders a card as plain text: one line a paragraph, no colour, for pipes and files."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.text import squeeze

UNDERLINES: Final = {1: "=", 2: "-", 3: "."}
MAX_UNDERLINE_CHARS: Final = 80


def to_plain(card: Card) -> str:
    """Return the card as text that ends in a line break; addresses stand behind their words."""
    return "\n".join(line for block in card.blocks for line in _lines(block)).strip("\n") + "\n"


def quoted(pieces: Sequence[str]) -> str:
    """Return the pieces of a statement, each between quotation marks of its own."""
    return " … ".join(f"“{piece}”" for piece in pieces)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield ""
            yield squeeze(text)
            yield UNDERLINES[level] * min(len(text), MAX_UNDERLINE_CHARS)
        case Paragraph(runs) | Note(runs):
            yield _text(runs)
        case Bullets(items, numbered):
            for number, item in enumerate(items, start=1):
                yield f"  {f'[{number}]' if numbered else '•'} {_text(item)}"
        case QuoteBlock(pieces, attribution):
            yield f"    {squeeze(quoted(pieces))}"
            yield f"      — {_text(attribution)}"


def _text(runs: Sequence[Run]) -> str:
    """Citations are links too, but their addresses stand in the sources list already."""
    parts = (
        f"{run.text} <{run.href}>" if run.href and run.style == "plain" else run.text
        for run in runs
    )
    return squeeze("".join(parts))
