"""Finds what a text of anybody's claims that others said: its quotations, and whose they are."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from bot.news import Claim, Quote, Revision
from bot.quotes.cutting import CutText
from bot.quotes.find import find_quotes
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import MARK, Stretch
from bot.text import squeeze, words

UNSEEN: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a text that is only asked about was seen: it has no history."""
QUOTED_LINE: Final = re.compile(r"[ \t]*>+(?:[ \t]+|(?=[^>\s]))")
"""How chats, mail and Markdown set words of others apart."""
CREDIT: Final = re.compile(r"[ \t]*(?:[—–―]|--?[ \t])[ \t]*(?P<name>[^\W\d_][^,;:·|(\n]*)")
"""The line below a quotation that says whose it is; a comma or bracket ends the name."""
GUILLEMET: Final = re.compile("[«»‹›]")
MAX_NAME_WORDS: Final = 6
COUNTED: Final = ("determiners", "prepositions", "auxiliaries", "conjunctions", "pronouns", "cues")
"""The lists by whose words the language of a text is told."""


def find_claims(text: str, lexicons: Sequence[Lexicon]) -> tuple[Claim, ...]:
    """Return the quotations of the text in its order, each with its speaker where that is certain.

    All that stands between quotation marks of any language, and blocks of lines that `>` sets apart
    unless they hold marks of their own. The same words by the same speaker are returned once. The
    text is read in the language, of those of the lexicons, that has most of its words; the first
    lexicon breaks ties. Time is linear in the length of the text.
    """
    lexicon = _lexicon_of(text, lexicons)
    found: dict[Claim, None] = {}
    for block, is_quoted in _blocks(text):
        if is_quoted and not MARK.search(block):
            claims: Iterator[Claim] = _whole(block, lexicon)
        else:
            claims = _between_marks(block, lexicon)
        found |= dict.fromkeys(claims)
    return tuple(found)


def _lexicon_of(text: str, lexicons: Sequence[Lexicon]) -> Lexicon:
    said = [word.lower() for word in words(text)]
    known = [frozenset[str]().union(*(getattr(x, n) for n in COUNTED)) for x in lexicons]
    counts = [sum(word in words_of for word in said) for words_of in known]
    found = lexicons[counts.index(max(counts))]
    first = GUILLEMET.search(text)
    if first and first.group() in "»›":  # they point inward, whatever the language's do
        return replace(found, opening_marks=frozenset(), closing_marks=frozenset())
    return found


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Return stretches of lines that are set apart with `>`, without it, and those that are not."""
    lines: list[str] = []
    before = False
    for line in text.splitlines():
        mark = QUOTED_LINE.match(line)
        if lines and bool(mark) != before:
            yield "\n".join(lines), before
            lines = []
        before = bool(mark)
        lines.append(line[mark.end() :] if mark else line)
    if lines:
        yield "\n".join(lines), before


def _whole(block: str, lexicon: Lexicon) -> Iterator[Claim]:
    """Return the words of a block without marks; a last line that credits them is no part of it."""
    lines = block.splitlines()
    credit = CREDIT.match(lines[-1]) if len(lines) > 1 else None
    said = squeeze(" ".join(lines[:-1] if credit else lines))
    if words(said):
        yield Claim(said, _name(credit["name"], lexicon) if credit else "")


def _between_marks(block: str, lexicon: Lexicon) -> Iterator[Claim]:
    revision = Revision.of("asked", 1, "", block, seen_at=UNSEEN)
    cut = CutText(block, lexicon)
    quotes = find_quotes(revision, lexicon)
    ends = [*(after.outer_start for after in cut.stretches[1:]), len(block)]
    for stretch, until in zip(cut.stretches, ends, strict=False):
        said = squeeze(block[stretch.start : stretch.end]).removesuffix(",")
        if words(said):
            credited = _credited(block[stretch.outer_end : until], lexicon)
            speaker = credited or _speaker(quotes, stretch, block, lexicon)
            yield Claim(said, speaker)


def _credited(behind: str, lexicon: Lexicon) -> str:
    """Return the name in the line right below a quotation, if that is what the line is for."""
    rest, _, below = behind.partition("\n")
    credit = CREDIT.match(below.lstrip("\n")) if not rest.strip() else None
    return _name(credit["name"], lexicon) if credit else ""


def _speaker(quotes: Sequence[Quote], stretch: Stretch, block: str, lexicon: Lexicon) -> str:
    """Return who is said to have said it, if the text says so of these very words."""
    for quote in quotes:
        stands = any(stretch.start <= p.span.start < stretch.end for p in quote.pieces)
        if not (stands and quote.speaker and quote.attribution.certain):
            continue
        name = quote.speaker.name
        if quote.attribution.cue or block[name.span.end : stretch.outer_start].strip() == ":":
            return _name(name.words, lexicon)
    return ""


def _name(said: str, lexicon: Lexicon) -> str:
    """Return the name; what is none ("the mayor", "speaker not named") can accuse nobody."""
    name = squeeze(said)
    nouns = lexicon.people_nouns | lexicon.body_nouns | lexicon.titles | lexicon.somebody
    common = nouns | lexicon.determiners | lexicon.pronouns | lexicon.openers
    named = [w for w in name.split() if w[:1].isupper() and w.lower() not in common]
    return name if name[:1].isupper() and named and len(name.split()) <= MAX_NAME_WORDS else ""
