"""Approval: what a member's step makes of an edition's review, or why it may not be taken."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from bot.errors import ApprovalError
from bot.news import Review, ReviewStep
from bot.news.reviews import NOBODY

OPEN: Final = ("waiting", "held", "approved")
"""States in which members may still do something."""
ENDED: Final = {
    "posted": "This edition is posted already; /kill withdraws what it says.",
    "expired": "This edition was not approved in time, and is not posted. /schedule run makes a "
    "new one.",
}


def after_step(review: Review, steps: Sequence[ReviewStep], step: ReviewStep) -> Review:
    """Return the review as the step leaves it; `steps` are those before it, oldest first.

    A hold and an edit take back all approvals before them: whoever agreed, agreed to something
    else.

    Raises:
        ApprovalError: the step may not be taken; the sentence says why and what to do.
    """
    _require_open(review, step)
    if (step.briefing_id, step.version) != (review.briefing_id, review.version):
        raise ApprovalError(
            "Somebody has changed the edition since you saw it. Look at the newest version above."
        )
    if step.action == "approved":
        return _approved(review, steps, step)
    if step.action not in ("held", "released"):
        raise ValueError(f"{step.action} is no decision")
    is_held, hold = review.state == "held", step.action == "held"
    if is_held == hold:
        raise ApprovalError(f"This edition is {'held already' if hold else 'not held'}.")
    return replace(review, state="held" if hold else "waiting")


def approvers(review: Review, steps: Sequence[ReviewStep]) -> tuple[int, ...]:
    """Return who agrees to the review's version as it stands, in order; each once."""
    agreed: dict[int, None] = {}
    for step in steps:
        same = (step.briefing_id, step.version) == (review.briefing_id, review.version)
        if step.action in ("held", "edited", "asked"):
            agreed.clear()
        elif step.action == "approved" and same:
            agreed[step.member_id] = None
    return tuple(agreed)


def after_edit(review: Review, step: ReviewStep) -> Review:
    """Return the review of the version that an edit has made, for which nobody agreed yet.

    The bot itself takes over versions that a correction or a kill has made.

    Raises:
        ApprovalError: it is too late for that, or somebody was quicker.
    """
    _require_open(review, step)
    is_ours = step.member_id == NOBODY and step.version > review.version
    if step.version != review.version + 1 and not is_ours:
        raise ApprovalError("Somebody else has changed the edition meanwhile. Look at it again.")
    state = "held" if review.state == "held" else "waiting"
    return replace(review, version=step.version, state=state)


def _approved(review: Review, steps: Sequence[ReviewStep], step: ReviewStep) -> Review:
    if review.state == "held":
        raise ApprovalError("This edition is held. Whoever wants it posted releases it first.")
    if review.state == "approved":
        raise ApprovalError("This edition is approved already.")
    before = approvers(review, steps)
    if step.member_id in before:
        raise ApprovalError(
            f"You have approved it already. It takes {review.approvals} different people."
        )
    enough = len(before) + 1 >= review.approvals
    return replace(review, state="approved" if enough else "waiting")


def _require_open(review: Review, step: ReviewStep) -> None:
    if review.state not in OPEN:
        raise ApprovalError(ENDED[review.state])
    if step.at >= review.expires_at:
        raise ApprovalError(ENDED["expired"])
