"""What a wire format gives: one item with the fields that it states, not yet judged."""

from dataclasses import dataclass
from typing import Literal

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
        pubstatus: as a code or word ("stat:usable", "canceled").
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
    pubstatus: str = ""
    embargoed: str | None = None
    release: str = ""
    expires: str = ""
    versioncreated: str = ""
    firstcreated: str = ""
    signals: tuple[str, ...] = ()
    ednote: tuple[str, ...] = ()
    urgency: str = ""
    slugline: str = ""
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
