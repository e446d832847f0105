"""Says how two revisions of an article differ: what was added, which figure and quote is another.

Sentences are compared first, then the words of those that are alike. What was only set in another
way, or stands around the story, is cosmetic.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import Final

from bot.news import Change, Comparison, Passage, Quote, Revision, Span, TextField
from bot.paragraphs import read_paragraphs
from bot.sources.changed_quotes import quote_changes
from bot.sources.notices import Notices
from bot.sources.wording import (
    Sentence,
    Word,
    body_sentences,
    keys_of,
    likeness,
    title_sentences,
)

MIN_LIKENESS: Final = 0.5
"""Two sentences that share fewer of their words are not one sentence reworded."""
WINDOW: Final = 20
"""How far apart, in changed sentences, two are still looked at as one."""
MAX_WORDS: Final = 400
"""Words that changed in one sentence above which they are not compared one by one."""
MIN_MOVED_WORDS: Final = 4
"""Shorter sentences ("She paused.") may stand in a text twice."""

Pair = tuple[Sentence, Sentence]


def compare(
    before: Revision,
    after: Revision,
    quotes: tuple[Sequence[Quote], Sequence[Quote]],
    notices: Notices,
    *,
    language: str = "en",
) -> Comparison:
    """Return the differences of two revisions of one article; `quotes` are those of each.

    Several may be found in one step. What is said of a quote is not said again as a rewording of
    its sentence; its figures are. Takes time linear in the texts but for stretches that changed.
    """
    if (before.title, before.body) == (after.title, after.body):
        return Comparison(before, after, ())
    told = quote_changes(*quotes, before, after)
    texts = _Texts(before, after, told, notices.numbers)
    told_in_title = notices.notice(after.title) or notices.notice(before.title)
    titles = [] if told_in_title else [title_sentences(before), title_sentences(after)]
    changes = [
        *_notices(before, after, notices),
        *told,
        *(texts.changes(*titles) if titles else ()),
        *texts.changes(
            body_sentences(before, notices, language), body_sentences(after, notices, language)
        ),
    ]
    return Comparison(before, after, tuple(changes) or (Change("cosmetic"),))


def _notices(before: Revision, after: Revision, notices: Notices) -> Iterator[Change]:
    """Return the notices of the later revision that the earlier one has not."""
    known = {keys_of(before.body[p.start : p.end]) for p in read_paragraphs(before.body)}
    for start, end, _ in read_paragraphs(after.body):
        kind = notices.notice(after.body[start:end])
        if kind and keys_of(after.body[start:end]) not in known:
            yield Change(kind, None, after.passage("body", start, end))
    kind = notices.notice(after.title)
    if kind and keys_of(before.title) != keys_of(after.title):
        yield Change(kind, None, after.whole_title())


class _Texts:
    """The two revisions, and where in them quotes are accounted for."""

    def __init__(
        self, before: Revision, after: Revision, told: Sequence[Change], numbers: frozenset[str]
    ) -> None:
        self.before, self.after, self.numbers = before, after, numbers
        self.old_quotes = [c.before.span for c in told if c.before]
        self.new_quotes = [c.after.span for c in told if c.after]

    def changes(self, old: list[Sentence], new: list[Sentence]) -> Iterator[Change]:
        """Return the changes from the old sentences to the new ones."""
        matcher = SequenceMatcher(
            None, [s.keys for s in old], [s.keys for s in new], autojunk=False
        )
        blocks = [b for b in matcher.get_opcodes() if b[0] != "equal"]
        gone = [s for _, i1, i2, _, _ in blocks for s in old[i1:i2]]
        come = [s for _, _, _, j1, j2 in blocks for s in new[j1:j2]]
        moved = _moved(gone, come)
        for one, other in moved:
            old_place = self._old(*one.bounds, one.field)
            yield Change("moved", old_place, self._new(*other.bounds, other.field))
        gone, come = _without(gone, come, moved)
        pairs = _pairs(gone, come)
        for one, other in pairs:
            yield from self._reworded(one, other)
        gone, come = _without(gone, come, pairs)
        yield from self._removed(gone)
        yield from self._added(come)

    def _removed(self, gone: list[Sentence]) -> Iterator[Change]:
        kept = [s for s in gone if not _overlaps(s, self.old_quotes)]
        for start, end, field in _stretches(kept):
            yield Change("removed", self._old(start, end, field))

    def _added(self, come: list[Sentence]) -> Iterator[Change]:
        kept = [s for s in come if not _overlaps(s, self.new_quotes)]
        for start, end, field in _stretches(kept):
            yield Change("added", None, self._new(start, end, field))

    def _reworded(self, one: Sentence, other: Sentence) -> Iterator[Change]:
        """Return the changes inside a sentence: its figures, and what else is another."""
        gaps = list(_gaps(one.words, other.words))
        for ours, theirs in gaps:
            for old, new in self._figures(ours, theirs):
                yield Change(
                    "changed figure",
                    self._old(old.start, old.end, one.field),
                    self._new(new.start, new.end, other.field),
                )
        if _overlaps(one, self.old_quotes) or _overlaps(other, self.new_quotes):
            return
        rest = [(o, t) for o, t in gaps if not self._only_figures(o, t)]
        if rest:
            yield self._wording(one, other, rest)

    def _wording(
        self,
        one: Sentence,
        other: Sentence,
        gaps: list[tuple[tuple[Word, ...], tuple[Word, ...]]],
    ) -> Change:
        old = [word for ours, _ in gaps for word in ours]
        new = [word for _, theirs in gaps for word in theirs]
        if not old:
            return Change("added", None, self._new(new[0].start, new[-1].end, other.field))
        if not new:
            return Change("removed", self._old(old[0].start, old[-1].end, one.field))
        return Change(
            "reworded",
            self._old(old[0].start, old[-1].end, one.field),
            self._new(new[0].start, new[-1].end, other.field),
        )

    def _figures(self, ours: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[Word, Word]]:
        """Return the figures of a gap that took each other's place."""
        pairs = zip(filter(self._counts, ours), filter(self._counts, theirs), strict=False)
        return [(old, new) for old, new in pairs if old.key != new.key]

    def _only_figures(self, ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
        counted = [len(list(filter(self._counts, words))) for words in (ours, theirs)]
        rest = [[w.key for w in words if not self._counts(w)] for words in (ours, theirs)]
        return counted[0] == counted[1] and rest[0] == rest[1]

    def _counts(self, word: Word) -> bool:
        return word.is_figure or word.key in self.numbers

    def _old(self, start: int, end: int, field: TextField) -> Passage:
        return self.before.passage(field, start, end)

    def _new(self, start: int, end: int, field: TextField) -> Passage:
        return self.after.passage(field, start, end)


def _moved(gone: list[Sentence], come: list[Sentence]) -> list[Pair]:
    """Return the sentences that stand elsewhere now, each with where."""
    places: dict[tuple[str, ...], list[Sentence]] = {}
    for sentence in come:
        places.setdefault(sentence.keys, []).append(sentence)
    return [
        (sentence, places[sentence.keys].pop(0))
        for sentence in gone
        if len(sentence.keys) >= MIN_MOVED_WORDS and places.get(sentence.keys)
    ]


def _without(
    gone: list[Sentence], come: list[Sentence], pairs: list[Pair]
) -> tuple[list[Sentence], list[Sentence]]:
    """Return the sentences that are in no pair."""
    old, new = {one for one, _ in pairs}, {other for _, other in pairs}
    return [s for s in gone if s not in old], [s for s in come if s not in new]


def _pairs(gone: list[Sentence], come: list[Sentence]) -> list[Pair]:
    """Return the sentences that are alike, the most alike first, each once."""
    likes = []
    for at, sentence in enumerate(gone):
        for n in range(max(at - WINDOW, 0), min(at + WINDOW + 1, len(come))):
            like = likeness(sentence.keys, come[n].keys)
            if like >= MIN_LIKENESS:
                likes.append((-like, abs(n - at), at, n))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, at, n in sorted(likes):
        if at not in pairs and n not in taken:
            pairs[at] = n
            taken.add(n)
    return [(gone[at], come[n]) for at, n in sorted(pairs.items())]


def _gaps(
    one: tuple[Word, ...], other: tuple[Word, ...]
) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """Return what differs between two runs of words; of very long ones all between their ends."""
    keys = [word.key for word in one], [word.key for word in other]
    head = _shared(*keys)
    tail = _shared(keys[0][head:][::-1], keys[1][head:][::-1])
    ours, theirs = one[head : len(one) - tail], other[head : len(other) - tail]
    if max(len(ours), len(theirs)) > MAX_WORDS:
        yield ours, theirs
        return
    matcher = SequenceMatcher(None, [w.key for w in ours], [w.key for w in theirs], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            yield ours[i1:i2], theirs[j1:j2]


def _shared(one: list[str], other: list[str]) -> int:
    """Return how many words both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _overlaps(sentence: Sentence, spans: Sequence[Span]) -> bool:
    start, end = sentence.bounds
    return any(
        span.field == sentence.field and span.start < end and start < span.end for span in spans
    )


def _stretches(sentences: list[Sentence]) -> Iterator[tuple[int, int, TextField]]:
    """Return where sentences of one paragraph that follow each other begin and end together."""
    for (field, _), group in groupby(sentences, key=lambda s: (s.field, s.paragraph)):
        members = list(group)
        yield members[0].bounds[0], members[-1].bounds[1], field
