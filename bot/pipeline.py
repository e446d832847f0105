"""From articles to one stored briefing: articles → stories → briefs → dossier.

How articles come in is in `reading.py`. The stages compute in threads, so that whoever waits for an
answer is answered in the meantime.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

from msgspec.structs import replace

from bot.briefing.choose import in_words
from bot.briefing.compose import compose, dossier_of
from bot.errors import VerificationError
from bot.model_writing import write_with_model
from bot.news import (
    Article,
    Brief,
    Briefing,
    Change,
    Coverage,
    Dossier,
    FigureCheck,
    History,
    HowWritten,
    Step,
    Story,
    StoryCorrection,
)
from bot.prompt_files import ANY_EDITION, Edition, find_edition
from bot.quotes import find_quotes, find_referents, find_second_hand
from bot.sources.differences import compare
from bot.sources.links import canonical
from bot.stories import group_articles, in_order, news_value
from bot.stories.claims import compare_claims
from bot.stories.disagreements import check_figures, compare_figures
from bot.stories.figures import find_figures
from bot.stories.timeline import new_since, tell_timeline
from bot.tools import Tools
from bot.writing import Findings, Update, write_brief
from bot.writing.shown import StoryToWrite

log = logging.getLogger(__name__)

UNPROVED: Final = "what the model wrote does not verify"
MAX_COMPARED: Final = 100
"""Articles of one story whose figures are compared: 7 to 30 ms each."""


@dataclass(frozen=True)
class Newsday:
    """Articles that may be printed, by id, and their stories, the most important first.

    `held_addresses` are those of the articles that may not be.
    """

    articles: Mapping[str, Article]
    stories: tuple[Story, ...]
    seen: int
    held: int
    held_addresses: frozenset[str] = frozenset()


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
    ordered = tuple(story for story, _ in in_order(stories, usable, tools.topics, now=now))
    return Newsday(usable, ordered, len(seen), len(seen) - len(usable), held_addresses)


async def make_briefing(
    day: Newsday,
    stories: Sequence[Story],
    coverage: Coverage,
    tools: Tools,
    *,
    now: datetime,
    edition: str = "",
) -> Dossier:
    """Write the edition that tells these stories, store it, and return it with its sources.

    Raises:
        UnknownError: the newsroom has no `edition` of that name.
    """
    dossier = await write_briefing(day, stories, coverage, tools, now=now, edition=edition)
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
    previous: Dossier | None = None,
) -> Dossier:
    """Write the edition that tells these stories, and return it with its sources.

    Of stories that the `previous` edition told it says what is new since then.

    At most `tools.max_stories` are told, or as many as the `edition` of that name wants, of those
    that its topics allow. A story that cannot be briefed or proved is logged and left out: it never
    costs the others. The day's counts are filled into `coverage`.

    Raises:
        UnknownError: the newsroom has no edition of that name.
    """
    wanted = find_edition(tools.editions, edition)
    stories = _allowed(stories, wanted, day, tools, now=now)
    told = stories[: wanted.limits.max_stories or tools.max_stories]
    writing = _Writing(wanted, day.articles, tools, now, previous)
    briefs = await writing.briefs(told)
    # the page of an article may have been missed before its outlet took it back
    told_unread = (u for u in coverage.unread if canonical(u.address) not in day.held_addresses)
    coverage = replace(coverage, articles=day.seen, held=day.held, unread=tuple(told_unread))
    briefing = compose(briefs, coverage, stories_found=len(stories), now=now)
    return dossier_of(briefing, day.articles)


def _allowed(
    stories: Sequence[Story], edition: Edition, day: Newsday, tools: Tools, *, now: datetime
) -> Sequence[Story]:
    if edition is ANY_EDITION:
        return stories
    return [
        story
        for story in stories
        if edition.allows(news_value(story, day.articles, tools.topics, now=now).topics)
    ]


@dataclass(frozen=True)
class _Writing:
    """An edition being written: what is told to everyone who writes a story of it."""

    edition: Edition
    articles: Mapping[str, Article]
    tools: Tools
    now: datetime
    previous: Dossier | None

    async def briefs(self, stories: Sequence[Story]) -> list[Brief]:
        """Return the briefs in the stories' order; a model is asked for several at once."""
        tools, done = self.tools, count(1)
        turns = asyncio.Semaphore(tools.writer.stories_at_once if tools.writer else 1)
        tools.progress("writing", 0, len(stories))

        async def write(story: Story) -> Brief | None:
            async with turns:
                brief = await self._brief(story)
            tools.progress("writing", next(done), len(stories))
            return brief

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(write(story)) for story in stories]
        return [brief for task in tasks if (brief := task.result())]

    async def _brief(self, story: Story) -> Brief | None:
        """Return the brief if it verifies by itself, and `None`, logged, if it cannot be had."""
        material = await asyncio.to_thread(self._material, story)
        if material is None:
            return None
        brief, writer = material.base, self.tools.writer
        if writer:
            attempt = await write_with_model(material, self.edition, self.tools, writer)
            brief = await asyncio.to_thread(self._proved, attempt.brief, material.base)
        return in_words(brief, self.edition.limits.max_words)

    def _material(self, story: Story) -> StoryToWrite | None:
        """Return the story with an extractive brief that verifies, and `None` without one."""
        articles, tools = self.articles, self.tools
        try:
            update = update_of(story, articles, tools, now=self.now, previous=self.previous)
            material = story_to_write(story, articles, tools, update)
            self._prove(material.base)
        except VerificationError:
            log.exception("story left out", extra={"story": story.id})
            return None
        return material

    def _proved(self, brief: Brief, base: Brief) -> Brief:
        """Return the brief if it verifies, and else the extractive one, which does."""
        try:
            self._prove(brief)
        except VerificationError:
            log.exception("model's brief left out", extra={"story": brief.story.id})
            return replace(base, how=HowWritten(note=UNPROVED))
        return brief

    def _prove(self, brief: Brief) -> None:
        alone = Briefing("proof", 1, self.now, (brief,), Coverage(0, 0), 1)
        dossier_of(alone, self.articles)


def history_of(article: Article, tools: Tools, *, now: datetime) -> History:
    """Return the article's revisions, each with what it changed in the one before it."""
    held = article.is_held(now)
    lexicon, notices = tools.lexicon(article), tools.read_notices()
    quotes = [() if held else find_quotes(r, lexicon) for r in article.revisions]
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


def update_of(
    story: Story,
    articles: Mapping[str, Article],
    tools: Tools,
    *,
    now: datetime,
    previous: Dossier | None,
) -> Update | None:
    """Return what nobody had said when the previous edition told the story; nothing if it did not.

    It told the story if it told of one that has an article in common with it.
    """
    ids = set(story.article_ids)
    told = previous and any(ids & {*b.story.article_ids} for b in previous.briefing.briefs)
    if not previous or not told:
        return None
    since = previous.briefing.made_at
    timeline = tell_timeline((articles[i] for i in ids), tools.weights, now=now)
    return Update(since, new_since(timeline, since))


def story_to_write(
    story: Story, articles: Mapping[str, Article], tools: Tools, update: Update | None = None
) -> StoryToWrite:
    """Return what is known of the story, with its extractive brief.

    Raises:
        VerificationError: none of its articles has any text.
    """
    members = {i: articles[i] for i in story.article_ids}
    quotes = {i: find_quotes(a.latest, tools.lexicon(a)) for i, a in members.items()}
    second_hand = {i: find_second_hand(a.latest, tools.lexicon(a)) for i, a in members.items()}
    figures = check_story_figures(story, members, tools)
    referents = {i: find_referents(a.latest, tools.lexicon(a)) for i, a in members.items()}
    findings = Findings(figures, referents, update)
    brief = write_brief(story, members, quotes, second_hand, tools.weights, tools.limits, findings)
    return StoryToWrite(brief, members, quotes, findings)


def check_story_figures(story: Story, members: Mapping[str, Article], tools: Tools) -> FigureCheck:
    """Return where the reports of a story differ in their figures, and which are outdated.

    Of a story that very many report, the newest reports are compared.
    """
    articles = tuple(sorted(members.values(), key=Article.dated)[-MAX_COMPARED:])
    found = {a.id: find_figures(a, tools.figure_words) for a in articles}
    compared = compare_figures(articles, found, tools.weights, story.origins)
    claims = compare_claims(articles, tools.figure_words, tools.weights, story.origins)
    checked = check_figures(compared)
    return replace(checked, disagreements=(*checked.disagreements, *claims[:1]))
