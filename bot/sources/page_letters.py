"""All that a page says, seen or not, and what keeps a reader from it."""

import re
from collections.abc import Iterator
from typing import Final

from bot.ports import Document
from bot.sources.encodings import decode_markup, unpack
from bot.sources.folding import fold_address, is_front_door
from bot.sources.links import host_of
from bot.sources.markup import Element, has_monster_tag, parse_html
from bot.sources.page_data import PageData
from bot.sources.sites import site_of
from bot.text import fold

LOGIN: Final = re.compile(
    r"(?:^|[/._-])(?:login|signin|sign-in|anmelden|connexion|sso|register)\b", re.IGNORECASE
)
CODE_POINT: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
CONTROL: Final = re.compile(r"\\[nrtbf\"\\/]")
TAG: Final = re.compile(r"<[^<>]*>")


class Page:
    """A document as a page.

    Args:
        document: as it was fetched.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        content = unpack(document.address, document.content)
        self.markup = decode_markup(content, *filter(None, (document.charset,)))
        self.root = None if has_monster_tag(self.markup) else parse_html(self.markup)

    def letters(self) -> str:
        """Return the letters and digits of the whole text, one after the other."""
        if self.root is None:
            return letters_of(TAG.sub("", self.markup))
        return "\0".join(map(letters_of, self._texts(self.root)))

    def _texts(self, root: Element) -> Iterator[str]:
        yield from (_plain(script.text or "") for script in root.iter("script"))
        yield from (e.get("content") or "" for e in root.iter("meta"))
        # programs stand between paragraphs of the text
        yield "".join(root.xpath("//text()[not(ancestor::script or ancestor::style)]"))

    def wall(self) -> str:
        """Return what keeps a reader from the text, a clause, if the page says so."""
        if self.root is None:
            return ""
        if LOGIN.search(self.document.final_address.partition("?")[0].partition("://")[2]):
            return "leads to a login"
        if any((e.get("type") or "").lower() == "password" for e in self.root.iter("input")):
            return "asks for a login"
        free = [node.get("isAccessibleForFree") for node in PageData(self.root).nodes]
        return "is behind a paywall" if any(str(f).lower() == "false" for f in free) else ""

    def elsewhere(self, address: str) -> str:
        """Return where the address leads now, a clause, if that is not the page of `address`."""
        final = self.document.final_address or self.document.address
        sites = [site_of(host_of(one)) for one in (final, address)]
        if is_front_door(fold_address(final)):
            return "leads to the front page"
        return "leads to another site" if sites[0] != sites[1] else ""


def _plain(script: str) -> str:
    """Return the text of a program or of data without its escapes and the tags inside it."""
    text = CODE_POINT.sub(lambda m: chr(int(m.group(1), 16)), script)
    return TAG.sub("", CONTROL.sub(" ", text))


def letters_of(text: str) -> str:
    """Return the letters and digits of the text, folded, one after the other."""
    return "".join(filter(str.isalnum, fold(text)))
