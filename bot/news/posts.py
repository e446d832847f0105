"""What leaves the house: jobs, posts of briefings into channels, and the threads that follow."""

from hashlib import sha256
from typing import Literal

from bot.news.values import Instant, Value, require, require_utc

JobKind = Literal[
    "edition",
    "post",
    "reread",
    "notice",
    "reissue",
    "edit",
    "correction",
    "clear",
    "recheck",
    "review",
    "remind",
    "release",
    "expire",
]
TargetKind = Literal["channel", "thread", "forum", "direct"]
"""Where an edition goes: a text or news channel, a thread, a forum (a post of its own for each
edition), or one member directly. It decides how a repeat is recognised: `bot.chat.channels`.
"""
PostKind = Literal["edition", "correction"]
"""What a message shows: stories of an edition, or what its version put right."""
ANSWER = "answer/"
Rendering = Literal["components", "embeds"]
"""How a server's messages are drawn: with Discord's components (version 2), or as plain embeds."""
NONCE_CHARS = 24
"""Characters of a nonce. Source: Discord API, "Create Message": a nonce has at most 25."""


class Job(Value, frozen=True):
    """Work that must be done once, even if its worker dies.

    Jobs of one `key` (a channel) are done one after the other, in the order of their ids. `payload`
    is JSON that the kind understands. `attempts` counts how often a worker has taken the job,
    this time included.
    """

    id: int
    kind: JobKind
    key: str
    payload: str
    attempts: int


class NewJob(Value, frozen=True):
    """A job that is to be stored together with the change that causes it."""

    kind: JobKind
    key: str
    payload: str
    due_at: Instant

    def __post_init__(self) -> None:
        """Check the instant."""
        require_utc(self.due_at, "due_at")


class Post(Value, frozen=True):
    """One message that must stand in a channel once: which briefing, and where it came to stand.

    `key` is unique for ever: a schedule's occurrence, and the number of the message in its edition.
    `tried_at` is when a worker first sent it, `message_id` what the channel answered. `messages` is
    how many the edition has, `stories` the ids of those that this one tells and `first_story` the
    number of the first of them, as it was made: what is withdrawn since moves no other story. 0
    messages: it was stored before that was kept. `version` is the one that they are counted in; the
    message shows the latest. With a `reply_to` it answers that message of its channel. The key of
    what answered a command begins with `ANSWER`.
    """

    key: str
    channel_id: int
    briefing_id: str
    version: int
    tried_at: Instant | None = None
    message_id: int | None = None
    target: TargetKind = "channel"
    messages: int = 0
    stories: tuple[str, ...] = ()
    first_story: int = 1
    shows: PostKind = "edition"
    reply_to: int | None = None

    def __post_init__(self) -> None:
        """Check the key and the instant."""
        require(self.key, "A post needs a key.")
        require_utc(self.tried_at, "tried_at")

    @property
    def nonce(self) -> str:
        """What makes the channel take the message once: the beginning of the key's SHA-256."""
        return sha256(self.key.encode()).hexdigest()[:NONCE_CHARS]


class StoryThread(Value, frozen=True):
    """A thread in which one story of one briefing is discussed."""

    thread_id: int
    channel_id: int
    briefing_id: str
    version: int
    story_id: str
