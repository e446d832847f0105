"""Finds the forms that a searched word has in the index, how many texts have them, and typos."""

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from math import log
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive.wordings import TOKEN
from bot.ports.searching import Sought
from bot.text import STEMMERS, fold, stem

MAX_TERMS: Final = 40
"""Words that are read of a search."""
MIN_STEM: Final = 3
"""Letters from which a stem may stand for its inflected forms."""
MAX_LISTED: Final = 200
"""Words that begin as a stem does; of one that more begin with, only the word itself counts."""
MAX_FORMS: Final = 12
"""Forms of one word that are asked for, the most frequent."""
MIN_MENDED: Final = 4
"""Letters from which a word may be taken for another."""
MAX_TYPO: Final = 2
"""Letters wrong in a word that is taken for another; of up to five letters one."""
SHORT: Final = 5
FREQUENT: Final = 500
"""Texts from which the count of a word is remembered: the rare are counted in no time."""
MAX_COUNTED: Final = 50_000
GROWN: Final = 1.05
"""What is remembered of the index is counted anew when the archive has grown by this."""

WITH_BEGINNING: Final = text(
    "SELECT term, doc FROM wording_terms WHERE term >= :low AND term < :high LIMIT :most"
)
LANGUAGES: Final = text("SELECT DISTINCT language FROM article WHERE language IS NOT NULL")
LAST: Final = "\U0010ffff"


class Term(NamedTuple):
    """One word of a search: its forms in the index, and how many texts have them, at most."""

    stem: str
    forms: tuple[str, ...]
    texts: int

    @property
    def asked(self) -> str:
        """What the index is asked for: any of the forms."""
        either = " OR ".join(f'"{form}"' for form in self.forms)
        return f"({either})" if len(self.forms) > 1 else either

    def sought(self, total: int) -> Sought:
        """Return the word as it is looked for in texts, weighed by how rare it is among `total`.

        Source: the weight of BM25 that is never negative, as Lucene has it.
        """
        others = max(total - self.texts, 0)
        return Sought(self.stem, self.forms, log(1 + (others + 0.5) / (self.texts + 0.5)))


def tokens(words: str) -> list[str]:
    """Return the words as the index has them."""
    return TOKEN.findall(fold(words))


class Vocabulary:
    """The words of an index, looked up as they are needed; the costly ones are remembered.

    Args:
        with_beginning: selects `term` and `doc` from `:low` on and before `:high`, `:most` of them.
    """

    def __init__(self, with_beginning: TextClause = WITH_BEGINNING) -> None:
        self._query = with_beginning
        self._terms: dict[tuple[str, tuple[str, ...]], Term] = {}
        self._languages: tuple[str, ...] | None = None
        self._by_letter: dict[str, dict[str, int]] = {}
        self._total = 0

    async def terms(
        self, connection: AsyncConnection, words: str, language: str = "", *, total: int
    ) -> tuple[list[Term], list[tuple[str, str]]]:
        """Return the words that some text has, and what was taken for a typing error of another.

        Words are stemmed in this language, or else in each that articles of the archive have.
        `total` is how many texts there are by now.
        """
        self._forget_outgrown(total)
        languages = (language,) if language else await self._all_languages(connection)
        terms: dict[str, Term] = {}
        mended: list[tuple[str, str]] = []
        for word in list(dict.fromkeys(tokens(words)))[:MAX_TERMS]:
            term = await self._term(connection, word, languages)
            if not term.texts and (other := await self._nearest(connection, word)):
                mended.append((word, other))
                term = await self._term(connection, other, languages)
            if term.texts:
                terms.setdefault(term.stem, term)
        return list(terms.values()), mended

    async def rarest(self, connection: AsyncConnection, words: Iterable[str]) -> int:
        """Return how many texts have the rarest of the words, as they stand."""
        counts = [sum((await self._with(connection, w, w + "\0", 1)).values()) for w in words]
        return min(counts, default=0)

    async def _all_languages(self, connection: AsyncConnection) -> tuple[str, ...]:
        """Return the languages of the articles, without their regions; English comes first."""
        if self._languages is None:
            found = {tag.partition("-")[0].lower() for tag in await connection.scalars(LANGUAGES)}
            self._languages = tuple(sorted(found & STEMMERS.keys() | {"en"}, key=_english_first))
        return self._languages

    def _forget_outgrown(self, total: int) -> None:
        if total > self._total * GROWN or len(self._terms) > MAX_COUNTED:
            self._terms.clear()
            self._by_letter.clear()
            self._languages = None
            self._total = total

    async def _term(
        self, connection: AsyncConnection, word: str, languages: tuple[str, ...]
    ) -> Term:
        known = self._terms.get((word, languages))
        if known is None:
            known = await self._count(connection, word, languages)
            if known.texts >= FREQUENT:
                self._terms[word, languages] = known
        return known

    async def _count(
        self, connection: AsyncConnection, word: str, languages: tuple[str, ...]
    ) -> Term:
        """Return the word with all words of its stem in any language, or as it is with none."""
        forms: dict[str, int] = {}
        stems: list[str] = []
        for language in languages:
            if own := await self._forms(connection, word, language):
                forms |= own
                stems.append(stem(word, language))
        if forms:
            most = sorted(forms, key=lambda form: (-forms[form], form))[:MAX_FORMS]
            return Term(stems[0], tuple(most), sum(forms.values()))
        docs = await self._with(connection, word, word + "\0", 1)
        return Term(word, (word,), docs.get(word, 0))

    async def _forms(self, connection: AsyncConnection, word: str, language: str) -> dict[str, int]:
        """Return the words of its stem; none where that is too short, or too many begin with it."""
        stemmed = stem(word, language)
        beginning = _common(word, stemmed)
        if len(beginning) < MIN_STEM or not word.isalpha():
            return {}
        docs = await self._with(connection, beginning, beginning + LAST, MAX_LISTED)
        if len(docs) >= MAX_LISTED:
            return {}
        return {form: n for form, n in docs.items() if stem(form, language) == stemmed}

    async def _with(
        self, connection: AsyncConnection, low: str, high: str, most: int
    ) -> dict[str, int]:
        asked = {"low": low, "high": high, "most": most}
        return {row.term: row.doc for row in await connection.execute(self._query, asked)}

    async def _nearest(self, connection: AsyncConnection, word: str) -> str | None:
        """Return the most frequent of the nearest words with the same first letter."""
        if len(word) < MIN_MENDED or not word.isalpha():
            return None
        first = word[0]
        if first not in self._by_letter:
            self._by_letter[first] = await self._with(connection, first, first + LAST, -1)
        return nearest(word, self._by_letter[first])


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """Return the nearest of the known words, of several the most frequent, if any is near."""
    most = 1 if len(word) <= SHORT else MAX_TYPO
    near = process.extract(
        word, known.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=20
    )
    return min(near, key=lambda n: (n[1], -known[n[0]], n[0]))[0] if near else None


def _english_first(language: str) -> tuple[bool, str]:
    return language != "en", language


def _common(word: str, stemmed: str) -> str:
    """Return with what all forms of a word begin: "studies" and "study" are both "studi".

    A stem may end in a letter that not all forms have: of "closing" it is "close".
    """
    same = takewhile(lambda pair: pair[0] == pair[1], zip(word, stemmed, strict=False))
    return re.sub(r"i$", "", "".join(letter for letter, _ in same))
