"""From articles to one stored briefing: articles → stories → briefs → dossier.

How articles come in is in `reading.py`. The stages compute in threads, so that whoever waits for an
answer is answered in the meantime.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.briefing.compose import compose, dossier_of
from bot.news import (
    Article,
    Change,
    Coverage,
    Dossier,
    History,
    Step,
    Story,
    StoryCorrection,
)
from bot.prompt_files import ANY_EDITION, Edition, find_edition
from bot.sources.differences import compare
from bot.sources.links import canonical
from bot.stories import NewsValue, group_articles, in_order
from bot.story_writing import EditionWriter
from bot.tools import Tools
from bot.updates import Told, choose_news, without_repeats

log = logging.getLogger(__name__)

NOTHING: Final[Told] = {}
"""As what readers were told before: this is the first that they hear."""


@dataclass(frozen=True)
class Newsday:
    """Articles that may be printed, by id, and their stories, the most important first.

    `held_addresses` are those of the articles that may not be; `values` say by the ids of stories
    what makes them matter.
    """

    articles: Mapping[str, Article]
    stories: tuple[Story, ...]
    seen: int
    held: int
    held_addresses: frozenset[str] = frozenset()
    values: Mapping[str, NewsValue] = field(default_factory=dict)


def group(
    articles: Iterable[Article],
    tools: Tools,
    *,
    now: datetime,
    corrections: Sequence[StoryCorrection] = (),
    standing: Mapping[str, str] | None = None,
) -> Newsday:
    """Return the stories that the articles tell. Held articles are counted and left out.

    `standing` says in which story an article stands; what it does not name is grouped now.
    """
    seen = tuple(articles)
    usable = {a.id: a for a in seen if not a.is_held(now)}
    held_addresses = frozenset(a.address for a in seen if a.id not in usable)
    stories = group_articles(
        tuple(usable.values()),
        tools.weights,
        tools.story_words,
        tools.publishers,
        corrections,
        standing,
    )
    rated = in_order(stories, usable, tools.topics, now=now)
    values = {story.id: value for story, value in rated}
    ordered = tuple(story for story, _ in rated)
    held = len(seen) - len(usable)
    return Newsday(usable, ordered, len(seen), held, held_addresses, values)


async def make_briefing(  # noqa: PLR0913 - what to tell, on what, and for whom
    day: Newsday,
    stories: Sequence[Story],
    coverage: Coverage,
    tools: Tools,
    *,
    now: datetime,
    edition: str = "",
    told: Told = NOTHING,
) -> Dossier:
    """Write the edition as `write_briefing` does, store it, and return it with its sources.

    Raises:
        UnknownError: the newsroom has no `edition` of that name.
    """
    dossier = await write_briefing(
        day, stories, coverage, tools, now=now, edition=edition, told=told
    )
    await tools.archive.store(dossier)
    return dossier


async def write_briefing(  # noqa: PLR0913 - what to tell, on what, and for whom
    day: Newsday,
    stories: Sequence[Story],
    coverage: Coverage,
    tools: Tools,
    *,
    now: datetime,
    edition: str = "",
    told: Told = NOTHING,
) -> Dossier:
    """Write the edition that tells these stories, and return it with its sources.

    Of stories of which its readers were `told` before it says what is new since then; those
    without news are left out and counted.

    At most `tools.max_stories` are told, or as many as the `edition` of that name wants, of those
    that its topics allow. A story that cannot be briefed or proved is logged and left out: it never
    costs the others. The day's counts are filled into `coverage`.

    Raises:
        UnknownError: the newsroom has no edition of that name.
    """
    wanted = find_edition(tools.editions, edition)
    stories = _allowed(stories, wanted, day)
    most = wanted.limits.max_stories or tools.max_stories
    chosen = await asyncio.to_thread(
        choose_news, stories, day.articles, told, tools, at_most=most, now=now
    )
    writer = EditionWriter(wanted, day.articles, tools, now, chosen.updates)
    written = await writer.briefs(chosen.stories)
    briefs = without_repeats(written, chosen.updates)
    repeats = chosen.repeats + len(written) - len(briefs)
    briefs = [replace(brief, chosen_for=_reason(brief.story, day)) for brief in briefs]
    # the page of an article may have been missed before its outlet took it back
    told_unread = (u for u in coverage.unread if canonical(u.address) not in day.held_addresses)
    coverage = replace(
        coverage, articles=day.seen, held=day.held, unread=tuple(told_unread), repeats=repeats
    )
    briefing = compose(briefs, coverage, stories_found=len(stories) - repeats, now=now)
    return dossier_of(briefing, day.articles)


def _allowed(stories: Sequence[Story], edition: Edition, day: Newsday) -> Sequence[Story]:
    if edition is ANY_EDITION:
        return stories
    return [story for story in stories if edition.allows(_topics(story, day))]


def _topics(story: Story, day: Newsday) -> tuple[str, ...]:
    value = day.values.get(story.id)
    return value.topics if value else ()


def _reason(story: Story, day: Newsday) -> str:
    """Return why the story is told; nothing for one that the day does not know any more."""
    value = day.values.get(story.id)
    return value.explained() if value else ""


def history_of(article: Article, tools: Tools, *, now: datetime) -> History:
    """Return the article's revisions, each with what it changed in the one before it."""
    held = article.is_held(now)
    lexicon, notices = tools.lexicon(article), tools.read_notices()
    quotes = [() if held else tools.findings.quotes(r, lexicon) for r in article.revisions]
    changes: list[tuple[Change, ...]] = [()]
    for number in range(1, len(article.revisions)):
        old, new = article.revisions[number - 1 : number + 1]
        both = quotes[number - 1], quotes[number]
        language = article.language or "en"
        found = () if held else compare(old, new, both, notices, language=language).changes
        changes.append(found)
    steps = tuple(
        Step(r.number, r.seen_at, r.title_sha256, r.body_sha256, of_step)
        for r, of_step in zip(article.revisions, changes, strict=True)
    )
    return History(article.id, article.outlet, steps, held)
