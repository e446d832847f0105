"""Reads a plain text: its first line is the title if it stands like one, the rest the body."""

import re
from typing import Final

from bot.ports import Item
from bot.text import clean

MAX_TITLE_CHARS: Final = 150
SENTENCE_END: Final = re.compile(r"[.!?:;,…][\"”’»)\]]*$")
FIRST_LINE: Final = re.compile(r"\s*([^\n]+)\n[^\S\n]*\n")


def read_plain(text: str) -> Item:
    """Return the text as one item; nothing of it is left out.

    The first line is the title when it is short, does not end like a sentence, and a blank line and
    more text follow. The body keeps its lines as they are.
    """
    text = clean(text).strip()
    match = FIRST_LINE.match(text)
    line = match.group(1).strip() if match else ""
    if match is None or len(line) > MAX_TITLE_CHARS or SENTENCE_END.search(line):
        return Item(body=text)
    return Item(title=line, body=text[match.end() :].strip("\n"))
