"""The list of what the newsroom reads, and how the polls of each source went."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.news import PollState, Subscription


class Subscriptions(Protocol):
    """Keeps what the newsroom reads: what the settings list, and what editors added.

    Several processes may use one list at the same time.
    """

    async def configure(self, listed: Sequence[Subscription]) -> None:
        """Join the list with the sources of the settings file, in one transaction.

        Those that are new are added as `configured`; of those that are there, outlet, publisher,
        `urgent` and `paused_in_settings` become what the file says, and the rest stays. One that an
        editor had added becomes the file's. Configured ones that are not `listed` are forgotten.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all of them in the order in which they came, paused and gone ones too."""
        ...

    async def find_subscription(self, address: str) -> Subscription | None:
        """Return the one of that address."""
        ...

    async def add_subscription(self, new: Subscription) -> bool:
        """Add it, and tell whether it was new; one that is there already stays as it is."""
        ...

    async def add_subscriptions(self, new: Sequence[Subscription]) -> None:
        """Add those that are new, in one transaction; the others stay as they are."""
        ...

    async def pause(self, address: str) -> None:
        """Poll it no more until it is resumed.

        Raises:
            UnknownError: there is none of that address.
        """
        ...

    async def resume(self, address: str) -> None:
        """Poll it again, one that was gone too, from now on.

        Raises:
            SubscriptionError: the settings file pauses it; the sentence says so.
            UnknownError: there is none of that address.
        """
        ...

    async def remove_subscription(self, address: str) -> None:
        """Forget it and how its polls went; the articles that it gave stay.

        Raises:
            SubscriptionError: the settings file lists it; the sentence says so.
            UnknownError: there is none of that address.
        """
        ...

    async def due(
        self, now: datetime, limit: int, *, without: Collection[str] = ()
    ) -> tuple[Subscription, ...]:
        """Return those that are to be polled now, the longest due first, at most `limit`.

        The addresses `without` are left out.

        One that would be due in more than `MAX_AHEAD_SECONDS` is due now: no state that we write
        says so, and the clock was set back since.
        """
        ...

    async def save_polls(self, states: Mapping[str, PollState]) -> None:
        """Keep how polls went, by address, in one transaction; of removed sources nothing.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...
