"""Decides what an edition says again: only what is new in the stories that were told before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.news import Article, Brief, Passage, Story
from bot.stories.timeline import news_beside
from bot.tools import Tools
from bot.writing import Update

Told = Mapping[str, datetime]
"""When readers were last told of articles, by the ids of these. A story of which they were told of
one article is one that they know."""


@dataclass(frozen=True)
class Choice:
    """The stories of an edition, what is new in those told before, and how many say nothing new."""

    stories: tuple[Story, ...]
    updates: Mapping[str, Update] = field(default_factory=dict)
    repeats: int = 0


def choose_news(
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    told: Told,
    tools: Tools,
    *,
    at_most: int,
    now: datetime,
) -> Choice:
    """Return the first so many stories that say something which the readers were not told yet."""
    chosen: list[Story] = []
    updates: dict[str, Update] = {}
    repeats = 0
    for story in stories:
        if len(chosen) == at_most:
            break
        update = update_of(story, articles, told, tools, now=now)
        if update and not update.new:
            repeats += 1
            continue
        chosen.append(story)
        updates |= {story.id: update} if update else {}
    return Choice(tuple(chosen), updates, repeats)


def known_at(articles: Iterable[Article], at: datetime) -> dict[str, datetime]:
    """Return what somebody was told who knew at an instant all that could be printed then."""
    return {
        article.id: at
        for article in articles
        if article.revisions[0].seen_at <= at and not article.is_held(at)
    }


def update_of(
    story: Story, articles: Mapping[str, Article], told: Told, tools: Tools, *, now: datetime
) -> Update | None:
    """Return when the story was last told and what is new in it; `None` if it never was."""
    times = [told[i] for i in story.article_ids if i in told]
    if not times:
        return None
    members = [articles[i] for i in story.article_ids]
    counting = tools.figure_words.counting
    new = news_beside(members, told, tools.weights, now=now, counting=counting)
    return Update(max(times), new)


def without_repeats(briefs: Sequence[Brief], updates: Mapping[str, Update]) -> list[Brief]:
    """Return the briefs without those of known stories that print nothing of what is new.

    Some sentences cannot be printed alone, such as half of a quotation.
    """
    return [b for b in briefs if b.told_at is None or _says_new(b, updates[b.story.id].new)]


def _says_new(brief: Brief, new: Sequence[Passage]) -> bool:
    told = [brief.headline, *brief.changed, *brief.unconfirmed]
    printed = [p for sentence in told for p in sentence.passages()]
    printed += [p for quote in brief.quotes for p in quote.pieces]
    return bool(brief.changed) or any(_overlap(p, n) for p in printed for n in new)


def _overlap(one: Passage, other: Passage) -> bool:
    a, b = one.span, other.span
    same = (a.article_id, a.revision, a.field) == (b.article_id, b.revision, b.field)
    return same and a.start < b.end and b.start < a.end
