"""Finds words in the texts of a story: as they stand, typography aside, or as near as they come."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from bot.news import Revision, TextField
from bot.quotes.typography import HIDDEN, Plain, stands_alone
from bot.text import Bounds, fold, trim

WORD: Final = re.compile(
    rf"[^\W_](?:[^\W_{HIDDEN}]|[{HIDDEN}\u0300-\u036f]|['./&-](?=[^\W_])|(?<=\d),(?=\d))*"
)
NOT_SEEN: Final = re.compile(f"[{HIDDEN}]")
MAX_PLACES: Final = 64
"""Places of the same words that are looked at in one text, and in the index for one word."""
MAX_TRIES: Final = 4096
"""Places in one text that are looked at; most may cut a word in two ("he" in "the")."""
MIN_FRAGMENT: Final = 3
"""Words from which on a fragment found elsewhere is more than a turn of phrase."""
BUCKET: Final = 8
"""Words by which a place may shift where words were added or dropped."""
MAX_ALIGNED: Final = 120
"""Words up to which two stretches are aligned; the middle of longer ones is one change."""
ALIKE: Final = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏγορνικατυχεηζμβ" + "ı",
    "abekmhopctyxijsdqwhlyopvikatuxehzmb" + "i",
)
"""Cyrillic and Greek letters that look like Latin ones. Source: Unicode UTS 39, confusables."""


Block = tuple[int, int, int]
"""Words in common: the first one's number in the given words, that in the found ones, how many."""


class Word(NamedTuple):
    """A word of a plain text: its bounds there, and what it is compared by."""

    start: int
    end: int
    key: str


class Fragment(NamedTuple):
    """`size` words that stand together: from the word `given` on, and from the word `at` on."""

    given: int
    at: int
    size: int


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """Return what a word is compared by: no case, accents, look-alikes or hidden characters."""
    folded = fold(unicodedata.normalize("NFKC", NOT_SEEN.sub("", word)))
    return folded.translate(ALIKE)


def read_words(text: str) -> list[Word]:
    """Return the words of a plain text in order."""
    return [Word(*m.span(), key_of(m[0])) for m in WORD.finditer(text)]


class Text:
    """One field of one revision, ready to be searched."""

    def __init__(self, revision: Revision, field: TextField) -> None:
        self.revision = revision
        self.field: TextField = field
        self.source = revision.title if field == "title" else revision.body
        self.plain = Plain(self.source)
        self.words = read_words(self.plain.text)

    def bounds(self, start: int, end: int) -> Bounds:
        """Return where a stretch of the plain text stands in the source, no space at its ends."""
        return trim(self.source, *self.plain.source(start, end))

    def exactly(self, words: str) -> Iterator[Bounds]:
        """Return where the words stand in the source, character for character, uncut."""
        return _find(self.source, words)

    def plainly(self, words: str) -> Iterator[Bounds]:
        """Return where the plain words stand in the plain text, uncut."""
        return _find(self.plain.text, words)


class Index:
    """The texts of a story, made once and asked for many words.

    Built in time linear in the length of the texts; each question takes time linear in its words.
    The words of all texts are numbered through, each text followed by an empty one.
    """

    def __init__(self, revisions: Iterable[Revision]) -> None:
        fields: tuple[TextField, ...] = ("title", "body")
        self.texts = tuple(Text(r, f) for r in revisions for f in fields)
        self.keys: list[str] = []
        self._firsts: list[int] = []
        for text in self.texts:
            self._firsts.append(len(self.keys))
            self.keys.extend(word.key for word in text.words)
            self.keys.append("")

    @cached_property
    def _posts(self) -> dict[str, list[int]]:
        posts: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self.keys):
            posts[key].append(number)
        posts.pop("", None)
        return dict(posts)

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], list[int]]:
        pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, pair in enumerate(pairwise(self.keys)):
            pairs[pair].append(number)
        return dict(pairs)

    def text_at(self, number: int) -> tuple[Text, int]:
        """Return the text that holds the word of that number, and the word's number in it."""
        which = bisect_right(self._firsts, number) - 1
        return self.texts[which], number - self._firsts[which]

    def nearest(self, keys: list[str]) -> tuple[int, int] | None:
        """Return the stretch of words where most of the keys stand in about their order."""
        votes: Counter[int] = Counter()
        for number, key in enumerate(keys):
            posts = self._posts.get(key, ())
            if len(posts) <= MAX_PLACES:
                votes.update({(p - number) // BUCKET for p in posts})
        for number, pair in enumerate(pairwise(keys)):
            posts = self._pairs.get(pair, ())
            if len(posts) <= MAX_PLACES:
                votes.update({(p - number) // BUCKET for p in posts})
        if not votes:
            return None
        bucket = max(votes, key=lambda b: (votes[b] + max(votes[b - 1], votes[b + 1]), -b))
        slack = BUCKET + len(keys) // 4
        start = bucket * BUCKET - slack
        return self._within_text(start, start + BUCKET + len(keys) + 2 * slack)

    def _within_text(self, start: int, end: int) -> tuple[int, int]:
        """Keep a stretch inside the text that its middle stands in."""
        middle = min(max((start + end) // 2, 0), len(self.keys) - 1)
        which = bisect_right(self._firsts, middle) - 1
        first = self._firsts[which]
        last = first + len(self.texts[which].words)
        return max(start, first), min(max(end, first), last)

    def fragments(self, keys: list[str]) -> list[Fragment]:
        """Return the longest stretches that stand somewhere, from the first key to the last."""
        found: list[Fragment] = []
        at = 0
        while at < len(keys) - 1:
            best = Fragment(at, 0, 0)
            posts = self._pairs.get((keys[at], keys[at + 1]), ())
            for post in posts[:MAX_PLACES]:
                size = self._run(keys, at, post)
                if size > best.size:
                    best = Fragment(at, post, size)
            if best.size >= MIN_FRAGMENT:
                found.append(best)
            at += best.size if best.size >= MIN_FRAGMENT else 1
        return found

    def _run(self, keys: list[str], at: int, post: int) -> int:
        size = 0
        while at + size < len(keys) and keys[at + size] == self.keys[post + size]:
            size += 1
        return size


def align(given: list[str], found: list[str]) -> list[Block]:
    """Return what both have in order, as blocks.

    Two long stretches are aligned at their ends only, so that no input takes quadratic time.
    """
    head = _common(given, found)
    tail = _common(given[head:][::-1], found[head:][::-1])
    inner, other = given[head : len(given) - tail], found[head : len(found) - tail]
    blocks = [(0, 0, head)]
    if max(len(inner), len(other)) <= MAX_ALIGNED:
        matcher = SequenceMatcher(None, inner, other, autojunk=False)
        blocks += [(a + head, b + head, n) for a, b, n in matcher.get_matching_blocks()]
    blocks.append((len(given) - tail, len(found) - tail, tail))
    return [block for block in blocks if block[2]]


def _common(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _find(text: str, words: str) -> Iterator[Bounds]:
    at, left = text.find(words), MAX_PLACES
    for _ in range(MAX_TRIES):
        if at < 0 or not left:
            return
        if stands_alone(text, at, at + len(words)):
            yield at, at + len(words)
            left -= 1
        at = text.find(words, at + 1)
