"""Decides how a post comes to stand in its channel exactly once."""

from datetime import datetime, timedelta
from typing import Final, Literal

from bot.delivery.compact import message_number
from bot.news import Post

Step = Literal["nothing", "send", "look first"]

NONCE_WINDOW: Final = timedelta(seconds=60)
"""How long after its first try a message is surely still known by its nonce.

Discord says "the past few minutes" (API, "Create Message", `enforce_nonce`); we trust one.
"""

PUNCTUAL: Final = timedelta(minutes=5)
"""How long after its instant an edition still counts as on time: a restart takes less."""

FIRST_RETRY: Final = timedelta(seconds=5)
LONGEST_RETRY: Final = timedelta(minutes=5)
MAX_DOUBLINGS: Final = 10


def next_step(post: Post, *, now: datetime) -> Step:
    """Return what is to be done for a post before it is tried again.

    A post that was never tried is sent. One that was tried a moment ago is sent again: its nonce
    makes the channel answer with the message that stands there already. One that was tried earlier
    may stand in the channel though nobody noted it, so its key is looked for first. The same is
    done for every retry where no nonce helps: a post of a forum.
    """
    if post.message_id is not None:
        return "nothing"
    if post.tried_at is None:
        return "send"
    has_nonce = post.target != "forum" or message_number(post.key) > 1
    if has_nonce and timedelta() <= now - post.tried_at < NONCE_WINDOW:
        return "send"
    return "look first"


def retry_at(attempts: int, *, now: datetime, retry_after_seconds: float = 0) -> datetime:
    """Return when to try again after `attempts` tries: doubling from 5 s to 5 min, or as asked."""
    doublings = min(attempts - 1, MAX_DOUBLINGS)
    wait = min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)
    return now + max(wait, timedelta(seconds=retry_after_seconds))


def occurrence_key(schedule_id: str, due_at: datetime) -> str:
    """Return what names one occurrence of a schedule for ever."""
    return f"{schedule_id}@{due_at:%Y%m%dT%H%M%SZ}"
