"""Puts the articles that tell of one event into one story."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.news import Article, Story
from bot.paragraphs import story_paragraphs
from bot.stories.copies import find_origins
from bot.stories.likeness import Telling, likenesses, vectors_of
from bot.stories.linkage import average_link
from bot.stories.rank import rank
from bot.weights import WordWeights

SAME_EVENT: Final = 0.26
"""Mean likeness from which articles tell of one event.

Measured with `tests/quality/test_stories.py`: from .26 to .30 the B³ score is .98. Below,
events of one topic run together; above, events fall apart.
"""


def group_articles(articles: Sequence[Article], weights: WordWeights) -> tuple[Story, ...]:
    """Return the stories that the articles tell, the most important first (`bot.stories.rank`).

    Each article is in exactly one story, judged by its latest revision. The result does not depend
    on the order of the articles. A story keeps its id as long as its earliest article stays.

    Raises:
        ValueError: an article is given twice.
    """
    by_id = {article.id: article for article in articles}
    if len(by_id) != len(articles):
        raise ValueError("An article is given twice.")
    ordered = sorted(articles, key=lambda article: (article.dated(), article.id))
    tellings = [_telling(article) for article in ordered]
    alike = likenesses(vectors_of(tellings, weights), tellings)
    groups = average_link(len(ordered), alike, least=SAME_EVENT)
    told = {a.id: t.told or t.title for a, t in zip(ordered, tellings, strict=True)}
    return rank((_story([ordered[i] for i in group], told) for group in groups), by_id)


def _telling(article: Article) -> Telling:
    title, body = article.latest.title, article.latest.body
    told = "\n".join(body[p.start : p.end] for p in story_paragraphs(body))
    return Telling(title, told, article.dated(), article.language)


def _story(members: Sequence[Article], told: Mapping[str, str]) -> Story:
    origins = find_origins({article.id: told[article.id] for article in members})
    return Story(f"s{members[0].id}", origins)
