"""Finds the sentences of an article that may stand alone in a brief, and counts their words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.news import Passage, Referent
from bot.paragraphs import story_paragraphs
from bot.text import Bounds, sentences, words
from bot.weights import WordWeights
from bot.writing.leaning import CONNECTIVE, leans
from bot.writing.quoted import outside_quotations, quotations

MIN_WORDS: Final = 6
"""Words below which a sentence is a fragment, a cry or a label."""

MAX_SENTENCES: Final = 40
"""Sentences of one article that are looked at: what an article has to say stands near its top."""

MAX_PARAGRAPH_CHARS: Final = 20_000
"""Characters above which a paragraph is no prose, and is not looked at."""

MAX_QUOTED: Final = 0.4
"""Share of a sentence that may be quotation; with more of it, it belongs among the quotes."""

AGENCY: Final = r"(?:A[FN]P|AP|CNN|DPA|dpa|EFE|PTI|Reuters|TASS|UPI|Xinhua|Bloomberg|[A-Z]{3,5})"
MAX_OPENING_CHARS: Final = 25
"""Characters of a quotation that a sentence may begin with: a title or a term, no statement."""

DATELINE: Final = re.compile(
    rf"""(?:(?:[A-Z][\w.'’/-]+(?:,?[ ]+[A-Z][\w.'’/-]+){{0,3}}\s*)?\({AGENCY}\)\s*(?:[–—―-]+\s*)?
        |[A-Z][A-Z.'’/-]+(?:[ ,]+[\w.'’/-]+){{0,4}}\s*(?:[–—―]|--)\s+)(?=\S)""",
    re.VERBOSE,
)
"""`Port Ellen (NWA) `, `PORT ELLEN, Norland – `; not `Late — as ever — the ferry`."""

FURNITURE: Final = re.compile(
    r"""\W*(?:story\s+highlights|just\s+watched|must\s+watch|enlarge\s+this|media\s+caption
    |toggle\s+caption|image\s+(?:copyright|caption)|follow\s|subscribe\b|sign\s+up\b
    |read\s+(?:more|the|our|full|also|next)\b|updated?\s+at\b|click\b|editor[’']s\s+note
    |correction\b|disclosure\b|(?:image|photo|video|media|watch|listen)\s+(?-i:[A-Z]))""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a sentence begins that the desk writes about its own page."""

FURNITURE_PHRASES: Final = (
    "contributed to this",
    "this story has been",
    "this story was",
    "this article has been",
    "this article was",
    "this post has been",
    "newsletter",
    "all rights reserved",
    "click here",
    "tap here",
    "find out here",
    "sign up for",
    "the video above",
    "the video below",
    " @",
)
"""What stands in such a sentence; the last is an account's name, as in a post that is shown."""

UNCONFIRMED: Final = re.compile(
    r"""\b(?:unconfirmed|unverified|unsubstantiated|rumou?r(?:s|ed)?
    |(?:not|n[o’']t|neither|nor|nobody|no\s+one|without)\s+(?:\w+\s+){0,3}?
        (?:confirm(?:ed|ing)?|verif(?:y|ied|ying)|corroborated?|substantiated?)
    |(?:is|are|was|were|be|been)(?:\s+not|n[’']t)\s+(?:yet\s+|immediately\s+)?(?:known|clear)
    |(?:is|was|were|are|remains?|remained)\s+unclear
    |(?:yet|still)\s+to\s+be\s+(?:confirmed|verified)|yet\s+to\s+confirm
    |no\s+(?:\w+\s+){0,2}confirmation|awaiting\s+confirmation)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a source says that it does not know, or that what it was told stands on one leg."""

READER: Final = re.compile(r"\b(?:I|I[’']\w+|me|my|you|your|we|our|us)\b|\?$")
"""Whoever speaks to the reader outside quotation marks comments, asks or sells."""

BULLETS: Final = ("(", "[", "•", "*", "-", "–", "—", "▪", "■", "►", "→", "#")
ENDING: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True)
class Candidate:
    """A sentence: `text[start:end]` of the body it was found in.

    `number` counts the sentences of the story from 0, skipped ones included. `leans` means that it
    is understood only after the sentence before it; `addresses` that it speaks to the reader;
    `current` that it has a figure which has replaced an older one; `new` that it
    was first said since the story was last told; `unconfirmed` that the source
    does not know. `pronoun` is its first word where that means the one who is called `name`.
    """

    start: int
    end: int
    number: int
    length: int
    stems: frozenset[str]
    leans: bool
    addresses: bool
    current: bool = False
    new: bool = False
    unconfirmed: bool = False
    pronoun: Passage | None = None
    name: Passage | None = None


def is_unconfirmed(text: str) -> bool:
    """Tell whether a source says in this sentence, in its own words, that it does not know."""
    return bool(UNCONFIRMED.search(outside_quotations(text)))


def find_candidates(
    body: str, weights: WordWeights, referents: Iterable[Referent] = ()
) -> tuple[Candidate, ...]:
    """Return the sentences of the story that may be taken over, in order.

    Left out are furniture, fragments, and sentences that are mostly quotation or that begin or end
    inside one. A dateline is cut off its sentence, and so is a word that only joins it to the one
    before. A sentence whose first word is the pronoun of one of the `referents` does not lean.
    """
    meant = {referent.pronoun.span.start: referent for referent in referents}
    numbered = zip(range(MAX_SENTENCES), _fit_sentences(body), strict=False)
    return tuple(
        candidate
        for number, bounds in numbered
        if bounds and (candidate := _candidate(body, bounds, weights, meant, number=number))
    )


def _fit_sentences(body: str) -> Iterator[Bounds | None]:
    """Return the bounds of every sentence, or `None` where quotation forbids to take it."""
    for paragraph in story_paragraphs(body):
        if paragraph.end - paragraph.start > MAX_PARAGRAPH_CHARS:
            continue
        quoted = quotations(body, paragraph.start, paragraph.end)
        for start, end in sentences(body, paragraph.start, paragraph.end):
            alone = quotations(body, start, end)  # a mark at its start opens, alone, in any case
            clear = _stands_clear(start, end, quoted) and _stands_clear(start, end, alone)
            yield (start, end) if clear else None


def _stands_clear(start: int, end: int, quoted: Sequence[Bounds]) -> bool:
    touching = [(a, b) for a, b in quoted if a < end and b > start]
    whole = all(start <= a and b <= end for a, b in touching)
    opens_with = next((b - a for a, b in touching if a == start), 0)
    share = sum(b - a for a, b in touching) / (end - start)
    return whole and share <= MAX_QUOTED and opens_with <= MAX_OPENING_CHARS


def _candidate(
    body: str,
    bounds: Bounds,
    weights: WordWeights,
    meant: Mapping[int, Referent],
    *,
    number: int,
) -> Candidate | None:
    start, end = bounds
    for opening in (DATELINE, CONNECTIVE):
        if match := opening.match(body, start, end):
            start = match.end()
    text = body[start:end]
    found = words(text)
    if len(found) < MIN_WORDS or not _is_sentence(text):
        return None
    referent = meant.get(start)
    own = outside_quotations(text)
    return Candidate(
        start,
        end,
        number,
        len(found),
        frozenset(weights.stems(found)),
        leans(text, referent),
        bool(READER.search(own)),
        unconfirmed=bool(UNCONFIRMED.search(own)),
        pronoun=referent.pronoun if referent else None,
        name=referent.name if referent else None,
    )


def _is_sentence(text: str) -> bool:
    first = next(c for c in text if c.isalnum())
    told = not first.islower() and not text.startswith(BULLETS)
    return told and bool(ENDING.search(text)) and not _is_furniture(text)


def _is_furniture(text: str) -> bool:
    lowered = text.lower()
    return bool(FURNITURE.match(text)) or any(phrase in lowered for phrase in FURNITURE_PHRASES)
