"""What is found in the text of an article, remembered by revision while the process runs."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, Generic, NamedTuple, TypeVar

from bot.news import Article, Quote, Referent, SecondHand
from bot.quantities.figure_words import FigureWords
from bot.quotes import Lexicon, find_heard, find_referents
from bot.stories.figures import Stated, find_figures

MAX_CHARS: Final = 1_500_000
"""Characters of texts whose findings are remembered, those last asked for: 300 articles of 5,000.

Findings of 285 shared articles took 7 bytes a character, 36 kB an article: 11 MB in all.
"""

Found = TypeVar("Found")


class Speech(NamedTuple):
    """Who says what in an article, and whom its pronouns mean."""

    quotes: Sequence[Quote]
    second_hand: Sequence[SecondHand]
    referents: Sequence[Referent]


class ArticleFindings:
    """Finds what the latest revision of an article says; asked again, it looks it up.

    What is found depends on the revision's text and on the words of the language alone, so nothing
    is ever outdated. Whoever asks has the article's text in hand: nobody learns from here what may
    not be printed. Nothing is written to disk, and what was not asked for lately is forgotten.
    """

    def __init__(self, max_chars: int = MAX_CHARS) -> None:
        self._speech: _Latest[Speech] = _Latest(max_chars)
        self._figures: _Latest[Sequence[Stated]] = _Latest(max_chars)

    def speech(self, article: Article, lexicon: Lexicon) -> Speech:
        """Return quotes, second-hand reports and pronouns of the body."""
        revision = article.latest

        def find() -> Speech:
            heard = find_heard(revision, lexicon)
            return Speech(*heard, find_referents(revision, lexicon))

        return self._speech.get(_key(article), lexicon, find, chars=len(revision.body))

    def figures(self, article: Article, words: FigureWords) -> Sequence[Stated]:
        """Return the figures of title and body."""
        # the language and the year of its date say how the article is read
        key = (*_key(article), article.language, article.dated().year)
        chars = len(article.latest.body)
        return self._figures.get(key, words, lambda: find_figures(article, words), chars=chars)


def _key(article: Article) -> tuple[object, ...]:
    revision = article.latest
    hashes = revision.title_sha256, revision.body_sha256
    # what was found before words were stopped in it is not found again
    return (article.id, revision.number, *hashes, revision.redacted)


@dataclass(frozen=True)
class _Entry(Generic[Found]):
    found: Found
    words: object
    chars: int


class _Latest(Generic[Found]):
    """Remembers what was asked for last. Several threads may ask."""

    def __init__(self, max_chars: int) -> None:
        self._free = max_chars
        self._entries: OrderedDict[Hashable, _Entry[Found]] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Hashable, words: object, find: Callable[[], Found], *, chars: int) -> Found:
        """Return what is known under the key if it was found with these words, or find it."""
        with self._turn:
            known = self._entries.get(key)
            if known and known.words is words:
                self._entries.move_to_end(key)
                return known.found
        found = find()  # nobody waits for another's article
        with self._turn:
            self._forget(self._entries.pop(key, None))
            self._entries[key] = _Entry(found, words, chars)
            self._free -= chars
            while self._free < 0:
                self._forget(self._entries.popitem(last=False)[1])
        return found

    def _forget(self, entry: _Entry[Found] | None) -> None:
        self._free += entry.chars if entry else 0
