"""Renders a card as HTML without attributes but links, everything from outside escaped."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.markdown import link_target
from bot.delivery.plain import quoted

TAGS: Final = {"plain": "", "strong": "strong", "quiet": "small"}


def to_html(card: Card) -> str:
    """Return the card's blocks as HTML, one a line."""
    return "\n".join(line for block in card.blocks for line in _block(block))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(runs):
            yield f"<p>{_text(runs)}</p>"
        case Note(runs):
            yield f"<p><small>{_text(runs)}</small></p>"
        case Bullets(items, numbered):
            tag = "ol" if numbered else "ul"
            lines = "".join(f"<li>{_text(item)}</li>" for item in items)
            yield f"<{tag}>{lines}</{tag}>"
        case QuoteBlock(pieces, attribution):
            said = escape(quoted(pieces))
            yield f"<blockquote><p>{said}</p><p>— {_text(attribution)}</p></blockquote>"


def _text(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text, tag, address = escape(run.text), TAGS[run.style], link_target(run.href)
    text = f"<{tag}>{text}</{tag}>" if tag else text
    return f'<a href="{escape(address)}">{text}</a>' if address else text
