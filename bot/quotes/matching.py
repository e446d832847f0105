"""Finds words in the texts of a story: as they stand, typography aside, or as near as they come."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from bot.news import Revision, TextField
from bot.quotes.typography import HIDDEN, Plain, stands_alone
from bot.text import Bounds, fold, trim

WORD: Final = re.compile(
    rf"[^\W_](?:[^\W_{HIDDEN}]|[{HIDDEN}\u0300-\u036f]|['./&-](?=[^\W_])|(?<=\d),(?=\d))*"
)
NOT_SEEN: Final = re.compile(f"[{HIDDEN}]")
MAX_PLACES: Final = 64
"""Places of the same words, or of one word, that are looked at."""
MAX_TRIES: Final = 4096
"""Places that are looked at; most may cut a word in two ("he" in "the")."""
MIN_FRAGMENT: Final = 3
"""Words from which on a fragment found elsewhere is more than a turn of phrase."""
BUCKET: Final = 8
"""Words by which a place may shift where words were added or dropped."""
TRIED: Final = 8
"""Buckets with the most votes that are compared with their neighbours."""
CHUNK: Final = 60
"""Words that are aligned at a time."""
MAX_SLACK: Final = 32
"""Words more than a bucket by which the ends of the nearest stretch may lie elsewhere."""
SEPARATOR: Final = "\0"
"""Stands in no text that was cleaned for storing."""
ALIKE: Final = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏγορνικατυχεηζμβ" + "ı",
    "abekmhopctyxijsdqwhlyopvikatuxehzmb" + "i",
)
"""Cyrillic and Greek letters that look like Latin ones, in one size or the other.

Source: the common ones of Unicode UTS 39, confusables.txt.
"""


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


class Index:
    """The texts of a story, made once and asked for many words.

    Built in time linear in the length of the texts; each question takes time linear in its words.
    The words of all texts are numbered through, each text followed by an empty one.
    """

    def __init__(self, revisions: Iterable[Revision]) -> None:
        fields: tuple[TextField, ...] = ("title", "body")
        self.texts = tuple(Text(r, f) for r in revisions for f in fields)
        self._source = _Joined([text.source for text in self.texts])
        self._plain = _Joined([text.plain.text for text in self.texts])
        self.keys: list[str] = []
        self._firsts: list[int] = []
        for text in self.texts:
            self._firsts.append(len(self.keys))
            self.keys.extend(word.key for word in text.words)
            self.keys.append("")

    def exactly(self, words: str) -> Iterator[tuple[Text, Bounds]]:
        """Return where the words stand in the sources, character for character, uncut."""
        for which, bounds in self._source.find(words):
            yield self.texts[which], bounds

    def plainly(self, words: str) -> Iterator[tuple[Text, Bounds]]:
        """Return where plain words stand, typography aside, uncut; bounds are the source's."""
        for which, bounds in self._plain.find(words):
            yield self.texts[which], self.texts[which].bounds(*bounds)

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
        best = (b for b, _ in votes.most_common(TRIED))
        bucket = max(best, key=lambda b: (votes[b] + max(votes[b - 1], votes[b + 1]), votes[b], -b))
        slack = BUCKET + min(MAX_SLACK, len(keys) // 4)
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

    Goes from one block to the next within `CHUNK` words, so that no input takes quadratic time.
    """
    blocks: list[Block] = []
    at = other = 0
    while at < len(given) and other < len(found):
        part, there = given[at : at + CHUNK], found[other : other + 2 * CHUNK]
        matcher = SequenceMatcher(None, part, there, autojunk=False)
        here = [(at + a, other + b, n) for a, b, n in matcher.get_matching_blocks() if n]
        if at + CHUNK >= len(given):
            return blocks + here
        while here and here[-1][2] == 1:  # a lone word may stand anywhere
            here.pop()
        blocks += here
        at, other = (
            (here[-1][0] + here[-1][2], here[-1][1] + here[-1][2])
            if here
            else (
                at + CHUNK,
                other,
            )
        )
    return blocks


class _Joined:
    """Several texts as one, so that words are sought in all of them at once."""

    def __init__(self, texts: list[str]) -> None:
        self.text = SEPARATOR.join(texts)
        self.firsts = [0, *accumulate(len(text) + 1 for text in texts)][:-1]

    def find(self, words: str) -> Iterator[tuple[int, Bounds]]:
        """Return the number of the text and the bounds of every place that cuts no word."""
        at, left = self.text.find(words), MAX_PLACES
        for _ in range(MAX_TRIES):
            if at < 0 or not left or SEPARATOR in words:
                return
            if stands_alone(self.text, at, at + len(words)):
                which = bisect_right(self.firsts, at) - 1
                first = self.firsts[which]
                yield which, (at - first, at + len(words) - first)
                left -= 1
            at = self.text.find(words, at + 1)
