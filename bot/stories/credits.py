"""Finds whom an article rests on by its own word: a credited agency, or who had the news first."""

import re
from collections.abc import Mapping
from typing import Final

from bot.news import Article
from bot.stories.publishers import Publishers, initials, name_key
from bot.stories.words import StoryWords
from bot.text import squeeze

DATELINE: Final = re.compile(
    r"^[^\n(]{0,60}\(\s*(?P<name>[^()\n]{2,40}?)\s*\)\s*(?:[-–—:]|\.\s)", re.MULTILINE
)
"""An agency's dateline: PORT ALDREN, 3 March (CDA) — …"""

SIGNED: Final = re.compile(r"\(\s*(?P<name>[^(),\n]{2,40})(?:,[^()\n]{0,60})?\)\s*\Z")
"""A credit at the very end: (CDA, edited by the Ledger)"""

SIGNED_LINE: Final = re.compile(
    r"(?:^|\n)\s*(?:[—–-]|(?:©|\(c\)|copyright)(?:\s*(?:©|\(c\)))?(?:\s*\d{4})?(?:\s+by)?)"
    r"\s*(?P<name>[^\n.,;()]{2,40}?)\s*(?:[.,;][^\n]{0,60})?\Z",
    re.IGNORECASE,
)
"""A credit that is the last line: "— CDA", "© 2026 CDA", "Copyright 2026 CDA. All rights …"."""

DATELINE_CHARS: Final = 160
NO_PICTURE: Final = "".join(
    rf"(?<!(?i:{kind}) )" for kind in ("image", "photo", "picture", "graphic", "video", "map")
)
"""Whose picture it is says nothing of the text: "Image source: CDA"."""
NAME: Final = r"(?:the\s+)?(?P<name>[A-ZÀ-Þ][\w’'.&-]*(?:\s+(?:of\s+)?[A-ZÀ-Þ][\w’'.&-]*){0,5})"
BYLINE_LEAD: Final = re.compile(r"^\s*(?:by|from)\s+|\s+staff\s*$", re.IGNORECASE)
BYLINE_PARTS: Final = re.compile(r"\s*[,|/;•·]\s*|\s+[–—-]\s+|\s+(?:and|of|for|with)\s+")
"""What stands between the names of a byline: "Ada Rask, CDA", "Ada Rask of CDA"."""


class CreditsReader:
    """Reads credits in one language, among the publishers that are known."""

    def __init__(self, publishers: Publishers, language: StoryWords) -> None:
        self._publishers = publishers
        self._rested = _pattern(language.credits_before, language.credits_after)
        self._first = _pattern(language.firsts_before, language.firsts_after)

    def source_of(self, article: Article, outlets: Mapping[str, str]) -> str:
        """Return the key of the publisher that the article rests on; empty if it stands for itself.

        `outlets` are the keys of the outlets that report the story, by the keys of their names and
        initials. Only they and the publishers of the configuration can be rested on, since a
        reporter's name stands in the same places; who had the news first may be anybody.
        """
        body = article.latest.body
        named = (*self._named_outside(article), *_in_lines(body))
        for name in (*named, *_matches(self._rested, body)):
            if key := self._known(name, outlets):
                return key
        for name in _matches(self._first, body):
            return self._known(name, outlets) or name_key(name)
        return ""

    def _named_outside(self, article: Article) -> tuple[str, ...]:
        facts = article.wire.infosources if article.wire else ()
        whole = BYLINE_LEAD.sub("", article.byline)
        parts = (BYLINE_LEAD.sub("", part) for part in BYLINE_PARTS.split(whole))
        return (*facts, whole, *parts)

    def _known(self, name: str, outlets: Mapping[str, str]) -> str:
        """Return the key of a name, or of its beginning: "Reuters in London" is Reuters."""
        parts = squeeze(name).split(" ")
        for end in range(len(parts), 0, -1):
            start = " ".join(parts[:end])
            if key := self._publishers.find(start) or outlets.get(name_key(start), ""):
                return key
        return ""


def outlets_of(articles: Mapping[str, str], publishers: Mapping[str, str]) -> dict[str, str]:
    """Return the publisher's key by the key and the initials of each outlet's name.

    Both arguments are by article id: the name of its outlet, the key of its publisher.
    """
    found: dict[str, str] = {}
    for article_id, outlet in articles.items():
        for name in (name_key(outlet), initials(outlet)):
            if name:
                found.setdefault(name, publishers[article_id])
    return found


def _in_lines(body: str) -> list[str]:
    dateline = DATELINE.search(body[:DATELINE_CHARS])
    signed = SIGNED.search(body[-DATELINE_CHARS:])
    last = SIGNED_LINE.search(body[-DATELINE_CHARS:].rstrip())
    return [match["name"] for match in (dateline, signed, last) if match]


def _matches(patterns: tuple[re.Pattern[str], ...], body: str) -> list[str]:
    return [match["name"] for pattern in patterns for match in pattern.finditer(body)]


def _pattern(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    found = []
    if before:
        found.append(re.compile(rf"{NO_PICTURE}\b(?i:{_either(before)})\s+{NAME}"))
    if after:
        found.append(re.compile(rf"\b{NAME}\s+(?i:{_either(after)})"))
    return tuple(found)


def _either(phrases: tuple[str, ...]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
