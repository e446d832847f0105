"""What members are asked, told and called to mind about an edition that they must agree to."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.cards import Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count, short_hour
from bot.news import Review, ReviewStep, Schedule

DONE: Final = {
    "asked": "asked for approval",
    "approved": "approved",
    "held": "held it",
    "released": "released it",
    "edited": "changed it",
    "reminded": "called to mind",
    "expired": "not approved in time",
}


def question(review: Review, schedule: Schedule, counts: str) -> str:
    """Return what stands below the edition in the review channel."""
    due = _hour(review, schedule)
    people = count(review.approvals, "person", "different people")
    until = ""
    if review.expires_at > review.due_at:
        until = f" It is posted as soon as it is approved, until {_until(review, schedule)}."
    return (
        f"“{schedule.name}” is due {due}: version {review.version}, "
        f"{counts} It takes the approval of {people}.{until}"
    )


def reminder(review: Review, schedule: Schedule, lacking: int) -> str:
    """Return what the review channel is told shortly before the edition is due."""
    held = "It is held." if review.state == "held" else f"It lacks {count(lacking, 'approval')}."
    return (
        f"“{schedule.name}” is due {_hour(review, schedule)}. {held} "
        "Without approval it is not posted."
    )


def expired_sentence(review: Review, schedule: Schedule) -> str:
    """Return what stands where the edition would have been."""
    return (
        f"The edition of {_hour(review, schedule)} of “{schedule.name}” is held, not approved. "
        "Nothing of it is posted."
    )


def audit_card(steps: Sequence[ReviewStep], zone: tzinfo, name_of: Callable[[int], str]) -> Card:
    """Return who did what to which edition, the newest first; `name_of` knows members' numbers."""
    lines = [
        Note((Run(_line(step, zone, name_of)), *((Run(f": {step.note}"),) if step.note else ())))
        for step in reversed(steps)
    ]
    nothing = (Paragraph((Run("Nothing was done to any edition since then."),)),)
    return Card((Heading("What was done to editions", 2), *(lines or nothing)))


def _line(step: ReviewStep, zone: tzinfo, name_of: Callable[[int], str]) -> str:
    who = name_of(step.member_id) if step.member_id else "Nutgraf"
    what = f"edition {step.briefing_id}, version {step.version}"
    return f"{short_hour(step.at, zone)} · {who} · {DONE[step.action]} · {what}"


def _hour(review: Review, schedule: Schedule) -> str:
    zone = schedule.timing.zone
    return f"{short_hour(review.due_at, ZoneInfo(zone))} ({zone})"


def _until(review: Review, schedule: Schedule) -> str:
    return short_hour(review.expires_at, ZoneInfo(schedule.timing.zone))
