"""Passages in the id of a button: which words of which revision, to be looked up at a press."""

import re
from collections.abc import Sequence
from typing import Final

from bot.chat.pages import MAX_KEY
from bot.errors import UnknownError
from bot.news import Passage, Span, TextField

KEY: Final = re.compile(
    r"(?P<id>[^:]+):(?P<revision>[0-9]+):(?P<field>[bt]):(?P<pieces>[0-9]+-[0-9]+(,[0-9]+-[0-9]+)*)"
)


def to_key(pieces: Sequence[Passage]) -> str:
    """Return a key of at most `MAX_KEY` characters that leads to the pieces of one quote.

    Of a quote in very many pieces the first are meant.
    """
    first = pieces[0].span
    key = f"{first.article_id}:{first.revision}:{first.field[0]}:{first.start}-{first.end}"
    for piece in pieces[1:]:
        longer = f"{key},{piece.span.start}-{piece.span.end}"
        if len(longer) > MAX_KEY:
            break
        key = longer
    return key


def spans_of(key: str) -> tuple[Span, ...]:
    """Return what the key leads to.

    Raises:
        UnknownError: it is no such key.
    """
    match = KEY.fullmatch(key)
    if match is None:
        raise UnknownError("These words are not in the archive any more.")
    field: TextField = "title" if match["field"] == "t" else "body"
    bounds = (piece.split("-") for piece in match["pieces"].split(","))
    return tuple(
        Span(match["id"], int(match["revision"]), field, int(start), int(end))
        for start, end in bounds
    )
