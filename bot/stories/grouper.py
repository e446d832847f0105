"""Puts each article into a story as it arrives; what comes later may merge and split stories."""

from collections.abc import Sequence
from typing import Final

from bot.news import StoryChange, StoryChangeKind
from bot.stories.index import TermIndex
from bot.stories.kinship import Kinship
from bot.stories.live import LiveStory, heaviest
from bot.stories.rearranging import Rearrangement, name_for, rearranged
from bot.stories.regroup import NEIGHBOURS, Regrouper
from bot.stories.traits import Traits

SMALL_STORY: Final = 32
"""Members up to which each arrival looks for another story to merge with; later every so often."""

FAR: Final = 0.25
"""Nearness of an article to a story below which the article's own story is not compared with it."""

SEARCHED_TERMS: Final = 60
"""Terms of a group of headlines by which its neighbours are looked for."""


class Grouper:
    """The stories of a window, kept in memory; give it articles with `add`, in any order.

    A story's id is `s` and the id of an article that it held first. An id that was given out stays
    valid: `current` says which story it leads to.
    """

    def __init__(self, *, window_days: float | None = 4.0) -> None:
        self._kinship = Kinship(window_days)
        self._regrouper = Regrouper(self._kinship)
        self._index = TermIndex()
        self._stories: dict[str, LiveStory] = {}
        self._story_of: dict[str, str] = {}
        self._redirects: dict[str, str] = {}

    def add(self, article_id: str, traits: Traits) -> tuple[StoryChange, ...]:
        """Put an article into a story and return what changed, in order.

        An article that is there already is judged anew; in a story too large to be taken apart it
        stays where it is.
        """
        before = self._story_of.get(article_id, "")
        if before and self._stays(article_id, traits):
            return ()
        if before:
            self._take_out(article_id)
        near = self._near(traits)
        if near and near[0][0] >= 1:
            story = near[0][1]
            changes = [StoryChange("join", story.id, (article_id,), nearness=near[0][0])]
        else:
            story = self._open(name_for([article_id], self._stories.__contains__))
            changes = [StoryChange("start", story.id, (article_id,))]
        self._put(story, article_id, traits)
        changes += self._left(before, story, article_id)
        return (*changes, *self._reconsider(story, near, traits))

    def remove(self, article_id: str) -> None:
        """Take an article out of its story, which ends with its last one."""
        self._take_out(article_id)

    def restore(self, story_id: str, article_id: str, traits: Traits) -> None:
        """Put an article where it stood when it was stored."""
        story = self._stories.get(story_id) or self._open(story_id)
        self._put(story, article_id, traits)

    def forget(self, before: float) -> tuple[str, ...]:
        """Drop the stories of which nothing is newer (days since 1970); return their articles."""
        old = [
            story
            for story in self._stories.values()
            if all(traits.moment < before for traits in story.members.values())
        ]
        gone = tuple(article_id for story in old for article_id in story.members)
        for story in old:
            self._close(story)
        for article_id in gone:
            del self._story_of[article_id]
        return gone

    def current(self, story_id: str) -> str:
        """Return the id of the story that an id leads to by now; its own if it never moved."""
        seen = {story_id}
        while story_id not in self._stories and story_id in self._redirects:
            story_id = self._redirects[story_id]
            if story_id in seen:
                break
            seen.add(story_id)
        return story_id

    def story_of(self, article_id: str) -> str:
        """Return the id of the article's story.

        Raises:
            KeyError: the article is not in the window.
        """
        return self._story_of[article_id]

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the articles of each story by its id."""
        return {story.id: tuple(story.members) for story in self._stories.values()}

    def live(self, story_id: str) -> LiveStory:
        """Return the story that the id leads to.

        Raises:
            KeyError: there is none in the window.
        """
        return self._stories[self.current(story_id)]

    def _near(self, traits: Traits) -> list[tuple[float, LiveStory]]:
        stories = (self._stories[i] for i in self._index.search(traits.terms))
        found = [(self._kinship.of_article(traits, story), story) for story in stories]
        return sorted(found, key=lambda entry: (-entry[0], entry[1].id))

    def _reconsider(
        self, story: LiveStory, near: Sequence[tuple[float, LiveStory]], traits: Traits
    ) -> list[StoryChange]:
        """Look at the story and its neighbours again, now that there is more evidence.

        For reports the neighbours of the article are looked at: it has said nothing new of others.
        Groups of headlines are judged more mildly the larger they are, so that others may be near.
        """
        changes: list[StoryChange] = []
        others = [(nearness, s) for nearness, s in near if s is not story]
        if traits.kind == "report" and not story.of_headlines:
            close = [s for n, s in others if n >= NEIGHBOURS or self._is_close(story, s, n)]
            partition = self._regrouper.better_partition([story, *close])
            if partition is not None:
                changes += self._rearrange(rearranged(*partition, self._stories.__contains__))
        if traits.kind == "digest" or story.id not in self._stories:
            return changes
        story = self._stories[story.id]
        if story.of_headlines:
            return changes + self._merge(story, self._relatives(story))
        return changes + self._merge(story, [s.id for n, s in others if n >= FAR])

    def _merge(self, story: LiveStory, other_ids: Sequence[str]) -> list[StoryChange]:
        """Join the story with the nearest of the others for as long as they tell of one event."""
        changes: list[StoryChange] = []
        while _is_due(story):
            others = [self._stories[i] for i in other_ids if i in self._stories and i != story.id]
            rated = [(self._kinship.of_stories(story, other), other.id) for other in others]
            nearness, other_id = max(rated, default=(0.0, ""))
            if nearness < 1:
                break
            other = self._stories[other_id]
            into, end = sorted((story, other), key=lambda s: (-len(s.members), s.id))
            moved = tuple(end.members)
            changes.append(StoryChange("merge", into.id, moved, end.id, nearness))
            self._close(end)
            self._redirects[end.id] = into.id
            for article_id, traits in end.members.items():
                self._put(into, article_id, traits)
            story = into
        return changes

    def _relatives(self, story: LiveStory) -> list[str]:
        terms = heaviest(story.sums, SEARCHED_TERMS)
        return self._index.search(terms, without=story.id)

    def _is_close(self, story: LiveStory, other: LiveStory, to_article: float) -> bool:
        return to_article >= FAR and self._kinship.of_stories(story, other) >= NEIGHBOURS

    def _rearrange(self, new: Rearrangement) -> list[StoryChange]:
        traits = {i: t for old in new.before for i, t in self._stories[old].members.items()}
        for old in new.before:
            self._close(self._stories[old])
        self._redirects |= new.redirects
        for story_id, members in new.groups.items():
            story = self._open(story_id)
            for article_id in members:
                self._put(story, article_id, traits[article_id])
        return new.changes

    def _left(self, before: str, story: LiveStory, article_id: str) -> list[StoryChange]:
        """Return what became of the story in which an article stood until it changed."""
        if before in {"", story.id}:
            return []
        if before not in self._stories:
            self._redirects[before] = story.id
            return [StoryChange("merge", story.id, (article_id,), before)]
        kind: StoryChangeKind = "move" if len(story.members) > 1 else "split"
        return [StoryChange(kind, story.id, (article_id,), before)]

    def _stays(self, article_id: str, traits: Traits) -> bool:
        """Tell whether an article is to stay in its story, by what it now says."""
        story = self._stories[self._story_of[article_id]]
        return story.members[article_id] == traits or len(story.members) > SMALL_STORY

    def _take_out(self, article_id: str) -> None:
        story = self._stories[self._story_of[article_id]]
        self._close(story)
        self._regrouper.forget()
        del self._story_of[article_id]
        rest = {i: t for i, t in story.members.items() if i != article_id}
        if rest:
            again = self._open(story.id)
            for other_id, other in rest.items():
                self._put(again, other_id, other)

    def _open(self, story_id: str) -> LiveStory:
        self._redirects.pop(story_id, None)
        self._stories[story_id] = LiveStory(story_id)
        return self._stories[story_id]

    def _close(self, story: LiveStory) -> None:
        del self._stories[story.id]
        for traits in story.members.values():
            self._index.remove(story.id, traits.terms)

    def _put(self, story: LiveStory, article_id: str, traits: Traits) -> None:
        self._story_of[article_id] = story.id
        if story.add(article_id, traits):
            self._index.add(story.id, traits.terms)


def _is_due(story: LiveStory) -> bool:
    """A large story changes little with each member, and looking for its neighbours costs more."""
    size = story.counted
    return size <= SMALL_STORY or size % (size // SMALL_STORY * 4) == 0
