"""Which article stands in which story, how that came about, and what editors said of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.news import Placement, StoryChange, StoryCorrection


class Stories(Protocol):
    """Keeps where articles stand, for good; and the evidence for it, for the window."""

    async def version(self) -> int:
        """Return how often `place`, and `displace` of something, have been done, by whomever.

        So who finds the version that he left knows that nobody else has placed since.
        """
        ...

    async def place(
        self, placements: Sequence[Placement], changes: Sequence[StoryChange], *, now: datetime
    ) -> None:
        """Keep where articles stand by now, and what merged, split and moved, in one transaction.

        A placement takes the place of the article's earlier one; without evidence, the stored one
        stays. From a `merge` on the id of the story that ended leads to the other, until a story of
        that id is placed again.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def window(self, since: datetime) -> tuple[Placement, ...]:
        """Return what stands in stories, dated at or after `since` and with evidence, by date."""
        ...

    async def standing(self, since: datetime) -> Mapping[str, str]:
        """Return the ids of stories by those of their articles, of what `window` would return."""
        ...

    async def displace(self, article_ids: Collection[str]) -> None:
        """Forget where articles stand, and the evidence for it: they were withdrawn.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def forget_evidence(self, before: datetime) -> None:
        """Drop the evidence of articles dated before; where they stand is kept."""
        ...

    async def current_id(self, story_id: str) -> str:
        """Return the id of the story that an id leads to by now; its own if it never moved."""
        ...

    async def changes_of(self, story_id: str) -> tuple[tuple[datetime, StoryChange], ...]:
        """Return what merged into a story, or split from it, and when; oldest first."""
        ...

    async def correct(self, correction: StoryCorrection) -> None:
        """Remember what an editor said.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def corrections(self, since: datetime) -> tuple[StoryCorrection, ...]:
        """Return what editors said at or after `since`, oldest first."""
        ...

    async def follow(self, story_id: str, follower: str, *, now: datetime) -> bool:
        """Remember that somebody follows a story; false if they did already."""
        ...

    async def unfollow(self, story_id: str, follower: str) -> bool:
        """Forget that somebody follows a story; false if they did not."""
        ...

    async def followed_by_any(self) -> Mapping[str, datetime]:
        """Return the stories that anybody follows, by their ids as they were then; in order.

        With each comes when an edition last told of it, or else when it was first followed: what
        came later is news to somebody.
        """
        ...

    async def note_told(self, story_ids: Collection[str], *, now: datetime) -> None:
        """Remember that an edition told of these stories to those who follow them."""
        ...

    async def followed(self, follower: str) -> Mapping[str, datetime]:
        """Return since when somebody follows stories, by their ids as they were then; in order."""
        ...
