"""Checks that what a source gives as somebody's claim stays somebody's claim."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from bot.writing.checks.content import is_supported
from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

MOSTLY: Final = 0.6
"""Share of the sentence's telling words, by weight, that make it the source's claim."""
ALIKE: Final = 0.05
SUBJECT: Final = 10
"""Words between a comma and the verb behind it: who says so."""
MARKS: Final = frozenset(',“”"()—–')
REST: Final = 4
"""Telling words behind a verb of saying that ends its sentence."""
OPENING: Final = 2


def find_unattributed(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return a fault if the sentence states as a fact what all its sources give as a claim."""
    if not written.content:
        return
    covers = [(cover(written, source), source) for source in sources.sentences]
    best = max(share for share, _ in covers)
    alike = [source for share, source in covers if share >= best - ALIKE]
    cues = [_lost_cue(written, source) for source in alike]
    if best >= MOSTLY and all(cue >= 0 for cue in cues):
        said = alike[0].tokens[cues[0]].text
        yield Fault("attribution", written.text, f"the source gives it as a claim: “{said}”")


def find_factive(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return a word that makes a fact of what the sources only give as said ("admitted")."""
    for at, word in enumerate(written.words):
        if word not in written.vocabulary.factive or written.stems[at] in sources.known:
            continue
        if any(claims(source) for source in sources.sentences):
            reason = "the source only says that it was said"
            yield Fault("attribution", written.tokens[at].text, reason)


def find_speakers(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return people and bodies without a name that say something, and that no source has."""
    words = written.vocabulary
    for at, word in enumerate(written.words):
        if word not in words.subjects or is_supported(written, at, sources):
            continue
        beside = written.words[max(0, at - 1) : at] + written.words[at + 1 : at + 2]
        if not words.attributing.isdisjoint(beside):
            yield Fault(
                "attribution", written.tokens[at].text, "no cited sentence has this speaker"
            )


def cover(written: Reading, source: Reading) -> float:
    """Return the share of the sentence's telling words, by weight, that the source has."""
    weight = written.vocabulary.weights.weight
    stems = {written.stems[at] for at in written.content}
    total = sum(weight(stem) for stem in stems)
    return sum(weight(stem) for stem in stems if stem in source.places) / total if total else 0.0


def _lost_cue(written: Reading, source: Reading) -> int:
    """Return the cue of the claim that most of the sentence is, -1 if it kept one like it."""
    weight = written.vocabulary.weights.weight
    stems = {written.stems[at] for at in written.content} & source.places.keys()
    total = sum(weight(stem) for stem in stems)
    ours = _cues(written, range(len(written.words)))
    for cue, claimed in claims(source):
        inside = {source.stems[at] for at in claimed}
        mostly = sum(weight(stem) for stem in stems & inside) >= MOSTLY * total
        kept = ours - _cues(source, claimed) or source.stems[cue] in ours
        if mostly and not kept:
            return cue
    return -1


def _cues(reading: Reading, some: Iterable[int]) -> Counter[str]:
    """Return the words among these tokens that may attribute a claim, by stem."""
    attributing = reading.vocabulary.attributing
    return Counter(reading.stems[at] for at in some if reading.words[at] in attributing)


@lru_cache(maxsize=2048)
def claims(reading: Reading) -> tuple[tuple[int, frozenset[int]], ...]:
    """Return each word by which somebody says something, with the tokens of what is said.

    Denials are negations, which have a check of their own.
    """
    words = reading.vocabulary
    cues = [at for at, w in enumerate(reading.words) if w in words.said and not words.negates(w)]
    return tuple((at, frozenset(_claimed(reading, at))) for at in cues)


def _claimed(reading: Reading, cue: int) -> Iterator[int]:
    """Return the tokens of what is said: behind the cue, or before who says it."""
    commas = [at for at, t in enumerate(reading.tokens) if t.text in MARKS]
    before = max((at for at in commas if at < cue), default=-1)
    behind = min((at for at in commas if at > cue), default=len(reading.tokens))
    rest = sum(1 for at in reading.content if at > cue)
    if reading.words[cue] in reading.vocabulary.naming_sources:
        yield from range(cue)
        yield from range(behind, len(reading.tokens))
        return
    ends = rest <= REST or behind <= cue + 1
    if (
        ends
        and OPENING < before < cue - 1
        and cue - before <= SUBJECT
        and _names_who(reading, before)
    ):
        yield from range(before)
    bracket = next((at for at in range(cue, len(reading.tokens)) if _closes(reading, cue, at)), 0)
    yield from range(cue + 1, bracket or len(reading.tokens))


def _names_who(reading: Reading, mark: int) -> bool:
    """Tell whether who says so follows a mark, and not a clause about something else."""
    opens = reading.tokens[mark].text == "("
    return not opens and reading.words[mark + 1] not in reading.vocabulary.relatives


def _closes(reading: Reading, cue: int, at: int) -> bool:
    """Tell whether the bracket ends here that the cue stands in."""
    marks = [t.text for t in reading.tokens[:cue] if t.text in "()"]
    return reading.tokens[at].text == ")" and marks[-1:] == ["("]
