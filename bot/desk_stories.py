"""What an editor can ask and say of stories: why they are one, that they are not, that they are."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.desk import Desk
from bot.errors import UnknownError
from bot.following import find_followed
from bot.news import Article, Passage, Story, StoryCorrection
from bot.pipeline import Newsday
from bot.ports import Stories
from bot.stories import MemberEvidence, NewsValue, TraitsReader, explain_story, news_value
from bot.stories.timeline import Timeline, new_since, tell_timeline

WINDOW_DAYS: Final = 4.0


@dataclass(frozen=True)
class StoryEvidence:
    """A story with its articles by date, what each has in common with the others, and its worth."""

    story: Story
    articles: tuple[Article, ...]
    members: tuple[MemberEvidence, ...]
    value: NewsValue


@dataclass(frozen=True)
class StoryTimeline:
    """How a story came to be told, its articles by date, and what is new since a moment.

    `withdrawn` are the outlets that withdrew a report of it since the desk's last edition.
    """

    told: Timeline
    articles: tuple[Article, ...]
    since: datetime | None
    new: tuple[Passage, ...]
    withdrawn: tuple[str, ...] = ()


async def why(desk: Desk, name: str, *, now: datetime) -> StoryEvidence:
    """Return the evidence for each member of a story, numbered by date in `articles`.

    Raises:
        UnknownError: there is no such story.
    """
    day, story = await desk.find_story(name, now=now)
    articles = _by_date([day.articles[i] for i in story.article_ids])
    tools = desk.tools
    reader = TraitsReader(tools.weights, tools.story_words)
    members = await asyncio.to_thread(explain_story, articles, reader, window_days=WINDOW_DAYS)
    value = day.values.get(story.id) or news_value(story, day.articles, tools.topics, now=now)
    return StoryEvidence(story, articles, members, value)


async def timeline(
    desk: Desk, name: str, *, now: datetime, since: datetime | None = None
) -> StoryTimeline:
    """Return how a story came to be told, and what is new in it since a moment.

    Without `since` that is when the desk's last edition was made; without any nothing is new.

    Raises:
        UnknownError: there is no such story.
    """
    day, story = await desk.find_story(name, now=now)
    if since is None and desk.last_edition is not None:
        since = desk.last_edition.briefing.made_at
    return await _tell(desk, day, story, since, now=now)


async def _tell(
    desk: Desk, day: Newsday, story: Story, since: datetime | None, *, now: datetime
) -> StoryTimeline:
    told = await timeline_of(desk, [day.articles[i] for i in story.article_ids], since, now=now)
    return replace(told, withdrawn=await _withdrawn(desk, story))


async def timeline_of(
    desk: Desk, articles: Sequence[Article], since: datetime | None, *, now: datetime
) -> StoryTimeline:
    """Return how the story of these articles came to be told, and what is new since a moment."""
    dated = _by_date(articles)
    counting = desk.tools.figure_words.counting
    told = await asyncio.to_thread(
        tell_timeline, dated, desk.tools.weights, now=now, counting=counting
    )
    return StoryTimeline(told, dated, since, new_since(told, since) if since else ())


async def _withdrawn(desk: Desk, story: Story) -> tuple[str, ...]:
    """Return the outlets of reports that the last edition had in the story, and that are gone."""
    if desk.last_edition is None:
        return ()
    ours = set(story.article_ids)
    told = (set(brief.story.article_ids) for brief in desk.last_edition.briefing.briefs)
    gone = sorted({i for ids in told if ids & ours for i in ids - ours})
    found = [await desk.tools.archive.find_article(article_id) for article_id in gone]
    return tuple(sorted({a.outlet for a in found if a and a.withdrawn}))


async def split(
    desk: Desk, name: str, numbers: Sequence[int], *, now: datetime, by: str = ""
) -> tuple[Article, ...]:
    """Take articles, by their numbers in `why`, out of a story for good, and return them.

    Raises:
        UnknownError: there is no such story or number, the numbers leave nothing of the story, or
            this desk remembers nothing.
    """
    found = await why(desk, name, now=now)
    size = len(found.articles)
    if not numbers or not all(1 <= number <= size for number in numbers):
        raise UnknownError(f"Name articles by their numbers in `why`, from 1 to {size}.")
    out = tuple(found.articles[number - 1] for number in sorted(set(numbers)))
    rest = tuple(a.id for a in found.articles if a not in out)
    if not rest:
        raise UnknownError("That would leave nothing of the story; leave out at least one number.")
    ids = tuple(article.id for article in out)
    await _store(desk).correct(StoryCorrection("split", ids, rest, now, by))
    return out


async def merge(
    desk: Desk, name: str, other_name: str, *, now: datetime, by: str = ""
) -> tuple[Article, ...]:
    """Make two stories one for good, and return its articles by date.

    Raises:
        UnknownError: one of them is not there, both are one, or this desk remembers nothing.
    """
    day, story = await desk.find_story(name, now=now)
    _, other = await desk.find_story(other_name, now=now)
    if set(story.article_ids) & set(other.article_ids):
        raise UnknownError("Both names lead to the same story; name two.")
    said = StoryCorrection("merge", story.article_ids, other.article_ids, now, by)
    await _store(desk).correct(said)
    return _by_date([day.articles[i] for i in (*story.article_ids, *other.article_ids)])


async def follow(desk: Desk, name: str, *, now: datetime, by: str) -> tuple[Article, bool]:
    """Remember that somebody follows a story; return its first report, and whether that is new.

    Raises:
        UnknownError: there is no such story, or this desk remembers nothing.
    """
    day, story = await desk.find_story(name, now=now)
    is_new = await _store(desk).follow(story.id, by, now=now)
    return _by_date([day.articles[i] for i in story.article_ids])[0], is_new


async def unfollow(desk: Desk, name: str, *, now: datetime, by: str) -> tuple[Article, bool]:
    """Forget that somebody follows a story; return its first report, and whether they did.

    Raises:
        UnknownError: there is no such story, or this desk remembers nothing.
    """
    store = _store(desk)
    day, story = await desk.find_story(name, now=now)
    mine, since = await store.followed(by), now - desk.window
    followed = await find_followed(store, [story], mine, since=since)
    for story_id in followed.get(story.id, ()):
        await store.unfollow(story_id, by)
    return _by_date([day.articles[i] for i in story.article_ids])[0], bool(followed)


async def followed(desk: Desk, *, now: datetime, by: str) -> tuple[tuple[StoryTimeline, ...], int]:
    """Return the stories that somebody follows, and how many have no report in the window.

    What is new in each is new since it was followed, or since the desk's last edition if that came
    later. A story that has become part of another is told as that one, once.

    Raises:
        UnknownError: this desk remembers nothing.
    """
    store = _store(desk)
    day = await desk.day(now=now)
    mine = await store.followed(by)
    found = await find_followed(store, day.stories, mine, since=now - desk.window)
    by_id = {story.id: story for story in day.stories}
    edition = desk.last_edition
    told = []
    for story_id, sinces in found.items():
        since = min(sinces.values())
        since = max(since, edition.briefing.made_at) if edition else since
        told.append(await _tell(desk, day, by_id[story_id], since, now=now))
    return tuple(told), len(mine) - sum(map(len, found.values()))


async def follow_story(desk: Desk, story_id: str, *, now: datetime, by: str) -> bool:
    """Remember that somebody follows the story of that id; return whether that is new.

    Raises:
        UnknownError: this desk remembers nothing.
    """
    return await _store(desk).follow(story_id, by, now=now)


async def unfollow_story(desk: Desk, story_id: str, *, by: str) -> bool:
    """Forget that somebody follows the story, by whatever id they knew it; return if they did.

    Raises:
        UnknownError: this desk remembers nothing.
    """
    mine = await _followed_ids(desk, story_id, by)
    return any([await _store(desk).unfollow(one, by) for one in mine])


async def is_followed(desk: Desk, story_id: str, *, by: str) -> bool:
    """Tell whether somebody follows the story; of a desk that remembers nothing nobody does."""
    return desk.tools.stories is not None and bool(await _followed_ids(desk, story_id, by))


async def _followed_ids(desk: Desk, story_id: str, by: str) -> tuple[str, ...]:
    """Return the ids that somebody follows and that lead to where this one leads by now."""
    store = _store(desk)
    current = await store.current_id(story_id)
    mine = await store.followed(by)
    return tuple([one for one in mine if await store.current_id(one) == current])


def _by_date(articles: Sequence[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.dated(), article.id)))


def _store(desk: Desk) -> Stories:
    if desk.tools.stories is None:
        raise UnknownError("This desk keeps no archive in which it could remember that.")
    return desk.tools.stories
