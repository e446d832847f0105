"""What the newsroom reads, and how the last polls of it went."""

from typing import Final, Self

from msgspec.structs import replace

from bot.errors import SubscriptionError
from bot.news.briefs import Unread
from bot.news.values import Instant, Value, require, require_utc

MAX_INTERVAL_SECONDS: Final = 86_400
"""The longest time between two polls of a source: a day."""

MAX_AHEAD_SECONDS: Final = MAX_INTERVAL_SECONDS + 3_600
"""An instant still farther ahead was written before the clock was set back. The hour is for polls
that begin late, which count from their answers.
"""


PUSH: Final = "push://"
"""How the address of a source begins that is sent to us, before its name."""


def is_web(address: str) -> bool:
    """Tell whether the address is one of the web; all others are not asked for over it."""
    return address.lower().startswith(("http://", "https://"))


def is_pushed(address: str) -> bool:
    """Tell whether the source is sent to us, and never asked."""
    return address.startswith(PUSH)


def is_folder(address: str) -> bool:
    """Tell whether the address is a folder that is watched: a path with a slash at its end."""
    return "://" not in address and address.endswith("/")


class PollState(Value, frozen=True):
    """What is known of a source from its last polls; a source that was never polled has nothing.

    Args:
        etag: the server's `ETag` as it came, or empty; `last_modified` likewise.
        validated_address: the address that gave these two; no other one may be asked with them.
        body_sha256: of the bytes that were read last, as 64 hexadecimal digits, or empty.
        read_items: digests of the items whose pages were read and need not be read again.
        unread: what of the last document could not be read, it or its items' pages.
        fresh_seconds: how long the server said that its last answer is fresh.
        ttl_seconds: how long the last document itself asked to be left alone.
        interval_seconds: how long the changes of the source so far let us wait between polls; 0
            before the first reading.
        next_at: when it is due; `None` means at once.
        checked_at: when it was last asked, whatever came of it.
        read_at: when it last answered, changed or not.
        changed_at: when it last had something new.
        failures: polls in a row that failed.
        failing_since: when the first of them was; `None` if the last poll went well.
        reason: why the last poll failed: a clause without a full stop, or empty.
        moving_to: where a permanent redirect led at the last poll, if that was the first time.
        moved_to: where it is read since two polls in a row were redirected there for good.
        gone: it answered 410 and is polled no more.
    """

    etag: str = ""
    last_modified: str = ""
    validated_address: str = ""
    body_sha256: str = ""
    read_items: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    fresh_seconds: int = 0
    ttl_seconds: int = 0
    interval_seconds: int = 0
    next_at: Instant | None = None
    checked_at: Instant | None = None
    read_at: Instant | None = None
    changed_at: Instant | None = None
    failures: int = 0
    failing_since: Instant | None = None
    reason: str = ""
    moving_to: str = ""
    moved_to: str = ""
    gone: bool = False

    def __post_init__(self) -> None:
        """Check instants, interval, and that a failure has its beginning and its reason."""
        for name in ("next_at", "checked_at", "read_at", "changed_at", "failing_since"):
            require_utc(getattr(self, name), name)
        for seconds in (self.fresh_seconds, self.ttl_seconds, self.interval_seconds):
            require(0 <= seconds <= MAX_INTERVAL_SECONDS, "A source waits for a day at most.")
        require(self.failures >= 0, "A count below zero.")
        fails = self.failures > 0
        require(
            fails == (self.failing_since is not None) == bool(self.reason),
            "What fails has failed since an instant and for a reason, and nothing else has.",
        )


class Subscription(Value, frozen=True):
    """A source that the newsroom reads, with how its last polls went.

    Args:
        address: of a feed or page, or the path of a file; unique.
        outlet: the name that is printed; empty means what the document calls itself.
        publisher: the company behind it, when several outlets share one, or empty.
        folder: where editors filed it: names from the outside in, joined by "/", or empty.
        urgent: it is asked every minute.
        configured: it is listed in the settings file, where alone it can be removed.
        paused: an editor paused it.
        paused_in_settings: the settings file pauses it.
    """

    address: str
    added_at: Instant
    outlet: str = ""
    publisher: str = ""
    folder: str = ""
    urgent: bool = False
    configured: bool = False
    paused: bool = False
    paused_in_settings: bool = False
    poll: PollState = PollState()

    def __post_init__(self) -> None:
        """Check address and instant."""
        require(self.address, "A source needs an address.")
        require_utc(self.added_at, "added_at")
        require(
            self.configured or not self.paused_in_settings,
            f"{self.address} is not in the settings and cannot be paused there.",
        )

    @property
    def is_read(self) -> bool:
        """Whether it is polled at all: not paused and not gone."""
        return not (self.paused or self.paused_in_settings or self.poll.gone)

    @property
    def read_from(self) -> str:
        """The address that is asked: where it has moved for good, or its own."""
        return self.poll.moved_to or self.address

    @property
    def due_at(self) -> Instant | None:
        """When it is due, or has been; `None` of one that was resumed, which is due at once."""
        return self.poll.next_at or (None if self.poll.checked_at else self.added_at)

    def resumed(self) -> Self:
        """Return it as it is when an editor wants it read again, from now on.

        Raises:
            SubscriptionError: the settings file pauses it.
        """
        if self.paused_in_settings:
            raise SubscriptionError(
                f"{self.address} is paused in the settings; take “paused = true” out of its "
                "[[source]] in config/nutgraf.toml and start Nutgraf again."
            )
        return replace(self, paused=False, poll=replace(self.poll, gone=False, next_at=None))

    def require_removable(self) -> None:
        """Let an editor remove it, who can remove what an editor added.

        Raises:
            SubscriptionError: the settings file lists it.
        """
        if self.configured:
            raise SubscriptionError(
                f"{self.address} is listed in the settings; take its [[source]] out of "
                "config/nutgraf.toml and start Nutgraf again. Until then it can be paused."
            )
