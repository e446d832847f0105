"""Who hears of what goes wrong, and what they were told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.news import NewJob, Notice, Review


class Operations(Protocol):
    """Remembers each newsroom's operations channel, and what was noted for it."""

    async def channel_of(self, newsroom_id: int) -> int | None:
        """Return the newsroom's operations channel."""
        ...

    async def newsrooms(self) -> tuple[int, ...]:
        """Return the newsrooms that have an operations channel, by id."""
        ...

    async def set_channel(self, newsroom_id: int, channel_id: int) -> None:
        """Keep the newsroom's operations channel, in place of an earlier one.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def note(self, notice: Notice, *, then: Sequence[NewJob] = ()) -> bool:
        """Keep the notice and enqueue the jobs that tell it, in one transaction.

        False, and no change, if one of its key was ever noted.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def was_noted(self, key: str) -> bool:
        """Tell whether a notice of that key was ever noted."""
        ...

    async def notices(self, newsroom_id: int, since: datetime) -> tuple[Notice, ...]:
        """Return what was noted at or after `since`, in order of time."""
        ...


class Teller(Protocol):
    """Tells people: a channel, or a member directly."""

    async def tell(
        self,
        channel_id: int,
        text: str,
        nonce: str,
        report_id: int = 0,
        *,
        since: datetime | None = None,
    ) -> None:
        """Post the text; sent again within minutes with its nonce, it stands there once.

        With a `report_id` it can be decided there what becomes of the report. With `since` it may
        have been told already, at that instant or later: it is looked for first as far as that can
        be seen, and not told again. Twice is better than never.

        Raises:
            DeliveryError: the channel did not take it, or did not answer whether it has it.
        """
        ...

    async def ask(self, review: Review, text: str, nonce: str) -> None:
        """Post the text in the review's channel with what members can do; as in `tell`."""
        ...

    async def tell_member(
        self, member_id: int, text: str, nonce: str, *, since: datetime | None = None
    ) -> None:
        """Send the member the text directly; all else is as in `tell`."""
        ...
