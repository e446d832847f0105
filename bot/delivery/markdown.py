"""Renders a card as Markdown (CommonMark), with everything from outside escaped.

Source: CommonMark 0.31.2, "Backslash escapes": any ASCII punctuation character may be escaped.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote as percent

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.plain import quoted

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~@&!$^=+:-])|(?<=\d)([.)])")
"""Characters that may be markup in CommonMark, in its tables, or a mention in a chat."""

WHITE_SPACE: Final = re.compile(r"\s+")


def to_markdown(card: Card) -> str:
    """Return the card as Markdown that ends in a line break."""
    return "\n\n".join("\n".join(_lines(block)) for block in card.blocks) + "\n"


def escape(text: str) -> str:
    """Return Markdown that renders as the text, letter by letter, on one line."""
    return SPECIAL.sub(r"\\\1\2", WHITE_SPACE.sub(" ", text))


def link_target(address: str) -> str:
    """Return the address as a link can carry it, or nothing if it does not lead to the web."""
    if not address.startswith(("http://", "https://")):
        return ""
    return percent(address, safe=":/?#@!$&'*+,;=%~._-")


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {escape(text).strip()}"
        case Paragraph(runs) | Note(runs):
            yield _text(runs).strip()
        case Bullets(items, numbered):
            for number, item in enumerate(items, start=1):
                yield f"{f'{number}.' if numbered else '-'} {_text(item)}"
        case QuoteBlock(pieces, attribution):
            yield f"> {escape(quoted(pieces))}"
            yield f"> — {_text(attribution)}"


def _text(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.style == "strong":
        text = f"**{text}**"
    inner, address = text.strip(), link_target(run.href)
    return text.replace(inner, f"[{inner}]({address})", 1) if inner and address else text
