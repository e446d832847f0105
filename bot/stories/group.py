"""Puts the articles that tell of one event into one story."""

from collections.abc import Sequence
from typing import Final

from bot.news import Article, Story, StoryCorrection
from bot.stories.corrections import corrected
from bot.stories.grouper import Grouper
from bot.stories.origins import OriginsFinder
from bot.stories.publishers import Publishers
from bot.stories.rank import rank
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
) -> tuple[Story, ...]:
    """Return the stories that the articles tell, the most important first (`bot.stories.rank`).

    Each article is in exactly one story, judged by its latest revision, unless a correction says
    otherwise. The result does not depend
    on the order of the articles. A story keeps its id as long as its earliest article stays.

    Raises:
        ValueError: an article is given twice.
    """
    by_id = {article.id: article for article in articles}
    if len(by_id) != len(articles):
        raise ValueError("An article is given twice.")
    ordered = sorted(articles, key=lambda article: (article.dated(), article.id))
    language = words or StoryWords()
    grouper, reader = Grouper(window_days=WINDOW_DAYS), TraitsReader(weights, language)
    for article in ordered:
        grouper.add(article.id, reader.read(article))
    texts = {a.id: told(a.latest.body) or a.latest.title for a in ordered}
    order = {article.id: place for place, article in enumerate(ordered)}
    said = corrected(grouper.groups().values(), corrections)
    groups = (sorted(ids, key=order.__getitem__) for ids in said)
    finder = OriginsFinder(publishers or Publishers(), language)
    stories = (Story(f"s{ids[0]}", finder.find([by_id[i] for i in ids], texts)) for ids in groups)
    return rank(stories, by_id)
