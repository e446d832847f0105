"""An edition before it is posted: who must agree, what they did, and what that makes of it."""

from typing import Final, Literal

from bot.news.values import Instant, Value, require, require_utc

ReviewState = Literal["waiting", "held", "approved", "posted", "expired"]
ReviewAction = Literal["asked", "approved", "held", "released", "edited", "reminded", "expired"]
"""The last two are the bot's own, the others a member's."""

MAX_APPROVALS: Final = 2
"""Members who must agree at most: a writer's desk and a chief's."""
NOBODY: Final = 0


class Review(Value, frozen=True):
    """An edition that waits for approval, or did: one for each occurrence of a schedule.

    `key` is the occurrence's. `approvals` is how many members must agree; what they agree to is the
    `version` that they saw. `channel_id` is where they are asked. `due_at` is when it is to be
    posted, `expires_at` (never before that) when it is too late to agree.
    """

    key: str
    schedule_id: str
    briefing_id: str
    version: int
    approvals: int
    channel_id: int
    asked_at: Instant
    due_at: Instant
    expires_at: Instant
    state: ReviewState = "waiting"

    def __post_init__(self) -> None:
        """Check the numbers and instants."""
        require(self.key and self.schedule_id, "A review needs its occurrence.")
        require(self.version >= 1, "Versions are counted from 1.")
        require(
            1 <= self.approvals <= MAX_APPROVALS, f"Approvals: from 1 to {MAX_APPROVALS} members."
        )
        for name in ("asked_at", "due_at", "expires_at"):
            require_utc(getattr(self, name), name)
        require(self.expires_at >= self.due_at, "A review that expires before its edition is due.")


class ReviewStep(Value, frozen=True):
    """One line of the audit: who did what to which version, when, and in what words."""

    key: str
    action: ReviewAction
    briefing_id: str
    version: int
    member_id: int
    at: Instant
    note: str = ""

    def __post_init__(self) -> None:
        """Check the instant."""
        require(self.key, "A step needs its review.")
        require_utc(self.at, "at")
