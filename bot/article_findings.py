"""What is found in the text of an article, remembered by revision while the process runs."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, Generic, NamedTuple, TypeVar

from bot.news import Article, Quote, Referent, Revision, SecondHand, WrongReport
from bot.quantities.figure_words import FigureWords
from bot.quotes import Lexicon, find_heard, find_quotes, find_referents
from bot.quotes.corrected import corrected
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
    is ever outdated; what editors decided of quotes is applied to it. Whoever asks has the
    article's text in hand: nobody learns from here what may not be printed. Nothing is written to
    disk, and what was not asked for lately is forgotten.
    """

    def __init__(self, max_chars: int = MAX_CHARS) -> None:
        self._speech: _Latest[Speech] = _Latest(max_chars)
        self._figures: _Latest[Sequence[Stated]] = _Latest(max_chars)
        self._decided: dict[str, list[WrongReport]] = {}

    def learn(self, decided: Iterable[WrongReport]) -> None:
        """Find quotes from now on as editors decided of them, the oldest decision first."""
        by_article: dict[str, list[WrongReport]] = {}
        for report in decided:
            by_article.setdefault(report.quote[0].span.article_id, []).append(report)
        self._decided = by_article

    def quotes(self, revision: Revision, lexicon: Lexicon) -> Sequence[Quote]:
        """Return the quotes of any revision as editors decided of them; nothing is remembered."""
        found = find_quotes(revision, lexicon)
        return corrected(found, revision, self._decided.get(revision.article_id, ()))

    def speech(self, article: Article, lexicon: Lexicon) -> Speech:
        """Return quotes, second-hand reports and pronouns of the body."""
        revision = article.latest

        def find() -> Speech:
            heard = find_heard(revision, lexicon)
            return Speech(*heard, find_referents(revision, lexicon))

        found = self._speech.get(_key(article), lexicon, find, chars=len(revision.body))
        decided = self._decided.get(article.id)
        if not decided:
            return found
        return found._replace(quotes=corrected(found.quotes, revision, decided))

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
