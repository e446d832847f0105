"""What is remembered of a story's thread: what counts as a question in it, and the last ones."""

from typing import Final, Literal

from bot.news.values import Instant, Value, require, require_utc

ThreadMode = Literal["questions", "mentions", "all"]
"""What is answered: questions by their mark, mentions and replies; only these two; or all talk."""
MAX_TURN_CHARS: Final = 300
"""Characters of a question that are remembered."""
MAX_TURNS: Final = 12
"""Questions of a thread that are remembered; older ones are forgotten."""


class Turn(Value, frozen=True):
    """A question that was asked in a thread: by which message, by whom, in what words.

    What was answered is not kept: it may be held by the time that it would be read again.
    """

    message_id: int
    member_id: int
    question: str
    asked_at: Instant

    def __post_init__(self) -> None:
        """Check length and instant."""
        require(len(self.question) <= MAX_TURN_CHARS, "A question is remembered in few words.")
        require_utc(self.asked_at, "asked_at")


class ThreadMemory(Value, frozen=True):
    """A thread's mode, and its last questions, oldest first."""

    mode: ThreadMode = "questions"
    turns: tuple[Turn, ...] = ()
