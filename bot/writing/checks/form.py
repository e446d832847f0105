"""Checks what a sentence is made of: length, markup, ids, placeholders, marks, language."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bot.news.speech import MARKS
from bot.text import squeeze
from bot.writing.checks.reading import Reading
from bot.writing.checks.values import Cited, Fault
from bot.writing.checks.words import CheckWords

MAX_CHARS: Final = 600
"""Characters of a sentence: the longest of 2,000 sentences in agency reports have about 400."""
MIN_WORDS: Final = 2
MARKUP: Final = re.compile(
    r"\[\s*(?:A\d+(?:\.S\d+)?|S\d+|Q\d+|\d+)\s*(?:[,;].*?)?\]|\b[AQ]\d+\.S\d+\b"
    r"|<[@#/!a-zA-Z][^>]{0,80}>?|@everyone|@here|(?<!\w)@\w+|https?://\S+|\bwww\.\S+"
    r"|\*\*\w|__\w|~~|`|^#{1,6}\s|\]\(|\{\{?|\}|\$[a-z_]\w*|<\||\|>|^\s*[-*•]\s",
    re.MULTILINE,
)
"""Ids of sentences and quotes, mentions, addresses, Markdown, tags, template fields, chat marks."""
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
STRAIGHT: Final = str.maketrans({**dict.fromkeys(MARKS, '"'), "’": "'", "‘": "'"})
MIN_SMALL: Final = 3
"""Stopwords of another language that tell it, where the own language has fewer."""
CLOSED: Final = re.compile(r"\S$")
"""What stands before a mark that closes a quotation."""
SPACED: Final = re.compile(r'\s*"\s*')
FINAL: Final = re.compile(r'[,.]+"')


def find_form(text: str, words: CheckWords) -> Iterator[Fault]:
    """Return what no sentence for readers may hold."""
    if len(text) > MAX_CHARS:
        yield Fault("form", text[:40], f"it is longer than {MAX_CHARS} characters")
    if len(text.split()) < MIN_WORDS:
        yield Fault("form", text, "it is no sentence")
    if found := MARKUP.search(text):
        yield Fault("form", found.group(), "markup, mentions, addresses and ids do not belong here")
    if found := HIDDEN.search(text):
        yield Fault("form", repr(found.group()), "it holds an invisible character")
    lower = text.lower().replace("’", "'")
    if words.placeholders and (found := words.placeholders.search(lower)):
        yield Fault("form", found.group(), "it repeats a placeholder")


def find_marks(text: str, cited: Sequence[Cited], *, resolved: bool) -> Iterator[Fault]:
    """Return quotation marks; if `resolved`, only those around words that no source has so."""
    if not MARKS.intersection(text):
        return
    if not resolved:
        mark = next(c for c in text if c in MARKS)
        yield Fault("quotation", mark, "quotations are given by id, not written")
        return
    known = [SPACED.sub('"', _plain(c.words)) for c in cited]
    plain = _plain(text)
    first = 0 if CLOSED.search(plain.partition('"')[0]) else 1
    parts = SPACED.sub('"', plain).split('"')
    for number in range(first, len(parts), 2):
        words = parts[number].strip(" ,.")
        quoted = f'{words}"' if number == 0 else f'"{words}'
        if not any(quoted in FINAL.sub('"', source) for source in known):
            yield Fault("quotation", words, "no cited sentence quotes these words")


def _plain(text: str) -> str:
    return squeeze(text.translate(STRAIGHT)).casefold()


def find_language(written: Reading, words: CheckWords, language: str) -> Iterator[Fault]:
    """Return a fault if the small words of the sentence are those of another language."""
    primary = language.partition("-")[0].lower()
    hits = Counter(name for word in written.words for name in words.stopwords.get(word, ()))
    if primary not in words.tellable or not hits:
        return
    best = max(sorted(hits), key=lambda name: (hits[name], name == primary))
    if hits[best] >= MIN_SMALL and hits[best] > 2 * hits[primary]:
        yield Fault("language", written.text, f"it is written in {best}, not in {primary}")
