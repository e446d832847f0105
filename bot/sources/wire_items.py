"""What a wire format gives: one item with the fields that it states, not yet judged."""

import re
from dataclasses import dataclass
from typing import Final, Literal

SCHEME: Final = re.compile(r"[:/#]")
WireFormat = Literal["newsml-g2", "nitf", "ninjs", "iptc7901", "anpa"]


@dataclass(frozen=True)
class WireItem:
    """One item of a wire, its fields as the wire states them; what it does not state is empty.

    Every field stands on one line but the body, whose paragraphs are apart by blank lines. Instants
    and numbers are still text: what they mean, `bot.sources.wire` decides.

    Args:
        id: the wire's identifier, the same for all versions of the item.
        item: the element that it stands in, in NewsML-G2 ("newsItem", "packageItem").
        itemclass: the kind of content, as a code or word ("ninat:text", "picture").
        pubstatus: a word ("usable", "canceled"); what states none is usable, as the formats say.
        embargoed: an explicit embargo; `None` without one, empty for one without an end.
        release: when it may be released, in NITF.
        links: relation, target and version of each.
        replaces: the identifier of another item that `replaced_status` is said of.
    """

    format: WireFormat
    id: str = ""
    version: str = ""
    item: str = ""
    itemclass: str = ""
    pubstatus: str = "usable"
    embargoed: str | None = None
    release: str = ""
    expires: str = ""
    versioncreated: str = ""
    firstcreated: str = ""
    signals: tuple[str, ...] = ()
    ednote: tuple[str, ...] = ()
    urgency: str = ""
    slugline: str = ""
    subjects: tuple[str, ...] = ()
    headline: str = ""
    byline: tuple[str, ...] = ()
    located: tuple[str, ...] = ()
    dateline: str = ""
    infosources: tuple[str, ...] = ()
    provider: str = ""
    altids: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    lang: str = ""
    replaces: str = ""
    replaced_status: str = ""
    body: str = ""


def local_name(code: str) -> str:
    """Return a code without its scheme, whether it is a QCode or an address, in lower case."""
    return SCHEME.split(code.rstrip("/"))[-1].strip().lower()


def status_word(code: str) -> str:
    """Return the status that a code stands for; no code stands for "usable"."""
    return local_name(code) or "usable"
