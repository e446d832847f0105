"""What members can do about an edition before it is posted: agree, hold it, change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.briefing.compose import dossier_of
from bot.desk import Desk
from bot.desk_briefings import show
from bot.errors import UnknownError
from bot.news import Briefing, Review, ReviewStep
from bot.ports import Reviews
from bot.reviewing import release_jobs, show_jobs

Decision = Literal["approved", "held", "released"]
Change = Callable[[Briefing], Briefing]
"""From an edition to its next version: `bot.briefing.editing`."""


@dataclass(frozen=True)
class Seen:
    """Which review, and which version of its edition, a member saw."""

    key: str
    version: int


async def find_review(reviews: Reviews, key: str) -> Review:
    """Return the review of an occurrence.

    Raises:
        UnknownError: there is none.
    """
    found = await reviews.find_review(key)
    if found is None:
        raise UnknownError("This edition is not waiting for approval any more.")
    return found


async def decide(
    reviews: Reviews, seen: Seen, decision: Decision, *, by: int, now: datetime
) -> Review:
    """Take a member's decision on the version that they saw; the last approval has it posted.

    Raises:
        ApprovalError: it may not be taken; the sentence says why.
        UnknownError: there is no such review.
    """
    review = await find_review(reviews, seen.key)
    step = ReviewStep(seen.key, decision, review.briefing_id, seen.version, by, now)
    return await reviews.decide(step, then=release_jobs(review, now=now))


async def change(
    desk: Desk, reviews: Reviews, seen: Seen, wanted: Change, *, by: int, now: datetime
) -> Review:
    """Make the edition's next version as an editor wants it, and have it shown and asked for.

    Raises:
        ApprovalError: nothing would change or be left, it is too late, or somebody was quicker.
        UnknownError: there is no such review.
    """
    review = await find_review(reviews, seen.key)
    before = await show(desk, review.briefing_id, seen.version, now=now)
    after = wanted(before.briefing)
    dossier = dossier_of(after, {article.id: article for article in before.articles})
    # the step comes first: what it refuses must not be stored, since posts show the latest version
    step = ReviewStep(seen.key, "edited", review.briefing_id, after.version, by, now)
    changed = await reviews.edit(step)
    await desk.tools.archive.store(dossier, then=show_jobs(changed, now=now))
    return changed
