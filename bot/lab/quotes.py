"""The quote stage alone: statements found, and words verified."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import msgspec

from bot.lab.lines import Stage
from bot.language import load_lexicon, load_qualifiers
from bot.news import Revision
from bot.quotes import Sources, find_speech, verify_words
from bot.quotes.lines import indirect_record, quote_record
from bot.quotes.verdict_lines import verdict_record

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When the lab's documents were seen: they have no history."""


class QuotesLine(msgspec.Struct):
    """A line for `lab quotes`."""

    id: str
    text: str


class Stored(msgspec.Struct, frozen=True):
    """A stored text of a line for `lab verify`."""

    id: str
    text: str


class VerifyLine(msgspec.Struct):
    """A line for `lab verify`."""

    id: str
    words: str
    sources: tuple[Stored, ...]
    speaker: str = ""


def quotes_stage() -> Stage:
    """Return the stage that finds statements with their speakers."""
    lexicon = load_lexicon()
    decoder = msgspec.json.Decoder(QuotesLine)

    def find(line: bytes) -> dict[str, Any]:
        document = decoder.decode(line)
        revision = Revision.of("lab", 1, "", document.text, seen_at=LONG_AGO)
        speech = find_speech(revision, lexicon)
        return {
            "id": document.id,
            "quotes": [record for quote in speech.quotes for record in quote_record(quote)],
            "indirect": [indirect_record(report) for report in speech.indirect],
        }

    return find


def verify_stage() -> Stage:
    """Return the stage that says whether words stand in stored texts; see `verdict_record`."""
    lexicon, qualifiers = load_lexicon(), load_qualifiers()

    @lru_cache(maxsize=1)  # lines about the same story follow each other
    def index(texts: tuple[Stored, ...]) -> Sources:
        revisions = [Revision.of(t.id, 1, "", t.text, seen_at=LONG_AGO) for t in texts]
        return Sources(revisions, lexicon, qualifiers)

    def verify(line: bytes) -> dict[str, Any]:
        asked = msgspec.json.decode(line, type=VerifyLine)
        verdict = verify_words(asked.words, index(asked.sources), speaker=asked.speaker)
        return {"id": asked.id, **verdict_record(verdict)}

    return verify
