"""What is read: outlets, sources, articles, their revisions, and spans of them."""

from collections.abc import Collection
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal, Self

from msgspec.structs import replace

from bot.errors import VerificationError
from bot.news.values import Instant, Value, digest, require, require_utc

TextField = Literal["title", "body"]
SourceKind = Literal["feed", "page", "text", "wire"]
Withdrawal = Literal["withheld", "killed"]
Stopped = Literal["held", "killed", "purged"]
"""What a newsroom itself did to an article: kept it back, killed it, or removed its text."""
REDACTED: Final = "\n"
"""What stands in a text for each character that was taken out: the ends of paragraphs, so that
nothing reads across the gap."""


class Outlet(Value, frozen=True):
    """Who publishes: "Harbour Courier"; an empty publisher means that the outlet is its own."""

    name: str
    publisher: str = ""

    def __post_init__(self) -> None:
        """Check that the outlet has a name."""
        require(self.name.strip(), "An outlet needs a name.")


class Source(Value, frozen=True):
    """What is read: the address of a feed or page, the path of a file, `-` for standard input."""

    address: str
    kind: SourceKind
    outlet: Outlet

    def __post_init__(self) -> None:
        """Check that the source has an address."""
        require(self.address, "A source needs an address.")


class Span(Value, frozen=True):
    """Where words stand: code points `start` up to `end` of one field of one revision."""

    article_id: str
    revision: int
    field: TextField
    start: int
    end: int

    def __post_init__(self) -> None:
        """Check that the span is not empty and not before its text."""
        require(self.revision >= 1, "Revisions are counted from 1.")
        require(0 <= self.start < self.end, f"The span {self.start}-{self.end} holds no words.")

    def __str__(self) -> str:
        """Say the span as a line of a report."""
        text = f"article {self.article_id}, revision {self.revision}, {self.field}"
        return f"{text} {self.start}-{self.end}"


class Passage(Value, frozen=True):
    """A span with its words. Made by `Revision.passage`; replayed by `Dossier`."""

    span: Span
    words: str

    def __post_init__(self) -> None:
        """Check that there are as many words as the span is long."""
        if len(self.words) != self.span.end - self.span.start:
            raise VerificationError(f"“{self.words}” is not as long as its span ({self.span}).")


class Revision(Value, frozen=True):
    """The text of an article at one time. Immutable; title and body carry their SHA-256.

    `redacted` are spans of it in whose place `REDACTED` stands: words that the newsroom stopped, or
    a text that it purged. The hashes stay those of the text as it was read, and every other
    character keeps its offset.
    """

    article_id: str
    number: int
    title: str
    body: str
    title_sha256: str
    body_sha256: str
    seen_at: Instant
    redacted: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        """Check number, hashes, what is redacted, and instant."""
        require(self.number >= 1, "Revisions are counted from 1.")
        require_utc(self.seen_at, "seen_at")
        fields: tuple[TextField, ...] = ("title", "body")
        for field in fields:
            gaps = [span for span in self.redacted if span.field == field]
            require(
                all(self._is_gap(span) for span in gaps)
                if gaps
                else getattr(self, f"{field}_sha256") == digest(self.text(field)),
                f"The {field} of article {self.article_id}, revision {self.number}, "
                f"is not the text that was hashed.",
            )

    def _is_gap(self, span: Span) -> bool:
        words = self.text(span.field)[span.start : span.end]
        own = (span.article_id, span.revision) == (self.article_id, self.number)
        return own and words == REDACTED * (span.end - span.start)

    @classmethod
    def of(cls, article_id: str, number: int, title: str, body: str, *, seen_at: datetime) -> Self:
        """Return the revision with its hashes computed."""
        return cls(article_id, number, title, body, digest(title), digest(body), seen_at)

    def text(self, field: TextField) -> str:
        """Return the title or the body."""
        return self.title if field == "title" else self.body

    def without(self, spans: Collection[Span]) -> Self:
        """Return the revision with these spans of it redacted; the hashes stay.

        Raises:
            ValueError: a span is of another revision, or ends after its text.
        """
        texts: dict[TextField, str] = {"title": self.title, "body": self.body}
        for span in spans:
            text = texts[span.field]
            if (span.article_id, span.revision) != (self.article_id, self.number):
                raise ValueError(f"The span ({span}) is of another revision.")
            if span.end > len(text):
                raise ValueError(f"The span ({span}) ends after its text.")
            gap = REDACTED * (span.end - span.start)
            texts[span.field] = text[: span.start] + gap + text[span.end :]
        redacted = tuple(dict.fromkeys((*self.redacted, *spans)))
        return replace(self, title=texts["title"], body=texts["body"], redacted=redacted)

    def passage(self, field: TextField, start: int, end: int) -> Passage:
        """Return the words from `start` up to `end` of the field, with their span.

        Raises:
            VerificationError: the span is empty or does not lie inside the field.
        """
        span = Span(self.article_id, self.number, field, start, end)
        text = self.text(field)
        if end > len(text):
            raise VerificationError(f"The span ({span}) ends after its text.")
        return Passage(span, text[start:end])

    def whole_title(self) -> Passage:
        """Return the title as a passage.

        Raises:
            VerificationError: the title is empty.
        """
        return self.passage("title", 0, len(self.title))


class WireFacts(Value, frozen=True):
    """What a wire states of an item beside its text, in the terms of the IPTC.

    `version` counts within one identifier, 0 when not stated; of two versions the higher counts,
    whichever comes first. `urgency` is 1 (most urgent) to 9. `correction`: this version corrects an
    earlier one. `altids` are other names of the item, `infosources` who the information is from.
    """

    version: int = 0
    urgency: int | None = None
    slugline: str = ""
    located: tuple[str, ...] = ()
    infosources: tuple[str, ...] = ()
    altids: tuple[str, ...] = ()
    correction: bool = False


class Carrier(Value, frozen=True):
    """What one source last said of an article: the hashes of the text it gave, and its state.

    `address` is the source's, for files that of their folder. Sources dress the same text in
    different ways; only one that changes its own words has changed the article.
    """

    address: str
    title_sha256: str
    body_sha256: str
    updated_at: Instant | None = None
    embargoed_until: Instant | None = None
    withdrawn: Withdrawal | None = None

    def __post_init__(self) -> None:
        """Check the address and the instants."""
        require(self.address, "A carrier needs an address.")
        require_utc(self.updated_at, "updated_at")
        require_utc(self.embargoed_until, "embargoed_until")


class Article(Value, frozen=True):
    """One item from one source, with its revisions in ascending order.

    In a dossier an article holds only the revisions that the briefing cites. `source` is the one
    that gave it first; `carriers` are all that gave it, that one included, since it was known that
    several may. Held by one carrier is held. `liveblog`: a small item of a stream of them.

    `address` is the canonical address, or empty; `byline` as printed, or empty; `language` a
    BCP 47 tag, or empty when unknown. `withdrawn` is what the outlet said of the item; `wire` is
    what a wire stated beside the text, `None` for what did not come from a wire. `categories` are
    what a source files it under, in its own words. `stopped` is what the newsroom's own editors
    did to it, in whatever state its outlet has it.
    """

    id: str
    source: Source
    revisions: tuple[Revision, ...]
    address: str = ""
    byline: str = ""
    language: str = ""
    published_at: Instant | None = None
    updated_at: Instant | None = None
    embargoed_until: Instant | None = None
    withdrawn: Withdrawal | None = None
    wire: WireFacts | None = None
    carriers: tuple[Carrier, ...] = ()
    liveblog: bool = False
    categories: tuple[str, ...] = ()
    stopped: Stopped | None = None

    def __post_init__(self) -> None:
        """Check that the revisions are this article's, in order, and the instants in UTC."""
        require(self.id, "An article needs an id.")
        require(self.revisions, f"Article {self.id} has no revision.")
        for name in ("published_at", "updated_at", "embargoed_until"):
            require_utc(getattr(self, name), name)
        for revision in self.revisions:
            require(
                revision.article_id == self.id,
                f"Article {self.id} holds a revision of article {revision.article_id}.",
            )
        for older, newer in pairwise(self.revisions):
            require(
                older.number < newer.number, f"The revisions of article {self.id} are out of order."
            )
        carried_by = [carrier.address for carrier in self.carriers]
        require(
            len(set(carried_by)) == len(carried_by), f"A source carries article {self.id} twice."
        )

    @property
    def latest(self) -> Revision:
        """The newest revision."""
        return self.revisions[-1]

    @property
    def outlet(self) -> str:
        """The name of the outlet."""
        return self.source.outlet.name

    def revision(self, number: int) -> Revision:
        """Return one revision.

        Raises:
            VerificationError: the article has no revision of that number.
        """
        for revision in self.revisions:
            if revision.number == number:
                return revision
        raise VerificationError(f"Article {self.id} has no revision {number}.")

    def is_from(self, addresses: Collection[str]) -> bool:
        """Tell whether one of these addresses is that of a source that gave it."""
        return self.source.address in addresses or any(
            carrier.address in addresses for carrier in self.carriers
        )

    def dated(self) -> datetime:
        """Return when the article was published, or else first seen."""
        return self.published_at or self.revisions[0].seen_at

    def is_held(self, now: datetime) -> bool:
        """Tell whether the text may not leave the store.

        It is embargoed at `now`, withheld or killed by its outlet, or stopped by the newsroom.
        """
        return self.stopped is not None or self.is_held_by_outlet(now)

    def is_held_by_outlet(self, now: datetime) -> bool:
        """Tell whether its outlet has it embargoed at `now`, withheld or killed."""
        embargoed = self.embargoed_until is not None and now < self.embargoed_until
        return embargoed or self.withdrawn is not None
