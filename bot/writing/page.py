"""Sets the sentences of a brief one after the other: nothing twice, no outlet too much."""

from collections import Counter
from collections.abc import Iterator

from bot.news import Insertion, Passage, Sentence, Taken, Written
from bot.text import fold, squeeze, words
from bot.weights import WordWeights
from bot.writing.ranking import MAX_LIKENESS, Vector, cosine, vector_of


class Page:
    """What is said and taken so far.

    Args:
        weights: of the words by which sentences are alike.
        max_words: may be taken over from one article, a headline counted.
    """

    def __init__(self, weights: WordWeights, max_words: int) -> None:
        self._weights = weights
        self._max_words = max_words
        self._taken: list[Passage] = []
        self._lent: Counter[str] = Counter()
        self._said: dict[str, Vector] = {}

    def refuses(self, sentence: Sentence) -> str:
        """Say why the sentence may not be set: a clause, or nothing if it may."""
        taken = list(_taken(sentence))
        text = _text(sentence)
        if any(_overlap(new, old) for new in taken for old in self._taken) or self._says(text):
            return "says again what stands there"
        more = self._lent + _lent(taken)
        if any(more[i] > self._max_words for i in _lent(taken)):
            return "would take too much from one outlet"
        return ""

    def set(self, sentence: Sentence) -> None:
        """Put the sentence on the page."""
        self.set_headline(sentence)
        text = _text(sentence)
        self._said[fold(text)] = self._vector(text)

    def set_headline(self, sentence: Sentence) -> None:
        """Count what a headline takes over; what it says may be said again below it."""
        taken = list(_taken(sentence))
        self._taken += taken
        self._lent += _lent(taken)

    def _says(self, text: str) -> bool:
        if fold(text) in self._said:
            return True
        vector = self._vector(text)
        return any(cosine(vector, said) >= MAX_LIKENESS for said in self._said.values())

    def _vector(self, text: str) -> Vector:
        return vector_of(self._weights.stems(words(text)), self._weights)


def _taken(sentence: Sentence) -> Iterator[Passage]:
    return (part.passage for part in sentence.parts if isinstance(part, Taken))


def _lent(taken: list[Passage]) -> Counter[str]:
    lent: Counter[str] = Counter()
    for passage in taken:
        lent[passage.span.article_id] += len(words(passage.words))
    return lent


def _overlap(some: Passage, other: Passage) -> bool:
    a, b = some.span, other.span
    same = (a.article_id, a.revision, a.field) == (b.article_id, b.revision, b.field)
    return same and a.start < b.end and b.start < a.end


def _text(sentence: Sentence) -> str:
    return squeeze(" ".join(_words(part) for part in sentence.parts))


def _words(part: Taken | Insertion | Written) -> str:
    return part.text if isinstance(part, Written) else part.passage.words
