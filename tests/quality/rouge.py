"""ROUGE-1, ROUGE-2 and ROUGE-L on stems, as F1 from 0 to 1 (Lin, 2004)."""

from collections import Counter
from collections.abc import Sequence

from bot.text import stem, words


def rouge(reference: str, summary: str) -> dict[str, float]:
    """Return the three scores of a summary; its length counts through precision."""
    some, other = ([stem(word) for word in words(text)] for text in (reference, summary))
    return {
        "rouge1": _shared(some, other, 1),
        "rouge2": _shared(some, other, 2),
        "rougeL": _f1(_longest_common(some, other), len(some), len(other)),
    }


def _shared(some: Sequence[str], other: Sequence[str], n: int) -> float:
    grams = [Counter(zip(*(stems[i:] for i in range(n)), strict=False)) for stems in (some, other)]
    return _f1((grams[0] & grams[1]).total(), grams[0].total(), grams[1].total())


def _f1(shared: int, reference: int, summary: int) -> float:
    return 2 * shared / max(1, reference + summary)


def _longest_common(some: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for one in some:
        before = 0
        for place, two in enumerate(other, start=1):
            here = row[place]
            row[place] = before + 1 if one == two else max(here, row[place - 1])
            before = here
    return row[-1]
