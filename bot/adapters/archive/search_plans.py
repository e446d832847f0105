"""Plans what to ask of the full-text index for a search, so that no search reads too much."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.adapters.archive.search_terms import Term, tokens

MAX_BESIDE: Final = 8
"""Words beside a phrase in quotation marks; with more it is a text that quotes, not a search."""
MAX_RANKED: Final = 20_000
"""Texts that may be ranked for one question; 500,000 articles on two busy cores: 35 ms."""
MAX_READ: Final = 60_000
"""Texts whose numbers alone may be read for one question: 20 ms."""
WINDOWS: Final = (20_000, 100_000, 0)
"""Texts, the newest, among which frequent words are looked for, widened in turn; 0: all."""
PHRASE: Final = re.compile('["“”„«»]([^"“”„«»]{3,200})["“”„«»]')


class Asked(NamedTuple):
    """A question to the index, and the windows in which it is asked in turn.

    What is not `ranked` comes newest first: so many texts match that ranking them takes too long.
    """

    question: str
    ranked: bool = True
    windows: tuple[int, ...] = (0,)


def read_phrases(words: str) -> tuple[tuple[str, ...], str]:
    """Return the phrases in quotation marks, and the other words; of a long text words alone."""
    others = PHRASE.sub(" ", words)
    if len(tokens(others)) > MAX_BESIDE:
        return (), words
    found = (" ".join(tokens(match.group(1))) for match in PHRASE.finditer(words))
    return tuple(filter(None, found)), others


def plan(terms: Sequence[Term], phrases: Sequence[str], phrase_texts: int) -> list[Asked]:
    """Return what to ask in turn until there is enough.

    `phrase_texts` is how many texts have the rarest word of the phrases.
    """
    rare = sorted(terms, key=lambda t: (t.texts, t.stem))
    if phrases:
        return _with_phrases(rare, phrases, phrase_texts)
    if not rare:
        return []
    if rare[0].texts > MAX_RANKED:
        return [_newest(" AND ".join(t.asked for t in rare)), _newest(rare[0].asked)]
    kept = _affordable(rare, MAX_RANKED)
    either = _either(kept)
    beside = _affordable(rare[len(kept) :], MAX_READ)
    return [*([Asked(f"({either}) AND ({_either(beside)})")] if beside else []), Asked(either)]


def _with_phrases(rare: Sequence[Term], phrases: Sequence[str], phrase_texts: int) -> list[Asked]:
    must = " AND ".join(f'"{phrase}"' for phrase in phrases)
    is_frequent = phrase_texts > MAX_RANKED
    beside = _affordable(rare, MAX_READ)
    asked = []
    if beside:
        both = f"{must} AND ({_either(beside)})"
        asked.append(_newest(both) if is_frequent else Asked(both))
    return [*asked, _newest(must) if is_frequent else Asked(must)]


def _newest(question: str) -> Asked:
    return Asked(question, ranked=False, windows=WINDOWS)


def _either(terms: Sequence[Term]) -> str:
    return " OR ".join(term.asked for term in terms)


def _affordable(rare: Sequence[Term], texts: int) -> list[Term]:
    """Return the rarer terms, as many as stand in so many texts together."""
    kept: list[Term] = []
    for term in rare:
        texts -= term.texts
        if texts < 0:
            break
        kept.append(term)
    return kept
