"""The fake of the port `Stories`: it keeps the promises of the real one, in memory."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.news import Placement, StoryChange, StoryCorrection


class FakeStories:
    """Stories in memory."""

    def __init__(self) -> None:
        self.placements: dict[str, Placement] = {}
        self.audit: list[tuple[datetime, StoryChange]] = []
        self.redirects: dict[str, str] = {}
        self.said: list[StoryCorrection] = []
        self.followers: dict[tuple[str, str], datetime] = {}
        self.told: dict[tuple[str, str], datetime] = {}
        self.written = 0

    async def version(self) -> int:
        """Return how often something was written."""
        return self.written

    async def place(
        self, placements: Sequence[Placement], changes: Sequence[StoryChange], *, now: datetime
    ) -> None:
        """Keep where articles stand."""
        self.written += 1
        for one in placements:
            before = self.placements.get(one.article_id)
            evidence = one.evidence or (before.evidence if before else b"")
            self.placements[one.article_id] = replace(one, evidence=evidence)
        audited = [c for c in changes if c.kind in {"merge", "split", "move"}]
        self.audit += [(now, change) for change in audited]
        self.redirects |= {c.from_id: c.story_id for c in audited if c.kind == "merge"}
        for one in placements if audited else ():
            self.redirects.pop(one.story_id, None)

    async def window(self, since: datetime) -> tuple[Placement, ...]:
        """Return what has evidence."""
        found = [p for p in self.placements.values() if p.dated_at >= since and p.evidence]
        return tuple(sorted(found, key=lambda p: (p.dated_at, p.article_id)))

    async def standing(self, since: datetime) -> Mapping[str, str]:
        """Return the stories of what has evidence."""
        recent = (p for p in self.placements.values() if p.dated_at >= since and p.evidence)
        return {p.article_id: p.story_id for p in recent}

    async def displace(self, article_ids: Collection[str]) -> None:
        """Forget placements."""
        self.written += bool(article_ids)
        for article_id in article_ids:
            self.placements.pop(article_id, None)

    async def forget_evidence(self, before: datetime) -> None:
        """Drop old evidence."""
        for one in list(self.placements.values()):
            if one.dated_at < before:
                self.placements[one.article_id] = replace(one, evidence=b"")

    async def current_id(self, story_id: str) -> str:
        """Follow the redirects."""
        seen = {story_id}
        while (into := self.redirects.get(story_id)) is not None and into not in seen:
            seen.add(story_id := into)
        return story_id

    async def changes_of(self, story_id: str) -> tuple[tuple[datetime, StoryChange], ...]:
        """Return the audit of one story."""
        return tuple(e for e in self.audit if story_id in {e[1].story_id, e[1].from_id})

    async def correct(self, correction: StoryCorrection) -> None:
        """Remember a correction."""
        self.said.append(correction)

    async def corrections(self, since: datetime) -> tuple[StoryCorrection, ...]:
        """Return the corrections."""
        found = [c for c in self.said if c.made_at >= since]
        return tuple(sorted(found, key=lambda c: c.made_at))

    async def follow(self, story_id: str, follower: str, *, now: datetime) -> bool:
        """Remember a follower."""
        is_new = (story_id, follower) not in self.followers
        self.followers.setdefault((story_id, follower), now)
        return is_new

    async def unfollow(self, story_id: str, follower: str) -> bool:
        """Forget a follower."""
        self.told.pop((story_id, follower), None)
        return self.followers.pop((story_id, follower), None) is not None

    async def followed_by_any(self) -> Mapping[str, datetime]:
        """Return what anybody follows."""
        found: dict[str, datetime] = {}
        for story, _ in self.followers:
            told = [at for (told, _), at in self.told.items() if told == story]
            since = [at for (followed, _), at in self.followers.items() if followed == story]
            found[story] = max(told) if told else min(since)
        return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))

    async def note_told(self, story_ids: Collection[str], *, now: datetime) -> None:
        """Remember when an edition told of stories."""
        self.told |= {key: now for key in self.followers if key[0] in story_ids}

    async def followed(self, follower: str) -> Mapping[str, datetime]:
        """Return what is followed."""
        found = [(at, story) for (story, who), at in self.followers.items() if who == follower]
        return {story: at for at, story in sorted(found)}
