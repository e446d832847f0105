"""Finds the sentences of an article that may stand alone in a brief, and counts their words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.paragraphs import story_paragraphs
from bot.text import Bounds, sentences, words
from bot.weights import WordWeights
from bot.writing.quoted import quotations

MIN_WORDS: Final = 6
"""Words below which a sentence is a fragment, a cry or a label."""

MAX_SENTENCES: Final = 40
"""Sentences of one article that are looked at: what an article has to say stands near its top."""

MAX_QUOTED: Final = 0.4
"""Share of a sentence that may be quotation; with more of it, it belongs among the quotes."""

DATELINE: Final = re.compile(
    r"""(?:[A-Z][A-Z.'’/-]+(?:[ ,]+[\w.'’/-]+){0,4}\s*)?
        (?:\((?:[A-Z][\w.]*\s?){1,3}\)\s*[–—-]*|(?<=\S)\s*(?:–|—|--))\s+""",
    re.VERBOSE,
)
"""`PORT ELLEN, Norland (NWA) — `, `(NWA) `, `PORT ELLEN – `; not `Late — as ever — the ferry`."""

FURNITURE: Final = re.compile(
    r"""contributed\s+to\s+this\s+(?:report|story|article)
    | \bthis\s+(?:story|article|report|post|page)\s+(?:has\s+been|was|will\s+be|is\s+being)\b
    | \b(?:our|free|daily|weekly)\s+(?:\w+\s+)?newsletters?\b | \ball\s+rights\s+reserved\b
    | \b(?:click|tap)\s+(?:here|on)\b | \b(?:watch|see|read)\b.{0,40}\b(?:above|below)\b
    | ^(?:story\s+highlights|just\s+watched|must\s+watch|enlarge\s+this
        |image\s+(?:copyright|caption)|media\s+caption|toggle\s+caption|follow\s|subscribe\b|sign\s+up\b|read\s+more|updated?\s+at\b
        |editor[’']s\s+note|correction\b|disclosure\b)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Sentences by the desk about its own page, wherever they stand."""

DANGLING: Final = re.compile(
    r"""(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|such|both|others?|another
    |and|but|or|nor|yet|so|then|also|too|still|instead|however|meanwhile|nevertheless|nonetheless|moreover
    |furthermore|additionally|similarly|likewise|otherwise|thus|therefore|hence|consequently|indeed
    |here|there(?!\s+(?:is|are|was|were|will|has|have)\b)|afterwards?|later|earlier|elsewhere|again|plus
    |(?:in|as|for|on|at|by|after|before|despite|since|with|to)\s+(?:addition|contrast|turn|fact|particular
        |a\s+result|example|instance|the\s+same\s+time|the\s+other\s+hand|that|this|these|those|which|it
        |the\s+contrary|so\s+doing|response)
    |(?:the\s+)?(?:former|latter|same)|one\s+of\s+(?:them|those|these)|(?:the\s+)?two|not\s+only\s+that)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it."""

PRONOUN: Final = re.compile(r"\b(?:he|she|him|her|his|hers|they|them)\b")
NAME: Final = re.compile(r"(?<!^)\b[A-Z]\w+")
READER: Final = re.compile(r"\b(?:I|I[’']\w+|me|my|you|your|we|our|us)\b|\?$")
"""Whoever speaks to the reader outside quotation marks comments, asks or sells."""

ENDING: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True)
class Candidate:
    """A sentence: `text[start:end]` of the body it was found in.

    `number` counts the sentences of the story from 0, skipped ones included. `leans` means that it
    is understood only after the sentence before it; `addresses` that it speaks to the reader.
    """

    start: int
    end: int
    number: int
    length: int
    stems: Counter[str]
    leans: bool
    addresses: bool


def find_candidates(body: str, weights: WordWeights) -> tuple[Candidate, ...]:
    """Return the sentences of the story that may be taken over, in order.

    Left out are furniture, fragments, and sentences that are mostly quotation or that begin or end
    inside one. A dateline is cut off its sentence.
    """
    numbered = zip(range(MAX_SENTENCES), _fit_sentences(body), strict=False)
    return tuple(
        candidate
        for number, bounds in numbered
        if bounds and (candidate := _candidate(body, bounds, number, weights))
    )


def _fit_sentences(body: str) -> Iterator[Bounds | None]:
    """Return the bounds of every sentence, or `None` where quotation forbids to take it."""
    for paragraph in story_paragraphs(body):
        quoted = quotations(body, paragraph.start, paragraph.end)
        for start, end in sentences(body, paragraph.start, paragraph.end):
            yield (start, end) if _stands_clear(start, end, quoted) else None


def _stands_clear(start: int, end: int, quoted: Sequence[Bounds]) -> bool:
    touching = [(a, b) for a, b in quoted if a < end and b > start]
    whole = all(start <= a and b <= end for a, b in touching)
    return whole and sum(b - a for a, b in touching) <= MAX_QUOTED * (end - start)


def _candidate(body: str, bounds: Bounds, number: int, weights: WordWeights) -> Candidate | None:
    start, end = bounds
    if dateline := DATELINE.match(body, start, end):
        start = dateline.end()
    text = body[start:end]
    length = len(words(text))
    if length < MIN_WORDS or not _is_sentence(text):
        return None
    leans = bool(DANGLING.match(text)) or _has_loose_pronoun(text)
    stems = Counter(weights.stems(text))
    return Candidate(start, end, number, length, stems, leans, bool(READER.search(text)))


def _is_sentence(text: str) -> bool:
    first = next(c for c in text if c.isalnum())
    return not first.islower() and bool(ENDING.search(text)) and not FURNITURE.search(text)


def _has_loose_pronoun(text: str) -> bool:
    """Tell whether a pronoun stands before any name that it could mean."""
    pronoun = PRONOUN.search(text)
    return pronoun is not None and not NAME.search(text, 0, pronoun.start())
