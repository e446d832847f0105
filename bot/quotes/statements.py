"""Joins quotes of different articles that are the same words into one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bot.news import Difference, Quote, Statement, Version
from bot.quotes.differences import word_differences
from bot.quotes.lexicon import Lexicon
from bot.quotes.matching import Word, align, read_words
from bot.quotes.qualifiers import Qualifiers
from bot.quotes.same_speaker import is_same_speaker
from bot.quotes.typography import Plain

SHINGLE: Final = 3
"""Words in a row that two quotes must share to be compared at all."""
ALIKE: Final = 0.8
"""Share of the shorter quote's words that must stand in the longer one, in order."""
MIN_WORDS: Final = 4
"""Words below which quotes are never joined: anybody may say "we are ready"."""
MAX_SHARING: Final = 32
"""Quotes compared for one row of words; what more of them share is a turn of phrase."""


def join_statements(
    quotes: Iterable[Quote], lexicon: Lexicon, qualifiers: Qualifiers
) -> tuple[Statement, ...]:
    """Return the statements in the order of their first quotes, none left out and none twice.

    Quotes are joined with the longest one that has most of their words, in order, unless both
    articles name speakers and these differ. Where an outlet's words are others, also by a negation
    or a number, the version says so: that is drift, and the desk's to judge. Only what is used as a
    statement is joined.
    """
    forms = [_Form(quote) for quote in quotes if quote.use == "statement"]
    order = sorted(range(len(forms)), key=lambda i: -len(forms[i].words))
    heads: dict[int, list[Version]] = {}
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    first: dict[int, int] = {}
    for number in order:
        form = forms[number]
        head = _find_head(form, forms, rows, lexicon)
        if head is None:
            heads[number] = [Version(form.quote)]
            first[number] = number
            for row in form.rows:
                rows[row].append(number)
        else:
            heads[head].append(Version(form.quote, form.drift(forms[head], qualifiers)))
            first[head] = min(first[head], number)
    return tuple(Statement(tuple(heads[h])) for h in sorted(heads, key=lambda h: first[h]))


class _Form:
    """The words of one quote, its pieces joined."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.plain = Plain(" ".join(piece.words for piece in quote.pieces)).text
        self.words: list[Word] = read_words(self.plain)
        self.keys = [word.key for word in self.words]

    @property
    def rows(self) -> set[tuple[str, ...]]:
        """Every stretch of `SHINGLE` words."""
        keys = self.keys
        return {tuple(keys[i : i + SHINGLE]) for i in range(len(keys) - SHINGLE + 1)}

    def drift(self, longest: "_Form", qualifiers: Qualifiers) -> tuple[Difference, ...]:
        """Return how the words differ from the stretch of the longest form that they stand for."""
        blocks = align(self.keys, longest.keys)
        start, stop = blocks[0][1], blocks[-1][1] + blocks[-1][2]
        there = longest.words[start:stop]
        if self.keys == [word.key for word in there]:
            return ()
        shifted = [(a, b - start, size) for a, b, size in blocks]
        return tuple(
            difference
            for difference in word_differences(
                (self.plain, self.words), (longest.plain, there), shifted, qualifiers
            )
            if difference.kind not in ("punctuation", "case")
        )


def _find_head(
    form: _Form,
    forms: Sequence[_Form],
    rows: dict[tuple[str, ...], list[int]],
    lexicon: Lexicon,
) -> int | None:
    """Return the longest statement so far whose words these are."""
    if len(form.keys) < MIN_WORDS:
        return None
    sharing = {n for row in form.rows for n in rows.get(row, ())[:MAX_SHARING]}
    for number in sorted(sharing, key=lambda n: (-len(forms[n].keys), n)):
        other = forms[number]
        if other.quote.article_id == form.quote.article_id or _differ(form, other, lexicon):
            continue
        matched = sum(size for _, _, size in align(form.keys, other.keys))
        if matched >= ALIKE * len(form.keys):
            return number
    return None


def _differ(one: _Form, other: _Form, lexicon: Lexicon) -> bool:
    """Tell whether both articles name a speaker, and not the same one."""
    ours, theirs = one.quote.speaker, other.quote.speaker
    if ours is None or theirs is None:
        return False
    named = (ours.name.words, theirs), (theirs.name.words, ours)
    return not any(is_same_speaker(name, speaker, lexicon) for name, speaker in named)
