"""Chooses the statements that a brief prints: who says what, each of them once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.news import Quote
from bot.text import fold, words
from bot.weights import WordWeights
from bot.writing.ranking import Vector, cosine, vector_of

NO_OUTLETS: Final[Mapping[str, str]] = {}
GOOD_LENGTH: Final = range(8, 61)
"""Words of a statement that says something and can be read at a glance."""
SECOND_VOICE: Final = 0.5
"""What each statement already chosen of the same speaker costs."""
SECOND_OUTLET: Final = 0.3
"""What each statement already chosen from the same outlet costs: the loudest is not heard alone."""
ON_RECORD: Final = 0.2
"""What it is worth that the speaker stands by it with a name."""
WITH_ROLE: Final = 0.1
"""What it is worth that the article says what the speaker is."""
SAME: Final = 0.9
"""Share of a statement's words that a longer one of the same voice has, for the two to be one."""
CERTAIN: Final = 1.0
"""What it is worth to know for certain who speaks."""
WHOLE: Final = 0.25
"""What it is worth that the statement is not woven into the article's own sentence."""


def choose_quotes(
    found: Iterable[Quote],
    centroid: Vector,
    weights: WordWeights,
    *,
    at_most: int,
    outlets: Mapping[str, str] = NO_OUTLETS,
) -> tuple[Quote, ...]:
    """Return the key statements in the order given; 0 for `at_most` means all of them.

    They are spread over voices and, by article id, over `outlets`. Of statements with the same
    words, or words that another one contains, only the longest is kept, and of equals the one whose
    speaker is certain, then the first. Statements much shorter or longer than a reader's glance are
    taken only where there are no others.
    """
    distinct = distinct_statements([q for q in found if q.use == "statement"])
    if not at_most:
        return distinct
    good = [q for q in distinct if _length(q) in GOOD_LENGTH] or list(distinct)
    scores = {id(quote): _score(quote, centroid, weights) for quote in good}
    voice = {id(quote): _voice(quote) for quote in good}
    chosen: list[Quote] = []
    voices: Counter[str] = Counter()
    heard: Counter[str] = Counter()

    def gain(quote: Quote) -> float:
        again = SECOND_OUTLET * heard[outlets.get(quote.article_id, quote.article_id)]
        return scores[id(quote)] - SECOND_VOICE * voices[voice[id(quote)]] - again

    while good and len(chosen) < at_most:
        best = max(good, key=gain)
        good.remove(best)
        chosen.append(best)
        voices[voice[id(best)]] += 1
        heard[outlets.get(best.article_id, best.article_id)] += 1
    kept = {id(quote) for quote in chosen}
    return tuple(quote for quote in distinct if id(quote) in kept)


def distinct_statements(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes without those whose words another one says too, in the order given."""
    said = [f" {' '.join(words(fold(_text(quote))))} " for quote in quotes]
    voices = [_voice(quote) for quote in quotes]

    def repeats(index: int, other: int) -> bool:
        if said[index] in said[other]:
            return True
        elsewhere = quotes[index].article_id != quotes[other].article_id
        same = elsewhere and voices[index] and voices[index] == voices[other]
        return bool(same) and _is_form_of(said[index], said[other])

    def by_fullness(index: int) -> tuple[int, bool, int]:
        return -len(said[index]), not quotes[index].attribution.certain, index

    kept: list[int] = []
    for index in sorted(range(len(quotes)), key=by_fullness):
        if not any(repeats(index, other) for other in kept):
            kept.append(index)
    return tuple(quotes[index] for index in sorted(kept))


def _is_form_of(said: str, longer: str) -> bool:
    """Tell whether nearly the same words are said in a longer form."""
    ours, theirs = Counter(said.split()), Counter(longer.split())
    return (ours & theirs).total() >= SAME * ours.total()


def _text(quote: Quote) -> str:
    return " ".join(piece.words for piece in quote.pieces)


def _length(quote: Quote) -> int:
    return len(words(_text(quote)))


def _voice(quote: Quote) -> str:
    """Return the last word of the speaker's name: "Mira Tolland" and "Tolland" are one voice."""
    return fold(words(quote.speaker.name.words or " ")[-1]) if quote.speaker else ""


def _score(quote: Quote, centroid: Vector, weights: WordWeights) -> float:
    certain = CERTAIN if quote.attribution.certain else 0.0
    whole = 0.0 if quote.kind == "partial" else WHOLE
    said = vector_of(weights.stems(words(_text(quote))), weights)
    named = ON_RECORD if quote.standing == "on record" else 0.0
    role = WITH_ROLE if quote.speaker and quote.speaker.role else 0.0
    return certain + whole + named + role + cosine(said, centroid)
