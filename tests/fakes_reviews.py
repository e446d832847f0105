"""The fake of the port `Reviews`, in memory."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.approvals import OPEN, after_edit, after_step
from bot.errors import UnknownError
from bot.news import NewJob, Review, ReviewStep
from tests.fakes_timetable import Queue


class FakeReviews:
    """Reviews in memory; jobs go to the `jobs` given."""

    def __init__(self, jobs: Queue) -> None:
        self.jobs = jobs
        self.reviews: dict[str, Review] = {}
        self.taken: list[ReviewStep] = []

    async def ask(self, review: Review, *, then: Sequence[NewJob] = ()) -> bool:
        """Keep it, unless there is one."""
        if review.key in self.reviews:
            return False
        self.reviews[review.key] = review
        edition = (review.briefing_id, review.version)
        self.taken.append(ReviewStep(review.key, "asked", *edition, 0, review.asked_at))
        await self.jobs.enqueue(then)
        return True

    async def find_review(self, key: str) -> Review | None:
        """Return it."""
        return self.reviews.get(key)

    async def open_review_of(self, briefing_id: str) -> Review | None:
        """Return the briefing's review, if it is open."""
        own = (r for r in self.reviews.values() if r.briefing_id == briefing_id)
        return next((review for review in own if review.state in OPEN), None)

    async def steps(self, key: str) -> tuple[ReviewStep, ...]:
        """Return its steps."""
        return tuple(step for step in self.taken if step.key == key)

    async def steps_since(self, since: datetime) -> tuple[ReviewStep, ...]:
        """Return the steps since then."""
        return tuple(step for step in self.taken if step.at >= since)

    async def decide(self, step: ReviewStep, *, then: Sequence[NewJob] = ()) -> Review:
        """Take the step."""
        after = after_step(self._require(step.key), await self.steps(step.key), step)
        self._keep(after, step)
        if after.state == "approved":
            await self.jobs.enqueue(then)
        return after

    async def edit(self, step: ReviewStep, *, then: Sequence[NewJob] = ()) -> Review:
        """Take the step of an edit."""
        after = after_edit(self._require(step.key), step)
        self._keep(after, step)
        await self.jobs.enqueue(then)
        return after

    async def note(self, step: ReviewStep, *, ends: bool = False) -> bool:
        """Note the step once."""
        before = self.reviews.get(step.key)
        known = any(s.action == step.action for s in await self.steps(step.key))
        if before is None or before.state not in OPEN or known:
            return False
        self._keep(replace(before, state="expired") if ends else before, step)
        return True

    async def note_posted(self, key: str) -> bool:
        """End it as posted."""
        before = self.reviews.get(key)
        if before is None or before.state != "approved":
            return False
        self.reviews[key] = replace(before, state="posted")
        return True

    def _require(self, key: str) -> Review:
        if key not in self.reviews:
            raise UnknownError("no such review")
        return self.reviews[key]

    def _keep(self, after: Review, step: ReviewStep) -> None:
        self.reviews[after.key] = after
        self.taken.append(step)
