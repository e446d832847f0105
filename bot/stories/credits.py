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

DATELINE_CHARS: Final = 160
NAME: Final = r"(?:the\s+)?(?P<name>[A-ZÀ-Þ][\w’'.&-]*(?:\s+(?:of\s+)?[A-ZÀ-Þ][\w’'.&-]*){0,5})"
BYLINE_LEAD: Final = re.compile(r"^\s*(?:by|from)\s+|\s+staff\s*$|,.*$", re.IGNORECASE)


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
        return (*facts, BYLINE_LEAD.sub("", article.byline))

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
    return [match["name"] for match in (dateline, signed) if match]


def _matches(patterns: tuple[re.Pattern[str], ...], body: str) -> list[str]:
    return [match["name"] for pattern in patterns for match in pattern.finditer(body)]


def _pattern(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    found = []
    if before:
        found.append(re.compile(rf"\b(?i:{_either(before)})\s+{NAME}"))
    if after:
        found.append(re.compile(rf"\b{NAME}\s+(?i:{_either(after)})"))
    return tuple(found)


def _either(phrases: tuple[str, ...]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
