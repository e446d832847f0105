"""What an archive is given of an item, and how it is settled which article that item is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.news import Article


@dataclass(frozen=True)
class Sighting:
    """One item as a source gave it: what it may be known by, and what becomes of its article.

    Args:
        keys: hashes, the surest first; an article is known by all keys that it was ever seen under.
        new_ids: what it is called when it is new: the first, or the second if that is taken.
        carrier: who gave it.
        is_same: tells whether the article, which is known by the key, is the item's.
        revise: from the article (`None` when it is new), the id of a new one, and whether this
            carrier gave it before within these sightings, to the article as it shall be.
        everywhere: it concerns every article that is known by one of the keys (a kill).
    """

    keys: tuple[str, ...]
    new_ids: tuple[str, str]
    carrier: str
    is_same: Callable[[Article, str], bool]
    revise: Callable[[Article | None, str, bool], Article]
    everywhere: bool = False


@dataclass
class Settling:
    """Settles sightings one after the other, each on what those before it have left.

    Args:
        known: from keys to the ids of the articles that are stored under them.
        articles: by id; all that `known` names, and those that are stored under a new id.
    """

    known: dict[str, str]
    articles: dict[str, Article]
    new_keys: dict[str, str] = field(default_factory=dict)
    """Keys that are to be stored, with the ids of their articles."""

    def settle(self, sightings: Sequence[Sighting]) -> tuple[Article, ...]:
        """Return the articles of the sightings in their order, each once, as they shall be."""
        given: set[tuple[str, str]] = set()
        touched: dict[str, None] = {}
        for sighting in sightings:
            ids = self._ids(sighting)
            for id_ in ids:
                before = self.articles.get(id_)
                again = (id_, sighting.carrier) in given
                if not is_purged(before):
                    self.articles[id_] = sighting.revise(before, id_, again)
                given.add((id_, sighting.carrier))
                touched[id_] = None
            self._learn(sighting, ids[0])
        return tuple(self.articles[id_] for id_ in touched)

    def _ids(self, sighting: Sighting) -> list[str]:
        found = list(dict.fromkeys(self._same(sighting)))
        if found:
            return found if sighting.everywhere else found[:1]
        free = [id_ for id_ in sighting.new_ids if id_ not in self.articles]
        # the second id comes from all keys and the text: what bears it already is the item's
        return [*free, sighting.new_ids[1]][:1]

    def _same(self, sighting: Sighting) -> Iterator[str]:
        by_key = [(key, self.known[key]) for key in sighting.keys if key in self.known]
        # an archive from before there were keys has articles under the first id alone
        by_key += [(key, sighting.new_ids[0]) for key in sighting.keys[:1]]
        for key, id_ in by_key:
            found = self.articles.get(id_)
            # of a text that was purged there is nothing to compare with, and none shall come back
            if found and (is_purged(found) or sighting.is_same(found, key)):
                yield id_

    def _learn(self, sighting: Sighting, id_: str) -> None:
        """Note the keys that are new; whose article a key is, never changes."""
        for key in sighting.keys:
            if key not in self.known:
                self.known[key] = self.new_keys[key] = id_


def is_purged(article: Article | None) -> bool:
    """Tell whether the newsroom removed the article's texts for good."""
    return article is not None and article.stopped == "purged"


def ids_to_read(known: Mapping[str, str], sightings: Sequence[Sighting]) -> list[str]:
    """Return the ids of all articles that `Settling` may ask for."""
    new = (id_ for sighting in sightings for id_ in sighting.new_ids)
    return list(dict.fromkeys((*known.values(), *new)))
