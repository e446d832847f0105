"""Reads all that a message says, as its readers see it: text, embeds, components, forwards."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import discord

LINK: Final = re.compile(r"\[((?:\\.|[^\]\\\n]){1,1000})\]\(<?[^\s()<>]*>?[^()\n]{0,200}\)")
MENTION: Final = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|t:)-?\d+(?::\w)?>")
CODE: Final = re.compile(r"`{1,3}")
EMPHASIS: Final = re.compile(
    r"(?<![\\\w])(?P<mark>\*\*\*|\*\*|\*|___|__|_|~~|\|\|)(?=\S)(?P<said>.{0,4000}?\S)"
    r"(?P=mark)(?!\w)",
    re.DOTALL,
)
LINE_MARK: Final = re.compile(r"^(?:-#|#{1,3}|[-*]|\d{1,4}\\?\.)[ \t]+", re.MULTILINE)
ESCAPED: Final = re.compile(r"\\([^0-9A-Za-z\s])")
"""Source of the markup: Discord, "Markdown Text 101"."""
DEPTH: Final = 4
"""Marks within marks that are taken off."""


def said_in(message: discord.Message) -> str:
    """Return what the message says: its own words, and those of embeds, components and forwards.

    Markup is taken off, as far as it changes how words look and not what they are; `>` stays at
    the beginning of quoted lines. What Discord does not show us is missing.
    """
    parts = [*_written(message)]
    for snapshot in message.message_snapshots:
        parts += _written(snapshot)
    return "\n\n".join(filter(None, map(unmarked, parts)))


def unmarked(text: str) -> str:
    """Return Discord's Markdown without its marks."""
    text = LINE_MARK.sub("", MENTION.sub(" ", LINK.sub(r"\1", text)))
    for _ in range(DEPTH):
        text, found = EMPHASIS.subn(r"\g<said>", text)
        if not found:
            break
    return ESCAPED.sub(r"\1", CODE.sub("", text)).strip()


def _written(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        yield from _embedded(embed)
    yield from _shown([component.to_dict() for component in message.components])


def _embedded(embed: discord.Embed) -> Iterator[str]:
    yield embed.title or ""
    yield embed.description or ""
    for field in embed.fields:
        yield f"{field.name or ''}\n{field.value or ''}"
    yield embed.footer.text or ""


def _shown(nodes: Iterable[Any]) -> Iterator[str]:
    """Return the text displays, however deep; words on buttons are no text."""
    for node in nodes:
        if isinstance(node, dict):
            if isinstance(node.get("content"), str):
                yield node["content"]
            yield from _shown(node.values())
        elif isinstance(node, list):
            yield from _shown(node)
