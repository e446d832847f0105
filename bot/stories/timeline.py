"""Tells a story in order of time: who was first, what each report added, what was corrected."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal

from bot.news import Article, Passage, Revision
from bot.paragraphs import story_paragraphs
from bot.text import WORD, Bounds, fold, sentences, squeeze, words
from bot.weights import WordWeights

TOLD_ALREADY: Final = 0.7
"""Share of a sentence's weight that an earlier one must have for it to say nothing new."""
REWORDED: Final = 0.5
"""The same between a sentence that went and one that came, for the one to be the other mended."""
MIN_WORDS: Final = 4
"""Words below which a line is a label and no news."""

ChangeKind = Literal["corrected", "removed"]


@dataclass(frozen=True)
class Development:
    """What one revision of an article told first: sentences in the order of its text."""

    at: datetime
    article_id: str
    outlet: str
    sentences: tuple[Passage, ...]


@dataclass(frozen=True)
class Change:
    """A sentence that a later revision reworded or took out; `after` is `None` if it went."""

    kind: ChangeKind
    at: datetime
    outlet: str
    before: Passage
    after: Passage | None = None


@dataclass(frozen=True)
class Timeline:
    """A story as it came: when first seen, who reported it first, what was new, what changed.

    `withdrawn` are the articles that their outlets have withdrawn, of which nothing is told.
    """

    first_seen: datetime
    first_reported_by: str
    developments: tuple[Development, ...]
    changes: tuple[Change, ...]
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Said:
    passage: Passage
    stems: Mapping[str, float]
    numbers: frozenset[str]
    folded: str


@dataclass(frozen=True)
class _Reader:
    """Reads sentences with the weights of their words and the words that say numbers."""

    weights: WordWeights
    counting: frozenset[str]

    def read(self, passage: Passage) -> _Said:
        found = words(passage.words)
        numbers = frozenset(w for w in found if w[0].isdecimal() or w.lower() in self.counting)
        telling = self.weights.telling(self.weights.stems(found), least=1.0)
        return _Said(passage, telling, numbers, fold(squeeze(passage.words)))


def tell_timeline(
    articles: Iterable[Article],
    weights: WordWeights,
    *,
    now: datetime,
    counting: frozenset[str] = frozenset(),
) -> Timeline:
    """Return how the story came to be told, as far as it had been seen at `now`.

    A sentence is new once: in the revision that was seen first; among those seen together, in the
    article that is dated first.
    It is not new where an earlier sentence says the same words, or most of them with all its
    numbers; `counting` are words that say one. Of articles that are held nothing is told. The order
    of the articles makes no difference.

    Raises:
        ValueError: nothing had been seen at `now`.
    """
    known = sorted(articles, key=lambda article: article.id)
    open_ones = [article for article in known if not article.is_held(now)]
    seen = sorted(_seen(open_ones, now), key=_place)
    if not seen:
        raise ValueError("Nothing of the story had been seen by then.")
    first = min((article for article, _ in seen), key=lambda a: (a.dated(), a.id))
    reader = _Reader(weights, counting)
    memory = _Memory(reader)
    developments = [memory.take(article, revision) for article, revision in seen]
    return Timeline(
        seen[0][1].seen_at,
        first.outlet,
        tuple(d for d in developments if d.sentences),
        tuple(_changes(open_ones, reader, now)),
        tuple(article.id for article in known if article.withdrawn),
    )


def news_beside(
    articles: Iterable[Article],
    told: Mapping[str, datetime],
    weights: WordWeights,
    *,
    now: datetime,
    counting: frozenset[str] = frozenset(),
) -> tuple[Passage, ...]:
    """Return the sentences that were not told yet, in order of time; each once.

    `told` says by the ids of articles when they were told of: all that had been seen of them by
    then is known, and so is what says the same elsewhere. Of an article that is not named there
    everything is new, however long ago it was seen: it may have been held, or another story's.
    What counts as the same is as in `tell_timeline`.
    """
    open_ones = [article for article in articles if not article.is_held(now)]
    seen = sorted(_seen(open_ones, now), key=_place)
    memory = _Memory(_Reader(weights, counting))
    fresh = []
    for article, revision in seen:
        if article.id in told and revision.seen_at <= told[article.id]:
            memory.take(article, revision)
        else:
            fresh.append((article, revision))
    return tuple(s for a, r in fresh for s in memory.take(a, r).sentences)


def new_since(timeline: Timeline, since: datetime) -> tuple[Passage, ...]:
    """Return the sentences first seen after a moment, in order of time."""
    return tuple(s for d in timeline.developments if d.at > since for s in d.sentences)


def _place(seen: tuple[Article, Revision]) -> tuple[datetime, datetime, str, int]:
    article, revision = seen
    return revision.seen_at, article.dated(), article.id, revision.number


def _seen(articles: Iterable[Article], now: datetime) -> Iterator[tuple[Article, Revision]]:
    for article in articles:
        for revision in article.revisions:
            if revision.seen_at <= now:
                yield article, revision


class _Memory:
    """The sentences of a story so far, by their stems."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.exact: set[str] = set()
        self.by_stem: defaultdict[str, list[_Said]] = defaultdict(list)

    def take(self, article: Article, revision: Revision) -> Development:
        """Return what the revision tells first, and remember all that it tells.

        Its sentences are remembered one by one, so that what it says twice is new once.
        """
        fresh = []
        for passage in _sentences(revision):
            said = self.reader.read(passage)
            if self._is_new(said):
                fresh.append(passage)
            self._remember(said)
        return Development(revision.seen_at, article.id, article.outlet, tuple(fresh))

    def _is_new(self, said: _Said) -> bool:
        if said.folded in self.exact:
            return False
        total = sum(said.stems.values())
        near = {id(o): o for stem in self._rarest(said, total) for o in self.by_stem[stem]}
        return not any(
            said.numbers <= other.numbers and _shared(said, other) >= TOLD_ALREADY * total
            for other in near.values()
        )

    def _rarest(self, said: _Said, total: float) -> Iterator[str]:
        """Return stems of which an earlier sentence that says the same must have at least one.

        Without any of them it would lack more weight than it may. Source: prefix filtering
        (Chaudhuri et al., 2006).
        """
        lacking = 0.0
        for stem in sorted(said.stems, key=lambda stem: (len(self.by_stem[stem]), stem)):
            yield stem
            lacking += said.stems[stem]
            if lacking > (1 - TOLD_ALREADY) * total:
                return

    def _remember(self, said: _Said) -> None:
        self.exact.add(said.folded)
        for stem in said.stems:
            self.by_stem[stem].append(said)


def _shared(some: _Said, other: _Said) -> float:
    return sum(weight for stem, weight in some.stems.items() if stem in other.stems)


def _sentences(revision: Revision) -> Iterator[Passage]:
    if revision.title.strip():
        yield revision.whole_title()
    for start, end in _bounds(revision.body):
        if len(WORD.findall(revision.body, start, end)) >= MIN_WORDS:
            yield revision.passage("body", start, end)


def _bounds(body: str) -> Iterator[Bounds]:
    for paragraph in story_paragraphs(body):
        yield from sentences(body, paragraph.start, paragraph.end)


def _changes(articles: Sequence[Article], reader: _Reader, now: datetime) -> Iterator[Change]:
    for article in articles:
        seen = [r for r in article.revisions if r.seen_at <= now]
        for older, newer in pairwise(seen):
            yield from _changed(article, older, newer, reader)


def _changed(
    article: Article, older: Revision, newer: Revision, reader: _Reader
) -> Iterator[Change]:
    before = [reader.read(passage) for passage in _sentences(older)]
    after = [reader.read(passage) for passage in _sentences(newer)]
    kept = {said.folded for said in before} & {said.folded for said in after}
    came = [said for said in after if said.folded not in kept]
    for said in before:
        if said.folded in kept:
            continue
        mended = max(came, key=lambda other: _shared(said, other), default=None)
        total = sum(said.stems.values())
        if mended is not None and total and _shared(said, mended) >= REWORDED * total:
            came.remove(mended)
            yield Change("corrected", newer.seen_at, article.outlet, said.passage, mended.passage)
        else:
            yield Change("removed", newer.seen_at, article.outlet, said.passage)
