"""Counts who says it of their own knowledge: reprints, agency reports and sister papers are one."""

from collections.abc import Mapping, Sequence

from bot.news import Article, Origin
from bot.stories.copies import Fingerprint, compare, fingerprint
from bot.stories.credits import CreditsReader, outlets_of
from bot.stories.publishers import Publishers
from bot.stories.words import StoryWords

TextFamily = list[tuple[Article, Fingerprint]]


class OriginsFinder:
    """Finds the independent sources of a story, with the publishers and words of a newsroom."""

    def __init__(self, publishers: Publishers, language: StoryWords) -> None:
        self._publishers = publishers
        self._credits = CreditsReader(publishers, language)

    def find(self, articles: Sequence[Article], told: Mapping[str, str]) -> tuple[Origin, ...]:
        """Return the independent sources among the articles of one story, which come by date.

        `told` is the text of each by id, without furniture. Articles are of one origin that carry
        each other's text, whole, cut or added to; that credit one agency, or one outlet for having
        had the news first; and the reports of one publisher. A text that several carry rests on
        the agency that any of them credits.
        """
        keys = {article.id: self._publishers.family_of(article) for article in articles}
        outlets = outlets_of({a.id: a.outlet for a in articles}, keys)
        origins: dict[str, list[TextFamily]] = {}
        for family in _text_families(articles, told):
            credited = (self._credits.source_of(article, outlets) for article, _ in family)
            key = next(filter(None, credited), "") or keys[family[0][0].id]
            origins.setdefault(key, []).append(family)
        return tuple(_origin(families) for families in origins.values())


def _text_families(articles: Sequence[Article], told: Mapping[str, str]) -> list[TextFamily]:
    """Return the articles in groups that carry one text, each led by the earliest."""
    families: list[TextFamily] = []
    for article in articles:
        text = fingerprint(told[article.id])
        family = next((f for f in families if _carries(text, f)), None)
        if family is None:
            families.append(family := [])
        family.append((article, text))
    return families


def _carries(text: Fingerprint, family: TextFamily) -> bool:
    return any(compare(text, other) for _, other in family)


def _origin(families: Sequence[TextFamily]) -> Origin:
    ids = [article.id for family in families for article, _ in family]
    return Origin(tuple(ids), own=tuple(family[0][0].id for family in families[1:]))
