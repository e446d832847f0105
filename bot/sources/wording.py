"""Takes a text apart into what two revisions are compared by: sentences of words and figures."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.news import Revision, TextField
from bot.paragraphs import read_paragraphs
from bot.sources.notices import Notices
from bot.text import fold, sentences

WORD: Final = re.compile(
    r"(?<!\w)[-−](?=\d)|\d+(?:[.,:'’\u00a0\u202f]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[€$£¥%]"
)
"""A minus sign, a figure, a word, or a sign without which a figure is another."""
THOUSANDS: Final = re.compile(r"(?<=\d)[.,'’\u00a0\u202f](?=\d{3}(?!\d))")
INSIDE: Final = re.compile(r"['-]")


class Word(NamedTuple):
    """A word where it stands, and what it is compared by: without case, accents, inner marks."""

    key: str
    start: int
    end: int

    @property
    def is_figure(self) -> bool:
        """Tell whether it is a figure in digits."""
        return self.key[:1].isdigit()


class Sentence(NamedTuple):
    """The words of one sentence, of the title or of a paragraph (its number) of the body."""

    words: tuple[Word, ...]
    field: TextField
    paragraph: int

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is compared by."""
        return tuple(word.key for word in self.words)

    @property
    def bounds(self) -> tuple[int, int]:
        """Where its words begin and end."""
        return self.words[0].start, self.words[-1].end


def read_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words between two offsets."""
    stop = len(text) if end is None else end
    return tuple(
        Word(_key(m.group()), m.start(), m.end()) for m in WORD.finditer(text, start, stop)
    )


def keys_of(text: str) -> tuple[str, ...]:
    """Return what the words of a text are compared by."""
    return tuple(word.key for word in read_words(text))


def story_bounds(text: str, notices: Notices) -> Iterator[tuple[int, int]]:
    """Return the paragraphs that tell the story; notices, stamps and furniture do not.

    A heading behind a teaser ("Read more:") is a title of the box that the teaser heads.
    """
    boxed = False
    for start, end, role in read_paragraphs(text):
        boxed = role == "teaser" or (boxed and role == "heading")
        paragraph = text[start:end]
        furniture = boxed or role not in ("story", "heading")
        if not (furniture or notices.is_stamp(paragraph) or notices.notice(paragraph)):
            yield start, end


def title_sentences(revision: Revision) -> list[Sentence]:
    """Return the title as a sentence, unless it has no words."""
    found = read_words(revision.title)
    return [Sentence(found, "title", 0)] if found else []


def body_sentences(revision: Revision, notices: Notices, language: str) -> list[Sentence]:
    """Return the sentences of the story that have words, in order."""
    text = revision.body
    found = (
        Sentence(read_words(text, *bounds), "body", number)
        for number, (start, end) in enumerate(story_bounds(text, notices))
        for bounds in sentences(text, start, end, language=language)
    )
    return [sentence for sentence in found if sentence.words]


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how much two runs of words have in common, from 0 to 1.

    Source: Dice's coefficient on multisets, 2 |A ∩ B| / (|A| + |B|).
    """
    if not one or not other:
        return 0.0
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))


def _key(word: str) -> str:
    # before folding, which makes plain spaces of narrow ones
    return INSIDE.sub("", fold(THOUSANDS.sub("", word)).replace("−", "-")) or "-"
