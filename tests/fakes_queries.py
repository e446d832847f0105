"""The doubles of what asks the archive: kept queries, and a search over articles in memory."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from math import log

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.news import Article, Query
from bot.ports import Limits, Match, Matches, Sought
from bot.ports.queries import MAX_QUERIES
from bot.text import WORD, fold, stem


class FakeQueries:
    """Queries in memory."""

    def __init__(self) -> None:
        self.queries: dict[str, Query] = {}

    async def keep(self, query: Query) -> None:
        """Keep the query, and forget the oldest."""
        self.queries[query.key] = query
        for old in sorted(self.queries.values(), key=lambda q: q.asked_at)[:-MAX_QUERIES]:
            del self.queries[old.key]

    async def find(self, key: str) -> Query | None:
        """Return the query of the key."""
        return self.queries.get(key)


class FakeSearching:
    """A search that reads every article; phrases and the limits of stories are left out."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles

    async def search(
        self, words: str, *, now: datetime, limits: Limits | None = None, limit: int = 200
    ) -> Matches:
        """Return the articles that are not held and have some of the words' stems."""
        # off the loop, as an archive searches
        return await asyncio.to_thread(self._search, words, now, limits or Limits(), limit)

    def _search(self, words: str, now: datetime, limits: Limits, limit: int) -> Matches:
        texts = {
            a.id: {fold(w) for w in WORD.findall(f"{a.latest.title} {a.latest.body}")}
            for a in list(self._articles.values())
            if not a.is_held(now) and _within(a, limits)
        }
        known = set().union(*texts.values())
        sought, mended = list[Sought](), list[tuple[str, str]]()
        for word in dict.fromkeys(fold(w) for w in WORD.findall(words[:1000])):
            mine = _mended(word, known)
            if mine != word:
                mended.append((word, mine))
            forms = tuple(sorted(w for w in known if stem(w, "en") == stem(mine, "en")))
            count = sum(not t.isdisjoint(forms) for t in texts.values())
            if count:
                sought.append(Sought(stem(mine, "en"), forms, log(1 + len(texts) / count)))
        found = [
            Match(self._articles[i], rank)
            for i, t in texts.items()
            if (rank := sum(one.weight for one in sought if not t.isdisjoint(one.forms)))
        ]
        found.sort(key=lambda m: (-m.rank, m.article.id))
        return Matches(tuple(found[:limit]), tuple(sought), (), tuple(mended))


def _within(article: Article, limits: Limits) -> bool:
    at = article.dated()
    after = limits.since is None or at >= limits.since
    return after and (limits.until is None or at < limits.until)


def _mended(word: str, known: set[str]) -> str:
    if word in known or any(other.startswith(stem(word, "en")) for other in known):
        return word
    nearest = process.extractOne(
        word, known, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(word) <= 5 else 2
    )
    return nearest[0] if nearest else word
