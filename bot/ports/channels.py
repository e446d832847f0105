"""What stands in which channel, and the channels themselves."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.news import Dossier, NewJob, Post, StoryThread
from bot.ports.jobs import Claim


class Posts(Protocol):
    """Remembers what stands in which channel, and which thread discusses what."""

    async def find_post(self, key: str) -> Post | None:
        """Return the post of that key."""
        ...

    async def post_of_message(self, message_id: int) -> Post | None:
        """Return the post that came to stand as that message."""
        ...

    async def posts_of(self, occurrence: str) -> tuple[Post, ...]:
        """Return the posts of one occurrence's edition (`occurrence_key`), in their order."""
        ...

    async def last_post(self, channel_id: int) -> Post | None:
        """Return the post of a schedule that stands in the channel and was tried last."""
        ...

    async def posts_of_briefing(self, briefing_id: str) -> tuple[Post, ...]:
        """Return every post of any version of the briefing, by key."""
        ...

    async def add(self, posts: Sequence[Post], *, then: Sequence[NewJob] = ()) -> None:
        """Keep those of the posts whose keys are new, and the jobs, in one transaction.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: another post stands as the message of one.
        """
        ...

    async def told_in(self, channel_id: int, since: datetime) -> Mapping[str, datetime]:
        """Return of which articles the channel was told, and when last, by their ids.

        Told is what the stories rest on that stand there in a message tried at or after `since`;
        when is the instant at which their briefing was made. What never came to stand was not told.

        Raises:
            ArchiveError: the store cannot be read, or a briefing is damaged.
        """
        ...

    async def note_try(self, key: str, *, now: datetime, claim: Claim | None = None) -> Post:
        """Note that the post is about to be sent; the first instant stays. Returns the post.

        With a claim its lease is prolonged in the same transaction.

        Raises:
            LeaseLostError: the claim's job is another worker's by now; nothing is changed.
            ValueError: there is no post of that key.
        """
        ...

    async def note_posted(self, key: str, *, message_id: int, claim: Claim | None = None) -> None:
        """Note as which message the post stands in its channel; the last word counts.

        Raises:
            LeaseLostError: the claim's job is another worker's by now; nothing is changed.
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

    async def threads_of_story(self, briefing_id: str, story_id: str) -> tuple[StoryThread, ...]:
        """Return the threads that discuss the story of that briefing, in whatever channel."""
        ...


class Channels(Protocol):
    """Where posts go: the channels of a chat service."""

    async def send(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> int:
        """Send the briefing as the post's message and return the message's id.

        The message carries the post's key and, where the target takes one, a nonce: sent again
        within minutes, the service answers with the message that stands there already. It is asked
        `may_send` at the last moment. `first_id` is the edition's first message, for those after
        it: they follow it to where it came to stand.

        Raises:
            DeliveryError: the channel did not take it, or its answer was lost.
            LeaseLostError: it may not be sent any more; nothing was.
        """
        ...

    async def edit(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> bool:
        """Make the post's message show the briefing; false if somebody deleted the message.

        May be done any number of times. A message that has nothing left to tell says so.

        Raises:
            DeliveryError: the channel did not take it.
            LeaseLostError: it may not be edited any more; nothing was.
        """
        ...

    async def take_back(self, thread_id: int, *, may_send: Callable[[], bool]) -> int:
        """Take back what we said in a thread: its story's card and answers; posts stay.

        Returns how many messages said something. May be done any number of times; a thread that
        somebody deleted says nothing.

        Raises:
            DeliveryError: the thread cannot be read, or a message not be changed.
            LeaseLostError: it may not be done any more.
        """
        ...

    async def find(self, post: Post, since: datetime, *, first_id: int | None = None) -> int | None:
        """Return the id of the message that carries the post's key, if it came since then.

        Raises:
            DeliveryError: it cannot be seen whether it stands there.
        """
        ...
