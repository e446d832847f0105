"""What stands in which channel, and the channels themselves."""

from datetime import datetime
from typing import Protocol

from bot.news import Dossier, Post, StoryThread


class Posts(Protocol):
    """Remembers what stands in which channel, and which thread discusses what."""

    async def find_post(self, key: str) -> Post | None:
        """Return the post of that key."""
        ...

    async def post_of_message(self, message_id: int) -> Post | None:
        """Return the post that came to stand as that message."""
        ...

    async def last_post(self, channel_id: int) -> Post | None:
        """Return the post that stands in the channel and was tried last of those that do."""
        ...

    async def note_try(self, key: str, *, now: datetime) -> Post:
        """Note that the post is about to be sent; the first instant stays. Returns the post.

        Raises:
            ValueError: there is no post of that key.
        """
        ...

    async def note_posted(self, key: str, *, message_id: int) -> None:
        """Note as which message the post stands in its channel; the last word counts.

        Raises:
            ValueError: there is no post of that key, or another one stands as that message.
        """
        ...

    async def add_thread(self, thread: StoryThread) -> StoryThread:
        """Note a thread; if the story of that briefing and channel has one already, return that.

        Raises:
            ValueError: the thread discusses another story.
        """
        ...

    async def find_thread(self, thread_id: int) -> StoryThread | None:
        """Return what is discussed in the thread."""
        ...

    async def thread_of_story(
        self, channel_id: int, briefing_id: str, story_id: str
    ) -> StoryThread | None:
        """Return the thread that discusses the story of that briefing in the channel."""
        ...


class Channels(Protocol):
    """Where posts go: the channels of a chat service."""

    async def send(self, post: Post, dossier: Dossier) -> int:
        """Send the briefing as the post's message and return the message's id.

        The message carries the post's key and nonce: sent again within minutes, the service answers
        with the message that stands there already.

        Raises:
            DeliveryError: the channel did not take it, or its answer was lost.
        """
        ...

    async def find(self, post: Post) -> int | None:
        """Return the id of the message that carries the post's key, from the channel's history.

        Raises:
            DeliveryError: the history cannot be read.
        """
        ...
