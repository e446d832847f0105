"""From articles to one stored briefing: articles → stories → briefs → dossier.

How articles come in is in `reading.py`. The stages compute in threads, so that whoever waits for an
answer is answered in the meantime.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.briefing.compose import compose, dossier_of
from bot.errors import VerificationError
from bot.news import (
    Article,
    Brief,
    Briefing,
    Change,
    Coverage,
    Dossier,
    FigureCheck,
    History,
    Step,
    Story,
    StoryCorrection,
)
from bot.quotes import find_quotes, find_referents, find_second_hand
from bot.sources.differences import compare
from bot.sources.links import canonical
from bot.stories import group_articles, in_order
from bot.stories.claims import compare_claims
from bot.stories.disagreements import check_figures, compare_figures
from bot.stories.figures import find_figures
from bot.stories.timeline import new_since, tell_timeline
from bot.tools import Tools
from bot.writing import Findings, Update, write_brief

log = logging.getLogger(__name__)

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
    day: Newsday, stories: Sequence[Story], coverage: Coverage, tools: Tools, *, now: datetime
) -> Dossier:
    """Write the edition that tells these stories, store it, and return it with its sources."""
    dossier = await write_briefing(day, stories, coverage, tools, now=now)
    await tools.archive.store(dossier)
    return dossier


async def write_briefing(
    day: Newsday,
    stories: Sequence[Story],
    coverage: Coverage,
    tools: Tools,
    *,
    now: datetime,
    previous: Dossier | None = None,
) -> Dossier:
    """Write the edition that tells these stories, and return it with its sources.

    Of stories that the `previous` edition told it says what is new since then.

    At most `tools.max_stories` are told. A story that cannot be briefed or proved is logged and
    left out: it never costs the others. The day's counts are filled into `coverage`.
    """
    told = stories[: tools.max_stories]
    briefs: list[Brief] = []
    tools.progress("writing", 0, len(told))
    for done, story in enumerate(told, start=1):
        brief = await asyncio.to_thread(_proved_brief, story, day.articles, tools, now, previous)
        briefs += [brief] if brief else []
        tools.progress("writing", done, len(told))
    # the page of an article may have been missed before its outlet took it back
    told_unread = (u for u in coverage.unread if canonical(u.address) not in day.held_addresses)
    coverage = replace(coverage, articles=day.seen, held=day.held, unread=tuple(told_unread))
    briefing = compose(briefs, coverage, stories_found=len(stories), now=now)
    return dossier_of(briefing, day.articles)


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


def _proved_brief(  # noqa: PLR0917 - as `asyncio.to_thread` passes them on
    story: Story,
    articles: Mapping[str, Article],
    tools: Tools,
    now: datetime,
    previous: Dossier | None,
) -> Brief | None:
    """Return the brief if it verifies by itself, and `None`, logged, if it cannot be had."""
    try:
        update = update_of(story, articles, tools, now=now, previous=previous)
        brief = _brief(story, articles, tools, update)
        dossier_of(Briefing("proof", 1, now, (brief,), Coverage(0, 0), 1), articles)
    except VerificationError:
        log.exception("story left out", extra={"story": story.id})
        return None
    return brief


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


def _brief(
    story: Story, articles: Mapping[str, Article], tools: Tools, update: Update | None
) -> Brief:
    members = {i: articles[i] for i in story.article_ids}
    quotes = {i: find_quotes(a.latest, tools.lexicon(a)) for i, a in members.items()}
    second_hand = {i: find_second_hand(a.latest, tools.lexicon(a)) for i, a in members.items()}
    figures = check_story_figures(story, members, tools)
    referents = {i: find_referents(a.latest, tools.lexicon(a)) for i, a in members.items()}
    findings = Findings(figures, referents, update)
    return write_brief(story, members, quotes, second_hand, tools.weights, tools.limits, findings)


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
