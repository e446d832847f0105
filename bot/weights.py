"""How much a word says: rare words tell one story from another, common ones do not.

The table counts documents of a background collection, so that a weight depends neither on the
articles of the day nor on their order.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log

from bot.news import Value
from bot.text import WORD, fold, stem


class WordWeights(Value, frozen=True):
    """Document frequencies of word stems in a background collection of one language.

    `counts` holds, for each stem, in how many of `documents` it occurs. `unseen` is the count that
    stands in for a stem that is not listed; it may lie below 1.
    """

    language: str
    documents: int
    counts: Mapping[str, int]
    unseen: float = 1.0

    def weight(self, stemmed: str) -> float:
        """Return the weight of a stem: 0 for one that stands in every document, more if rarer.

        Source: inverse document frequency, w = ln(N / n), never below zero (Spärck Jones, 1972).
        """
        return max(0.0, log(self.documents / self.counts.get(stemmed, self.unseen)))

    def stems(self, text: str) -> Iterator[str]:
        """Return the stems of the words of the text, in order, possessive endings left out."""
        for match in WORD.finditer(text):
            yield term(match.group(), self.language)


@lru_cache(maxsize=65536)
def term(word: str, language: str) -> str:
    """Return the stem by which a word is counted: `the harbour's` and `harbours` count as one."""
    return stem(fold(word).removesuffix("'s"), language)


def read_weights(table: str, *, language: str) -> WordWeights:
    """Return the weights in a table of lines `stem TAB count`.

    Lines that start with `#` are comments; the line `# documents: N` says how many were counted.

    Raises:
        ValueError: the table does not say how many documents were counted, or a line is malformed.
    """
    documents, counts = 0, {}
    for line in table.splitlines():
        if line.startswith("#"):
            if value := line.partition("documents:")[2]:
                documents = int(value)
        elif line:
            stemmed, _, count = line.partition("\t")
            counts[stemmed] = int(count)
    if not documents:
        raise ValueError("The table of word weights does not say how many documents were counted.")
    return WordWeights(language, documents, counts)
