"""Says why the articles of a story stand in it: what each has in common with the others."""

from collections.abc import Sequence
from typing import Final

from bot.news import Article, Value
from bot.stories.kinship import Kinship
from bot.stories.live import LiveStory, heaviest
from bot.stories.traits import TraitsReader
from bot.text import words
from bot.weights import term

MAX_SHARED: Final = 6


class MemberEvidence(Value, frozen=True):
    """What an article has in common with the others of its story.

    `nearness` is 1 where it is just enough for one event; `shared` are the words of its own that
    count most, `days` how many of the others name a day that it names, `of_others` how many there
    are.
    """

    article_id: str
    nearness: float
    shared: tuple[str, ...]
    days: int
    of_others: int


def explain_story(
    articles: Sequence[Article], reader: TraitsReader, *, window_days: float | None
) -> tuple[MemberEvidence, ...]:
    """Return the evidence for each article of a story, in their order."""
    others = LiveStory("others")
    for article in articles:
        others.add(article.id, reader.read(article))
    kinship = Kinship(window_days)
    found = []
    for article in articles:
        own = others.remove(article.id)
        near = kinship.of_article(own, others) if others.members else 0.0
        common = {t: w * others.sums[t] for t, w in own.terms.items() if t in others.sums}
        shared = _as_written(article, list(heaviest(common, MAX_SHARED)), reader.language)
        days = others.agreeing(own.days)
        found.append(MemberEvidence(article.id, near, shared, days, len(others.members)))
        others.add(article.id, own)
    return tuple(found)


def _as_written(article: Article, stems: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the stems as words of the article."""
    text = f"{article.latest.title} {article.latest.body}"
    written: dict[str, str] = {}
    for word in words(text):
        written.setdefault(term(word, language), word)
    return tuple(written.get(stem, stem) for stem in stems)
