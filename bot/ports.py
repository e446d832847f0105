"""What the stages need from outside, each as a small protocol with a fake in `tests/fakes.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.news import (
    Article,
    Dossier,
    Job,
    NewJob,
    Occurrence,
    OccurrenceState,
    Post,
    Schedule,
    StoryThread,
)

Revise = Callable[[Article | None], Article]
"""From the article as it is stored (`None` when it is new) to the article as it shall be."""


@dataclass(frozen=True)
class Document:
    """Bytes from outside, as they came.

    `address` is what was asked for; `final_address` where it was found after redirects; both are
    the path for a file and `-` for standard input. `media_type` is lower case without parameters
    and, like `charset`, empty when the sender did not say.
    """

    address: str
    content: bytes
    media_type: str = ""
    charset: str = ""
    final_address: str = ""


class Documents(Protocol):
    """Fetches files and web addresses."""

    async def fetch(self, address: str) -> Document:
        """Return what stands at the address.

        Raises:
            FetchError: missing, refused, too large, too slow.
        """
        ...


class Archive(Protocol):
    """Keeps articles with all their revisions, and briefings."""

    async def revise(self, changes: Mapping[str, Revise]) -> tuple[Article, ...]:
        """Change articles by id in one transaction that no other writer can come between.

        Returns the stored articles in the order of `changes`. Revisions are only ever added.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: a change drops or alters a revision that is stored.
        """
        ...

    async def find_article(self, article_id: str) -> Article | None:
        """Return the article with all its revisions."""
        ...

    async def articles_since(self, since: datetime) -> tuple[Article, ...]:
        """Return the articles published (or else first seen) at or after `since`, oldest first.

        All their revisions are included; held articles too: whoever prints asks `is_held`.

        Raises:
            ArchiveError: the store cannot be read, or a row is damaged; it names the article.
            ValueError: `since` is not aware.
        """
        ...

    async def store(
        self, dossier: Dossier, *, posts: Sequence[Post] = (), then: Sequence[NewJob] = ()
    ) -> None:
        """Keep a briefing for good, with the posts and jobs that it causes, in one transaction.

        What is stored already is left as it is: the same briefing, posts by their keys, and jobs
        that wait with the same kind, key and payload.

        Raises:
            ArchiveError: the store cannot be written, or holds another briefing of this version.
            ValueError: a revision of the dossier is not stored as it stands there.
        """
        ...

    async def find_dossier(self, briefing_id: str, version: int | None = None) -> Dossier | None:
        """Return a stored briefing with the revisions that it cites; the latest version if `None`.

        A `briefing_id` of `latest` means the briefing that was made last; the beginning of an id,
        from four characters on, means the one briefing that it fits. What the dossier says of its
        articles is what was known when it was stored.

        Raises:
            ArchiveError: the store cannot be read, or the briefing is damaged.
            UnknownError: several ids begin with `briefing_id`.
        """
        ...


class Jobs(Protocol):
    """Keeps jobs until they are done.

    A job is enqueued by the change that causes it, in its transaction: `Archive.store`,
    `Timetable.record_due` and `finish` take jobs along.
    """

    async def claim(
        self, worker: str, *, now: datetime, lease: timedelta, kinds: Collection[str] = ()
    ) -> Job | None:
        """Lease the oldest job that is due to a worker, or return `None`.

        Of each key one job at a time is leased, in order; one that has failed or is not yet due
        holds up its key. A lease that has run out is given to the next worker.
        """
        ...

    async def extend(self, job: Job, worker: str, *, until: datetime) -> bool:
        """Prolong a lease; false if the job is no longer this worker's."""
        ...

    async def finish(self, job: Job, worker: str, *, then: Sequence[NewJob] = ()) -> bool:
        """Delete a job that is done and enqueue what follows, in one transaction.

        False, and nothing is changed, if the job is no longer this worker's.
        """
        ...

    async def retry(self, job: Job, worker: str, *, at: datetime, reason: str) -> bool:
        """Give a job back until `at`; false if it is no longer this worker's."""
        ...

    async def bury(self, job: Job, worker: str, *, now: datetime, reason: str) -> bool:
        """Move a job to the dead letters, so that its key goes on; false as in `finish`."""
        ...

    async def enqueue(self, jobs: Sequence[NewJob]) -> None:
        """Enqueue jobs that no stored change causes."""
        ...

    async def dead_letters(self) -> tuple[tuple[Job, str], ...]:
        """Return the jobs that were given up, oldest first, each with its last reason."""
        ...


class Posts(Protocol):
    """Remembers what stands in which channel, and which thread discusses what."""

    async def find_post(self, key: str) -> Post | None:
        """Return the post of that key."""
        ...

    async def post_of_message(self, message_id: int) -> Post | None:
        """Return the post that came to stand as that message."""
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


class Timetable(Protocol):
    """Keeps schedules and their occurrences; the truth about what is due and who has it.

    Several processes may use one timetable at the same time.
    """

    async def save_schedule(self, schedule: Schedule, *, seen_until: datetime) -> None:
        """Keep the schedule, in place of an earlier one of its id.

        From `seen_until` on its instants count, so that a changed or resumed schedule does not make
        up for hours that it had not or slept through. Record what is due before you save.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def find_schedule(self, schedule_id: str) -> Schedule | None:
        """Return the schedule."""
        ...

    async def schedules(self, newsroom_id: int | None = None) -> tuple[Schedule, ...]:
        """Return all schedules, or those of one newsroom, the oldest first; paused ones too."""
        ...

    async def remove_schedule(self, schedule_id: str) -> bool:
        """Forget the schedule and tell whether it was there. Its occurrences stay for ever."""
        ...

    async def seen_until(self, schedule_id: str) -> datetime | None:
        """Return up to when what was due is recorded; `None` for an unknown schedule."""
        ...

    async def record_due(
        self,
        schedule_id: str,
        due_at: datetime,
        *,
        late: bool = False,
        then: Sequence[NewJob] = (),
    ) -> bool:
        """Add the occurrence with state `due` and enqueue its jobs, in one transaction.

        False, and no change, if it was ever recorded: one occurrence, one set of jobs.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def mark_seen(self, schedule_id: str, until: datetime) -> None:
        """Note that all that was due up to the instant is recorded; never goes back.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def finish_occurrence(
        self, schedule_id: str, due_at: datetime, state: OccurrenceState
    ) -> None:
        """Set the state of an occurrence: `posted`, `skipped` or `failed`.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: the occurrence was never recorded.
        """
        ...

    async def occurrences(self, schedule_id: str, since: datetime) -> tuple[Occurrence, ...]:
        """Return what was recorded as due at or after `since`, in order of time."""
        ...


class Progress(Protocol):
    """Is told how far a long piece of work has come."""

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Take note that `done` of `total` are done, first of 0; `doing` reads like "writing"."""
        ...
