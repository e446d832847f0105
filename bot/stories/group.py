"""Puts the articles that tell of one event into one story."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from bot.news import Article, Origin, Story, StoryCorrection
from bot.stories.corrections import corrected
from bot.stories.grouper import Grouper
from bot.stories.origins import OriginsFinder
from bot.stories.publishers import Publishers
from bot.stories.rearranging import kept_ids
from bot.stories.traits import TraitsReader, told
from bot.stories.words import StoryWords
from bot.weights import WordWeights

WINDOW_DAYS: Final = 4.0
"""Days after which likeness counts half."""


def group_articles(  # noqa: PLR0917 - the articles, language, and what is known of them
    articles: Sequence[Article],
    weights: WordWeights,
    words: StoryWords | None = None,
    publishers: Publishers | None = None,
    corrections: Sequence[StoryCorrection] = (),
    standing: Mapping[str, str] | None = None,
) -> tuple[Story, ...]:
    """Return the stories that the articles tell, by their ids.

    Each article is in exactly one story: in the one that `standing` names by the article's id, or,
    where it names none, with those of the others that tell of its event by their latest revisions;
    unless a correction says otherwise. The result does not depend on the order of the articles. A
    story keeps its id as long as most of its articles stay together; without `standing`, as long as
    its earliest article stays.

    Raises:
        ValueError: an article is given twice.
    """
    by_id = {article.id: article for article in articles}
    if len(by_id) != len(articles):
        raise ValueError("An article is given twice.")
    ordered = sorted(articles, key=lambda article: (article.dated(), article.id))
    stood = {i: (standing or {})[i] for i in by_id if i in (standing or {})}
    reader = TraitsReader(weights, words or StoryWords())
    groups = [
        *_standing(ordered, stood),
        *_found([a for a in ordered if a.id not in stood], reader),
    ]
    order = {article.id: place for place, article in enumerate(ordered)}
    said = [sorted(ids, key=order.__getitem__) for ids in corrected(groups, corrections)]
    finder = OriginsFinder(publishers or Publishers(), words or StoryWords())
    return tuple(
        Story(story_id, _origins([by_id[i] for i in ids], finder))
        for story_id, ids in sorted(kept_ids(said, stood).items())
    )


def _standing(ordered: Sequence[Article], stood: Mapping[str, str]) -> list[list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for article in ordered:
        if article.id in stood:
            groups[stood[article.id]].append(article.id)
    return list(groups.values())


def _found(ordered: Sequence[Article], reader: TraitsReader) -> list[tuple[str, ...]]:
    grouper = Grouper(window_days=WINDOW_DAYS)
    for article in ordered:
        grouper.add(article.id, reader.read(article))
    return list(grouper.groups().values())


def _origins(articles: Sequence[Article], finder: OriginsFinder) -> tuple[Origin, ...]:
    if len(articles) == 1:  # most stories: nobody to compare with
        return (Origin((articles[0].id,)),)
    return finder.find(articles, {a.id: told(a.latest.body) or a.latest.title for a in articles})
