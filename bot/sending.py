"""Brings one message of an edition to stand in its channel once, and notes that it does."""

from dataclasses import dataclass
from datetime import datetime

from bot.delivery.compact import message_number
from bot.delivery.outbox import Step, next_step
from bot.errors import DeliveryError
from bot.leases import Lease
from bot.news import Dossier, Post
from bot.ports import Channels, Posts


@dataclass(frozen=True)
class Sender:
    """The way out of the house."""

    posts: Posts
    channels: Channels

    async def stand(self, post: Post, dossier: Dossier, lease: Lease, *, now: datetime) -> Step:
        """Make the post stand in its channel, and note as which message; returns what that took.

        Raises:
            DeliveryError: the channel did not take it, or cannot be looked through.
            LeaseLostError: it is another worker's post by now; nothing was sent or noted.
        """
        step = next_step(post, now=now)
        if step == "nothing":
            return step
        first_id = await self.first_id(post)
        found = None
        if step == "look first" and post.tried_at:
            found = await self.channels.find(post, post.tried_at, first_id=first_id)
        message_id = found or await self._send(post, dossier, lease, first_id, now=now)
        claim = lease.claim()
        await self.posts.note_posted(post.key, message_id=message_id, claim=claim)
        lease.was_prolonged(claim)
        return step

    async def _send(
        self, post: Post, dossier: Dossier, lease: Lease, first_id: int | None, *, now: datetime
    ) -> int:
        claim = lease.claim()
        tried = await self.posts.note_try(post.key, now=now, claim=claim)
        lease.was_prolonged(claim)
        return await self.channels.send(tried, dossier, may_send=lease.holds, first_id=first_id)

    async def first_id(self, post: Post) -> int | None:
        """Return as which message the edition's first post stands, for those that follow it."""
        if message_number(post.key) == 1:
            return None
        others = await self.posts.posts_of(post.key.rpartition("/")[0])
        first_id = others[0].message_id
        if first_id is None and post.target == "forum":
            raise DeliveryError(
                "The first message of this edition could not be posted, and in a forum the others "
                "go below it.",
                permanent=True,
            )
        return first_id
