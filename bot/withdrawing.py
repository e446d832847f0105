"""Withdraws from posted briefings what is held by now: killed, held, embargoed, by whomever.

It looks at what stands, and not at what happened: whoever stopped something, in whatever process,
and whatever crashed since, the briefings that still tell it are found until they do not.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.briefing.changing import of_story, without_story
from bot.briefing.withholding import shown_of
from bot.delivery.phrases import listed
from bot.desk_briefings import usable_now
from bot.errors import NutgrafError
from bot.news import Article, Brief, Correction, Dossier
from bot.ports import Archive, Stops
from bot.reissuing import WITHDRAWN, reissue

log = logging.getLogger(__name__)

STORY_STOPPED: Final = "The newsroom withdrew this story."
WORDS_STOPPED: Final = "The newsroom withdrew words of this story."
BY_OUTLET: Final = "{outlets} withdrew what this story rests on."


@dataclass
class Withdrawer:
    """Finds posted briefings that tell of what is held, and makes their next versions.

    Args:
        archive: where briefings and articles lie.
        stops: knows which briefings may tell of what is held.
    """

    archive: Archive
    stops: Stops
    _checked: set[tuple[str, int, int]] = field(default_factory=set)
    """Briefings with what of them may be shown, by version and the newest stop: found in order."""

    async def step(self, *, now: datetime) -> int:
        """Make the next version of each briefing that tells of what is held; return how many.

        One that fails is logged and tried again with the next step; the others are made.

        Raises:
            ArchiveError: the store cannot be read.
        """
        told = await self.stops.told_and_held(now=now)
        if not told:
            self._checked.clear()
            return 0
        newest = max((stop.id for stop in await self.stops.standing()), default=0)
        made = 0
        for briefing_id in told:
            try:
                made += await self._withdraw(briefing_id, newest, now)
            except NutgrafError as error:
                facts = {"briefing": briefing_id, "reason": str(error)}
                log.warning("briefing not withdrawn yet", extra=facts)
        return made

    async def _withdraw(self, briefing_id: str, newest: int, now: datetime) -> int:
        """Take the stories out one by one: each is told where it is discussed."""
        dossier = await self.archive.find_dossier(briefing_id)
        if dossier is None or (briefing_id, dossier.briefing.version, newest) in self._checked:
            return 0
        usable = await usable_now(self.archive, dossier, now=now)
        done = False
        for brief in dossier.briefing.briefs:
            shown = shown_of(brief, usable)
            if shown != brief:
                key = f"{WITHDRAWN}{brief.story.id}/{dossier.briefing.version}"
                why = await self._why(brief, usable, key=key, now=now)
                done |= await self._reissue(dossier, brief, shown, why)
        if not done:
            self._checked.add((briefing_id, dossier.briefing.version, newest))
        return int(done)

    async def _reissue(
        self, dossier: Dossier, brief: Brief, shown: Brief | None, why: Correction
    ) -> bool:
        story_id = brief.story.id
        change = of_story(story_id, lambda _: shown) if shown else without_story(story_id)
        made = await reissue(self.archive, dossier.briefing.id, change, why)
        if made:
            facts = {"briefing": made.briefing.id, "version": made.briefing.version}
            log.info("briefing withdrawn", extra=facts | {"story": story_id})
        return made is not None

    async def _why(
        self, brief: Brief, usable: Mapping[str, Article], *, key: str, now: datetime
    ) -> Correction:
        """Return what is told of it: who withdrew, and no word of what."""
        gone = [r.article_id for r in brief.references if r.article_id not in usable]
        articles = [await self.archive.find_article(i) for i in gone]
        outlets = sorted({a.outlet for a in articles if a and a.stopped is None})
        ours = not articles or any(a is None or a.stopped for a in articles)
        what = WORDS_STOPPED if not gone else STORY_STOPPED
        said = what if ours else BY_OUTLET.format(outlets=listed(outlets))
        return Correction(key, now, said, brief.story.id)
