"""Which story comes first."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.news import Article, Story


def rank(stories: Iterable[Story], articles: Mapping[str, Article]) -> tuple[Story, ...]:
    """Return the stories, the most important first; `articles` holds their articles by id.

    More independent sources come first, since newsrooms agree on what matters; then what was
    reported last; then what was reprinted most. The id decides the rest, so that the order is
    always the same.
    """

    def latest(story: Story) -> datetime:
        return max(articles[article_id].dated() for article_id in story.article_ids)

    by_id = sorted(stories, key=lambda story: story.id)
    return tuple(
        sorted(
            by_id,
            key=lambda story: (len(story.origins), latest(story), len(story.article_ids)),
            reverse=True,
        )
    )
