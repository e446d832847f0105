"""Finds the stories that share words with an article, without looking at all the others."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from bot.stories.live import heaviest

INDEXED_TERMS: Final = 40
"""Terms of an article under which its story is found: its heaviest. Reports of one event share some
of them; leaving out the rest halves the memory and changes no score."""

MAX_CANDIDATES: Final = 30
LEAST_SHARED: Final = 0.15
"""Share of what the nearest story has in common with the terms; one with less is not looked at."""

MAX_LOOKED_AT: Final = 1000
"""Entries that one search looks at, the rarest words first, so that its cost has an end however
many stories there are. A story counts once for a word, whatever the number of its articles."""


class TermIndex:
    """From each term to the stories that have it among their heaviest."""

    def __init__(self) -> None:
        self._stories: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, story_id: str, terms: Mapping[str, float]) -> None:
        """Let the story be found under the heaviest of the terms."""
        for term in heaviest(terms, INDEXED_TERMS):
            self._stories[term][story_id] = None

    def remove(self, story_id: str, terms: Mapping[str, float]) -> None:
        """Let the story no longer be found under what `add` was given."""
        for term in heaviest(terms, INDEXED_TERMS):
            stories = self._stories.get(term)
            if stories is not None:
                stories.pop(story_id, None)
                if not stories:
                    del self._stories[term]

    def search(self, terms: Mapping[str, float], *, without: str = "") -> list[str]:
        """Return the ids of stories that share the most of the terms, the nearest first."""
        found = [(len(s), term, s) for term in terms if (s := self._stories.get(term))]
        found.sort()  # no two have the same term
        scores: defaultdict[str, float] = defaultdict(float)
        looked_at = 0
        for size, term, stories in found:
            looked_at += size
            if looked_at > MAX_LOOKED_AT and scores:
                break
            weight = terms[term] * terms[term]
            for story_id in stories:
                scores[story_id] += weight
        scores.pop(without, None)
        least = LEAST_SHARED * max(scores.values(), default=0.0)
        near = [story_id for story_id, score in scores.items() if score >= least]
        return sorted(near, key=scores.__getitem__, reverse=True)[:MAX_CANDIDATES]
