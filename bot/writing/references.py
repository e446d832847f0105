"""Makes the sources list of a brief: its articles, and the reports they rely on."""

from collections.abc import Iterable, Mapping

from bot.news import Article, Reference, SecondHand, Story
from bot.text import fold, squeeze


def references(story: Story, articles: Mapping[str, Article]) -> tuple[Reference, ...]:
    """Return a line for each article of the story: the reports by date, then the reprints."""
    reprints = {article_id for origin in story.origins for article_id in origin.reprints}
    ordered = sorted(
        (articles[article_id] for article_id in story.article_ids),
        key=lambda a: (a.id in reprints, a.dated(), a.id),
    )
    return tuple(_reference(article, reprint=article.id in reprints) for article in ordered)


def distinct_reports(found: Iterable[SecondHand]) -> tuple[SecondHand, ...]:
    """Return the reports in the order given, each name once, whatever its case and article."""
    by_name: dict[str, SecondHand] = {}
    for second in found:
        by_name.setdefault(fold(squeeze(second.name.words)).removeprefix("the "), second)
    return tuple(by_name.values())


def _reference(article: Article, *, reprint: bool) -> Reference:
    latest = article.latest
    return Reference(
        article.id,
        latest.number,
        article.outlet,
        latest.whole_title() if latest.title else None,
        article.address,
        article.published_at,
        reprint=reprint,
        corrected=len(article.revisions) > 1,
    )
