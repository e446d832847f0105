"""What the functions of this desk work with, and how they know a source again."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final
from urllib.parse import urlsplit

from bot.errors import FetchError, SourceError, SubscriptionError, UnknownError
from bot.news import Article, Subscription, is_pushed, is_web
from bot.ports import Document, Documents, Progress, Reader, Robots, Subscriptions
from bot.quotes import Lexicon
from bot.source_desk.printing import printed
from bot.sources import PageFacts, page_facts
from bot.sources.links import canonical

log = logging.getLogger(__name__)

MAX_ADDRESS_CHARS: Final = 4_000
"""What the door to the web takes."""

BARE_SITE: Final = re.compile(
    r"(?!.*\.(?:atom|html?|json|opml|rss|txt|xml)$)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?$",
    re.IGNORECASE,
)
"""What somebody types who leaves out `https://`, and what is hardly the name of a file."""

TO_LIST: Final = (
    "is sent to Nutgraf and not fetched; list it as [[source]] in config/nutgraf.toml, put its "
    "secret into web.secrets_folder, and start Nutgraf again"
)

MAX_NAMED: Final = 5


@dataclass(frozen=True)
class ReadingLimits:
    """What one reading may take: bytes unpacked, seconds, redirects, and items of one source."""

    max_bytes: int
    timeout_seconds: float
    max_redirects: int
    max_items: int


@dataclass(frozen=True)
class SourceDesk:
    """The list of sources, the door to what stands at them, and what the newsroom may read.

    Args:
        read_lexicon: from a language, a BCP 47 tag, to what the quote stage knows of it.
        zone: whose clock is shown.
    """

    subscriptions: Subscriptions
    documents: Documents
    reader: Reader
    robots: Robots
    progress: Progress
    read_lexicon: Callable[[str], Lexicon]
    limits: ReadingLimits
    zone: tzinfo

    def lexicon(self, article: Article) -> Lexicon:
        """Return the words of the article's language; of English where it names none."""
        return self.read_lexicon(article.language or "en")


def sameness(address: str) -> str:
    """Return what two addresses share that mean the same source.

    The canonical web address without its scheme; a path stands for itself.
    """
    return canonical(address).partition("://")[2].removesuffix("/") or address


def refusal(address: str) -> str:
    """Return a clause why nothing can ever be read at the address, or nothing."""
    if not address or not address.isprintable():
        return "is no address"
    if len(address) > MAX_ADDRESS_CHARS:
        return f"is too long for an address ({len(address):,} characters)"
    if not is_web(address):
        return _refusal_off_the_web(address)
    if not canonical(address):
        return "is not a valid web address"
    parts = urlsplit(address)
    if parts.username is not None or parts.password is not None:
        return "carries a user name or password; such addresses are not read"
    return ""


def _refusal_off_the_web(address: str) -> str:
    if is_pushed(address):
        return TO_LIST
    return "is neither a path nor an http or https address" if "://" in address else ""


def require_address(address: str) -> None:
    """Let addresses pass that can be read.

    Raises:
        SubscriptionError: it cannot; the sentence says why.
    """
    if reason := refusal(address):
        raise SubscriptionError(f"{printed(address)}: {reason}.")


async def find(desk: SourceDesk, name: str) -> Subscription:
    """Return the source that an editor means: by address, by outlet, or by a part of either.

    Raises:
        UnknownError: it is none, or it could be several; the sentence names them.
    """
    if exact := await desk.subscriptions.find_subscription(name):
        return exact
    return choose(await desk.subscriptions.subscriptions(), name)


def choose(kept: Iterable[Subscription], name: str) -> Subscription:
    """Return the one source of these that the name means.

    Raises:
        UnknownError: as `find`.
    """
    kept, wanted = tuple(kept), name.strip().casefold()
    ways: tuple[Callable[[Subscription], bool], ...] = (
        lambda one: one.address == name,
        lambda one: sameness(name) in {sameness(one.address), sameness(one.read_from)},
        lambda one: one.outlet.casefold() == wanted,
        lambda one: wanted in f"{one.address} {one.outlet}".casefold(),
    )
    for means in ways if wanted else ():
        found = [one for one in kept if means(one)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownError(_several(name, found))
    raise UnknownError(f"No source is called {printed(name)!r}; `sources list` names them.")


async def fetch(desk: SourceDesk, address: str) -> Document:
    """Return what stands at the address.

    Raises:
        FetchError: as `Documents.fetch`; where a site was meant, it says how to write that.
    """
    try:
        return await desk.documents.fetch(address)
    except FetchError as error:
        if not BARE_SITE.match(address):
            raise
        reason = f"{error.reason}; if a site is meant, write https://{address}"
        raise FetchError(address, reason) from error


async def facts_of(document: Document) -> PageFacts:
    """Return what a page is and names; of what cannot be looked at, nothing."""
    try:
        return await asyncio.to_thread(page_facts, document)
    except SourceError:
        return PageFacts()
    except Exception:  # whatever its bytes did to a parser
        log.exception("page not looked at", extra={"address": document.address})
        return PageFacts()


def _several(name: str, found: list[Subscription]) -> str:
    named = ", ".join(printed(one.address) for one in found[:MAX_NAMED])
    more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
    return f"{printed(name)!r} could be {len(found)} sources: {named}{more}. Give the address."
