"""Shows cards in a terminal with rich: in colour and to its width, or plain when piped."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.plain import quoted, to_plain

STYLES = {"plain": "", "strong": "bold", "quiet": "dim"}
HEADINGS = {1: "bold reverse", 2: "bold cyan", 3: "bold"}
MAX_LINE_CHARS = 100
"""Text runs no wider than this: longer lines are hard to read, however wide the terminal is."""

MAX_HANGING = 100
"""Items of a list whose second lines are indented: a table of 10,000 rows takes three seconds."""


def print_card(console: Console, card: Card) -> None:
    """Print the card: laid out on a terminal, as plain text into a pipe or a file."""
    if not console.is_terminal:
        console.file.write(to_plain(card))
        return
    width = min(console.width, MAX_LINE_CHARS)
    for block in card.blocks:
        for line in _render(block):
            console.print(line, width=width, highlight=False)


def _render(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(text, level):
            yield ""
            yield Text(f" {text} " if level == 1 else text, style=HEADINGS[level])
        case Paragraph(runs):
            yield _text(runs)
        case Note(runs):
            yield _text(runs, base="dim italic")
        case Bullets(items, numbered):
            yield _list(items, numbered=numbered)
        case QuoteBlock(pieces, attribution):
            said = Text(quoted(pieces), style="green")
            yield Padding(said, (0, 0, 0, 4))
            yield Padding(Text("— ").append_text(_text(attribution)), (0, 0, 0, 6))


def _list(items: Sequence[Sequence[Run]], *, numbered: bool) -> RenderableType:
    if len(items) > MAX_HANGING and not numbered:
        return Text("\n").join(Text.assemble(("  • ", "dim"), _text(item)) for item in items)
    grid = Table.grid(padding=(0, 1))
    for number, item in enumerate(items, start=1):
        grid.add_row(Text(f"  [{number}]" if numbered else "  •", style="dim"), _text(item))
    return grid


def _text(runs: Sequence[Run], base: str = "") -> Text:
    """Return the runs as one text. Never as markup: a bracket from outside stays a bracket."""
    text = Text(style=base)
    for run in runs:
        text.append(run.text, style=STYLES[run.style])
        if run.href and run.style == "plain":
            text.append(f" <{run.href}>", style="dim")
    return text
