"""Finds embargoes that stand only in a line of the text: above it, below it, or in its title."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.ports import Item
from bot.sources.embargoes import stated_end, states_embargo

MAX_LINE_CHARS: Final = 200
"""Longer lines are the report itself, which may well speak of an embargo."""
FIRST_LINES: Final = 6
LAST_LINES: Final = 3
"""Where notes to editors stand."""
OPENING: Final = (
    r"^[\W_]*(?:(?:note\s+to|attention,?|for|attn:?)\s+editors?\W*|editor\W?s?\s+note\W*)?"
)
EMBARGO_LINE: Final = re.compile(
    OPENING
    + r"""(?:(?:strictly\s+|news\s+)?embargoed\b.{0,40}?\b(?:un)?til\b
    |(?:strictly\s+)?embargoed\s*(?:[:–—-]|for\b|copy\b|to\b)
    |(?:strict\s+)?embargo\s*(?:[:–—-]|(?:un)?til\b|ends\b|lifts\b).*\d
    |under\s+(?:strict\s+)?embargo\b
    |(?:strictly\s+)?not\s+(?:to\s+be\s+|for\s+)(?:publi|releas|broadcast|us[ei])\w*
        .{0,40}?\b(?:before|(?:un)?til|prior\s+to)\b
    |(?:do\s+not|don.t)\s+(?:publish|release|broadcast|use)\b.{0,40}?\b(?:before|(?:un)?til)\b
    |hold\s+for\s+release\b|for\s+release\s+(?:at|on|after)\b.*\d
    |sperrfrist\b|gesperrt\s+bis\b|sous\s+embargo\b|bajo\s+embargo\b|embargad[oa]\s+hasta\b)""",
    re.VERBOSE | re.IGNORECASE,
)
"""A line that is an embargo, and not one about a country's: it begins with it."""
WORDED: Final = re.compile(r"embarg|sperrfrist|gesperrt", re.IGNORECASE)


def as_embargoed(item: Item, *, now: datetime) -> Item:
    """Return the item with the embargo that a line of its text states, if it has not told so.

    Of several the last ends count. A line whose words name no day makes the item withheld: nobody
    knows until when. An embargo that a line says is lifted is none.
    """
    lines = _embargo_lines(item)
    if not lines or item.withdrawn:
        return item
    dated = item.published_at or now
    ends = [stated_end(line, dated=dated) for line in lines]
    known = [end for end in (item.embargoed_until, *ends) if end]
    until = max(known, default=None)
    return replace(item, embargoed_until=until, withdrawn="withheld" if None in ends else None)


def _embargo_lines(item: Item) -> list[str]:
    lines = [line.strip() for line in item.body.splitlines() if line.strip()]
    ends = dict.fromkeys((item.title, *lines[:FIRST_LINES], *lines[-LAST_LINES:]))
    return [line for line in ends if _is_embargo(line)]


def _is_embargo(line: str) -> bool:
    if len(line) > MAX_LINE_CHARS or not EMBARGO_LINE.search(line):
        return False
    # "Embargo lifted" begins like one
    return states_embargo(line) or not WORDED.search(line)
