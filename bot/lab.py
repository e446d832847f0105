"""Runs one stage alone on JSON lines, for measuring it and for use in other tools."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final, TextIO

import msgspec

from bot.language import load_lexicon, load_weights
from bot.news import Revision
from bot.quotes import find_quotes
from bot.quotes.lines import quote_record
from bot.writing import summarise

BAD_LINES: Final = 2
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When the lab's documents were seen: they have no history."""

Stage = Callable[[bytes], dict[str, Any]]
"""From one line to one record; raises `msgspec.DecodeError` for a line that it cannot take."""


class QuotesLine(msgspec.Struct):
    """A line for `lab quotes`."""

    id: str
    text: str


class Doc(msgspec.Struct):
    """A document of a line for `lab summarise`."""

    body: str
    title: str = ""


class SummariseLine(msgspec.Struct):
    """A line for `lab summarise`."""

    id: str
    docs: list[Doc]
    sentences: int | None = None


def run_stage(stage: Stage, lines: BinaryIO, output: TextIO) -> int:
    """Write a record for every line, as it comes, and return the exit code.

    A line that is not what the stage takes is named on standard error and skipped; the exit code
    is then 2. Blank lines are passed over.
    """
    code = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = stage(line)
        except (msgspec.DecodeError, UnicodeError) as error:
            print(f"line {number}: {error}", file=sys.stderr)  # noqa: T201 - the lab has no desk
            code = BAD_LINES
            continue
        output.write(msgspec.json.encode(record).decode() + "\n")
    return code


def quotes_stage() -> Stage:
    """Return the stage that finds statements with their speakers."""
    lexicon = load_lexicon()

    def find(line: bytes) -> dict[str, Any]:
        document = msgspec.json.decode(line, type=QuotesLine)
        revision = Revision.of("lab", 1, "", document.text, seen_at=LONG_AGO)
        quotes = find_quotes(revision, lexicon)
        return {"id": document.id, "quotes": [r for q in quotes for r in quote_record(q)]}

    return find


def summarise_stage(sentences: int) -> Stage:
    """Return the stage that summarises documents of one event in their own sentences."""
    weights = load_weights()

    def summary(line: bytes) -> dict[str, Any]:
        asked = msgspec.json.decode(line, type=SummariseLine)
        docs: Iterable[tuple[str, str]] = [(doc.title, doc.body) for doc in asked.docs]
        text = summarise(list(docs), weights, sentences=asked.sentences or sentences)
        return {"id": asked.id, "summary": text}

    return summary
