"""Looks at a few neighbouring stories afresh, so that the order of arrival hardly matters."""

from collections.abc import Sequence
from typing import Final

from bot.stories.kinship import Kinship
from bot.stories.linkage import average_link
from bot.stories.live import LiveStory
from bot.stories.traits import Traits

MAX_REGROUPED: Final = 30
"""Articles that are taken apart and put together anew at one arrival; the cost grows with the
square of it. Larger stories only merge."""

NEIGHBOURS: Final = 0.7
"""Nearness from which a story is looked at with another."""

MIN_NEARNESS: Final = 0.18
"""Nearness below which two articles count as having nothing in common."""

MIN_REGROUPED: Final = 3
"""Reports below which there is nothing to take apart: two were compared when the second came."""

REMEMBERED_PAIRS: Final = 50_000

Groups = list[list[str]]


class Regrouper:
    """Remembers how near articles are to each other, and groups them by it."""

    def __init__(self, kinship: Kinship) -> None:
        self._kinship = kinship
        self._pairs: dict[tuple[str, str], float] = {}

    def better_partition(
        self, stories: Sequence[LiveStory]
    ) -> tuple[dict[str, list[str]], Groups] | None:
        """Return the articles by story as they are, and as average linkage groups them now.

        The first story decides what is looked at: the others come in as long as there is room.
        `None` if the groups stay the same, or the story is too large. Headlines and digests, which
        are not compared, stay with the first report of their story.
        """
        before = {story.id: list(story.members) for story in _that_fit(stories)}
        reports = {
            i: traits
            for story in stories
            if story.id in before
            for i, traits in story.members.items()
            if traits.kind == "report"
        }
        if len(reports) < MIN_REGROUPED:
            return None
        groups = self._group(reports)
        kept = {frozenset(i for i in ids if i in reports) for ids in before.values()}
        if {frozenset(group) for group in groups} == kept:
            return None
        return before, _with_the_rest(groups, before, reports)

    def _group(self, reports: dict[str, Traits]) -> Groups:
        ids = sorted(reports, key=lambda i: (reports[i].moment, i))
        alike = {
            (a, b): nearness
            for b in range(len(ids))
            for a in range(b)
            if (nearness := self._nearness(ids[a], ids[b], reports)) >= MIN_NEARNESS
        }
        return [[ids[n] for n in group] for group in average_link(len(ids), alike, least=1.0)]

    def _nearness(self, one: str, other: str, reports: dict[str, Traits]) -> float:
        pair = (one, other)
        if pair not in self._pairs:
            if len(self._pairs) >= REMEMBERED_PAIRS:
                self._pairs.clear()
            self._pairs[pair] = self._kinship.of_articles(reports[one], reports[other])
        return self._pairs[pair]

    def forget(self) -> None:
        """Forget what was remembered, since an article has changed."""
        self._pairs.clear()


def _that_fit(stories: Sequence[LiveStory]) -> list[LiveStory]:
    found: dict[str, LiveStory] = {}
    room = MAX_REGROUPED
    for story in stories:
        fits = len(story.members) <= room and not story.of_headlines
        if fits and story.id not in found:
            found[story.id] = story
            room -= len(story.members)
        elif not found:
            break
    return list(found.values())


def _with_the_rest(
    groups: Groups, before: dict[str, list[str]], reports: dict[str, Traits]
) -> Groups:
    """Return the groups with the headlines and digests of their stories."""
    group_of = {article_id: group for group in groups for article_id in group}
    for ids in before.values():
        leader = next(i for i in ids if i in reports)
        group_of[leader].extend(i for i in ids if i not in reports)
    return groups
