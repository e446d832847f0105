"""Counts who says it of their own knowledge: reprints, agency reports and sister papers are one."""

from collections.abc import Mapping, Sequence

from bot.news import Article, Origin
from bot.stories.copies import CopyIndex, fingerprint
from bot.stories.credits import CreditsReader, outlets_of
from bot.stories.publishers import Publishers
from bot.stories.words import StoryWords


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
        origins: dict[str, list[list[Article]]] = {}
        for family in _text_families(articles, told):
            credited = (self._credits.source_of(article, outlets) for article in family)
            key = next(filter(None, credited), "") or keys[family[0].id]
            origins.setdefault(key, []).append(family)
        return tuple(_origin(families) for families in origins.values())


def _text_families(articles: Sequence[Article], told: Mapping[str, str]) -> list[list[Article]]:
    """Return the articles in groups that carry one text, each led by the earliest.

    Each is compared with those only that share shingles with it, so that the cost grows with the
    number of articles and not with its square.
    """
    texts = CopyIndex()
    families: dict[str, list[Article]] = {}
    for article in articles:
        text = fingerprint(told[article.id])
        match = texts.find(text)
        texts.add(article.id, text, moment=0.0)
        family = families[match.of_id] if match else []
        family.append(article)
        families[article.id] = family
    return list({id(family): family for family in families.values()}.values())


def _origin(families: Sequence[Sequence[Article]]) -> Origin:
    ids = [article.id for family in families for article in family]
    return Origin(tuple(ids), own=tuple(family[0].id for family in families[1:]))
