"""Editions that wait for approval, and the audit of what was done to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.news import NewJob, Review, ReviewStep


class Reviews(Protocol):
    """Keeps reviews and every step taken; steps are only ever added."""

    async def ask(self, review: Review, *, then: Sequence[NewJob] = ()) -> bool:
        """Keep a new review with its first step and enqueue its jobs, in one transaction.

        False, and no change, if its occurrence has one already.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def find_review(self, key: str) -> Review | None:
        """Return the review of that occurrence."""
        ...

    async def open_review_of(self, briefing_id: str) -> Review | None:
        """Return the review in which members can still decide on any version of the briefing."""
        ...

    async def steps(self, key: str) -> tuple[ReviewStep, ...]:
        """Return what was done to the review, oldest first."""
        ...

    async def steps_since(self, since: datetime) -> tuple[ReviewStep, ...]:
        """Return what was done to any review at or after `since`, oldest first."""
        ...

    async def decide(self, step: ReviewStep, *, then: Sequence[NewJob] = ()) -> Review:
        """Take a member's step, in one transaction that no other can come between.

        The jobs are enqueued if with it the edition becomes approved. Returns the review as it is
        then.

        Raises:
            ApprovalError: the step may not be taken; nothing is changed.
            ArchiveError: the store cannot be written.
            UnknownError: there is no such review.
        """
        ...

    async def edit(self, step: ReviewStep, *, then: Sequence[NewJob] = ()) -> Review:
        """Take the step that made the next version, and enqueue its jobs; raises as `decide`."""
        ...

    async def note(self, step: ReviewStep, *, ends: bool = False) -> bool:
        """Note a step of the bot's own: `reminded`, or `expired`, which ends the review.

        False, and no change, if it was noted before or the review has ended.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def note_posted(self, key: str) -> bool:
        """End an approved review as posted; false, and no change, if it is not approved."""
        ...
