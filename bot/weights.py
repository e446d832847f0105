"""How much a word says: rare words tell one story from another, common ones do not.

The table counts documents of a background collection, so that a weight depends neither on the
articles of the day nor on their order.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from bot.news import Value
from bot.text import fold, stem


class WordWeights(Value, frozen=True):
    """How much the word stems of one language say, and how much a stem says that is not listed."""

    language: str
    weights: Mapping[str, float]
    unlisted: float

    def weight(self, stemmed: str) -> float:
        """Return the weight of a stem: 0 for one that stands in every document, more if rarer."""
        return self.weights.get(stemmed, self.unlisted)

    def stems(self, found: Iterable[str]) -> list[str]:
        """Return the stems of the words, in order, possessive endings left out."""
        return [term(word, self.language) for word in found]

    def telling(self, stemmed: Iterable[str], *, least: float) -> dict[str, float]:
        """Return those stems that weigh at least so much, with their weights."""
        weights, unlisted = self.weights, self.unlisted
        return {s: w for s in stemmed if (w := weights.get(s, unlisted)) >= least}


@lru_cache(maxsize=65536)
def term(word: str, language: str) -> str:
    """Return the stem by which a word is counted: `the harbour's` and `harbours` count as one."""
    return stem(fold(word).removesuffix("'s"), language)


def read_weights(table: str, *, language: str) -> WordWeights:
    """Return the weights in a table of lines `stem TAB documents`, as `count_words.py` makes it.

    Lines that start with `#` are comments; the line `# documents: N` says how many were counted. A
    stem that is not listed weighs like one that stands in a single document.

    Source: inverse document frequency, w = ln(N / n) (Spärck Jones, 1972).

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
    weights = {stemmed: log(documents / count) for stemmed, count in counts.items()}
    return WordWeights(language, weights, unlisted=log(documents))
