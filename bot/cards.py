"""The neutral card: what a desk answers with, before any surface has rendered it.

Text in a card is data. Each surface escapes it in its own way, and only the blocks and runs below
become markup, so nothing that came from outside can.
"""

from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "strong", "quiet"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; with an `href` (http or https) it is a link."""

    text: str
    style: Style = "plain"
    href: str = ""


@dataclass(frozen=True)
class Heading:
    """A title; level 1 is the card's, 2 a story's, 3 a part of a story."""

    text: str
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Bullets:
    """A list; with `numbered` the surfaces count its items from 1."""

    items: tuple[tuple[Run, ...], ...]
    numbered: bool = False


@dataclass(frozen=True)
class QuoteBlock:
    """A statement: each piece is printed between quotation marks of its own, then who said it."""

    pieces: tuple[str, ...]
    attribution: tuple[Run, ...]


@dataclass(frozen=True)
class Note:
    """Small print: coverage, how it was written, what is missing."""

    runs: tuple[Run, ...]


Block = Heading | Paragraph | Bullets | QuoteBlock | Note


@dataclass(frozen=True)
class Card:
    """What every surface renders, in order."""

    blocks: tuple[Block, ...]
