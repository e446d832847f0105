"""Finds the sentences of an article that may stand alone in a brief, and counts their words."""

import re
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

DANGLING: Final = re.compile(
    r"""(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|such|both
    |others?|another|and|but|or|nor|yet|so|then|also|too|still|instead|however|meanwhile
    |nevertheless|nonetheless|moreover|furthermore|additionally|similarly|likewise|otherwise|thus
    |therefore|hence|consequently|indeed|afterwards?|later|earlier|elsewhere|again|plus|here
    |there(?!\s+(?:is|are|was|were|will|has|have)\b)
    |(?:in|as|for|on|at|by|after|before|despite|since|with|to)\s+(?:addition|contrast|turn|fact
        |particular|a\s+result|example|instance|the\s+same\s+time|the\s+other\s+hand|that|this
        |these|those|which|it|the\s+contrary|so\s+doing|response)
    |the\s+(?:news|moves?|decision|announcement|incident|comments?|remarks|statement|developments?
        |revelations?|outcome|result|latest|change|proposal|findings|allegations?|accusations?
        |response|meeting)(?!\s+(?:by|of|to|that|in|on|from|at|for|between|against|about|with)\b)
    |(?:the\s+)?(?:former|latter|same|two)
    |(?:[\w,.]+\s+){1,4}of\s+(?:that|this|them|those|these|it)
    |(?:[\d,.]+|one|two|three|four|five|six|seven|eight|nine|ten|most|many|some|several|all|none)
        \s+(?:is|are|was|were|has|have|had)
    |il|elle|ils|elles|cela|mais|er|sie|es|aber|doch|auch|él|ella|ellos|ellas|pero)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it, in English and a little beyond."""

PRONOUN: Final = re.compile(r"\b(?:he|she|him|her|his|hers|they|them)\b")
NAME: Final = re.compile(r"(?<!^)\b[A-Z]\w+")
READER: Final = re.compile(r"\b(?:I|I[’']\w+|me|my|you|your|we|our|us)\b|\?$")
"""Whoever speaks to the reader outside quotation marks comments, asks or sells."""

BULLETS: Final = ("(", "[", "•", "*", "-", "–", "—", "▪", "■", "►", "→", "#")
ENDING: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True)
class Candidate:
    """A sentence: `text[start:end]` of the body it was found in.

    `number` counts the sentences of the story from 0, skipped ones included. `leans` means that it
    is understood only after the sentence before it; `addresses` that it speaks to the reader;
    `current` that it has a figure which has replaced an older one.
    """

    start: int
    end: int
    number: int
    length: int
    stems: frozenset[str]
    leans: bool
    addresses: bool
    current: bool = False


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
            alone = quotations(body, start, end)  # a mark at its start opens, alone, in any case
            clear = _stands_clear(start, end, quoted) and _stands_clear(start, end, alone)
            yield (start, end) if clear else None


def _stands_clear(start: int, end: int, quoted: Sequence[Bounds]) -> bool:
    touching = [(a, b) for a, b in quoted if a < end and b > start]
    whole = all(start <= a and b <= end for a, b in touching)
    opens_with = next((b - a for a, b in touching if a == start), 0)
    share = sum(b - a for a, b in touching) / (end - start)
    return whole and share <= MAX_QUOTED and opens_with <= MAX_OPENING_CHARS


def _candidate(body: str, bounds: Bounds, number: int, weights: WordWeights) -> Candidate | None:
    start, end = bounds
    if dateline := DATELINE.match(body, start, end):
        start = dateline.end()
    text = body[start:end]
    found = words(text)
    if len(found) < MIN_WORDS or not _is_sentence(text):
        return None
    leans = bool(DANGLING.match(text)) or _has_loose_pronoun(text)
    stems = frozenset(weights.stems(found))
    return Candidate(start, end, number, len(found), stems, leans, bool(READER.search(text)))


def _is_sentence(text: str) -> bool:
    first = next(c for c in text if c.isalnum())
    told = not first.islower() and not text.startswith(BULLETS)
    return told and bool(ENDING.search(text)) and not _is_furniture(text)


def _is_furniture(text: str) -> bool:
    lowered = text.lower()
    return bool(FURNITURE.match(text)) or any(phrase in lowered for phrase in FURNITURE_PHRASES)


def _has_loose_pronoun(text: str) -> bool:
    """Tell whether a pronoun stands before any name that it could mean."""
    pronoun = PRONOUN.search(text)
    return pronoun is not None and not NAME.search(text, 0, pronoun.start())
