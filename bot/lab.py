"""Runs one stage alone on JSON lines, for measuring it and for use in other tools."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, BinaryIO, Final, TextIO

import msgspec

from bot.adapters.files import Files
from bot.errors import ExtractError, SourceError
from bot.language import load_lexicon, load_qualifiers, load_weights
from bot.news import Revision
from bot.ports import Document
from bot.quotes import Sources, find_quotes, verify_words
from bot.quotes.lines import quote_record
from bot.quotes.verdict_lines import verdict_record
from bot.sources import read_document, read_wire_items
from bot.writing import summarise

BAD_LINES: Final = 2
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When the lab's documents were seen: they have no history."""
LONG_AFTER: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""When the lab reads what has dates of its own: none of them is in the future."""
UNREAD: Final = {"title": "", "byline": "", "date": None, "body": ""}
"""What `lab extract` writes for a page that cannot be read: lines keep step with the input."""

Stage = Callable[[bytes], dict[str, Any]]
"""From one line to one record.

Raises `msgspec.DecodeError` or `SourceError` for a line that it cannot take.
"""


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


class Doc(msgspec.Struct):
    """A document of a line for `lab summarise`."""

    body: str
    title: str = ""


class SummariseLine(msgspec.Struct):
    """A line for `lab summarise`."""

    id: str
    docs: list[Doc]
    sentences: int | None = None


def run_stage(
    stage: Stage, lines: BinaryIO, output: TextIO, *, unread: dict[str, Any] | None = None
) -> int:
    """Write a record for every line, as it comes, and return the exit code.

    A line that is not what the stage takes is named on standard error and skipped, or answered by
    the record `unread`; the exit code is then 2. Blank lines are passed over.
    """
    code = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = stage(line)
        except (msgspec.DecodeError, SourceError, UnicodeError) as error:
            print(f"line {number}: {error}", file=sys.stderr)  # noqa: T201 - the lab has no desk
            code = BAD_LINES
            if unread is None:
                continue
            record = unread
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


def summarise_stage(sentences: int) -> Stage:
    """Return the stage that summarises documents of one event in their own sentences."""
    weights = load_weights()

    def summary(line: bytes) -> dict[str, Any]:
        asked = msgspec.json.decode(line, type=SummariseLine)
        docs: Iterable[tuple[str, str]] = [(doc.title, doc.body) for doc in asked.docs]
        text = summarise(list(docs), weights, sentences=asked.sentences or sentences)
        return {"id": asked.id, "summary": text}

    return summary


def extract_page(line: bytes) -> dict[str, Any]:
    """Return title, byline, date and body of the page that a line names: path, tab, web address.

    Raises:
        SourceError: there is no such file, or no article in it.
    """
    path, _, address = line.decode().rstrip("\r\n").partition("\t")
    document = _document(path, final_address=address.strip())
    items = read_document(document, now=LONG_AFTER).items
    if not items:
        raise ExtractError(path, "holds no article")
    item = items[0]
    return {
        "title": item.title,
        "byline": item.byline,
        "date": item.published_at,
        "body": item.body,
    }


def read_entries(path: str) -> str:
    """Return the entries of a feed as a JSON list of id, title, link and date.

    Raises:
        SourceError: there is no such file, or it is no feed.
    """
    items = read_document(_document(path), now=LONG_AFTER).items
    return _to_json(
        {"id": i.guid, "title": i.title, "link": i.address, "date": i.published_at} for i in items
    )


def read_wire_fields(path: str) -> str:
    """Return the items of a wire document as a JSON list of what each states, nothing left out.

    Raises:
        SourceError: there is no such file, or it is in no wire format.
    """
    items = read_wire_items(_document(path))
    return _to_json(asdict(item) | {"body_chars": len(item.body)} for item in items)


def _document(path: str, *, final_address: str = "") -> Document:
    return replace(asyncio.run(Files().fetch(path)), final_address=final_address)


def _to_json(records: Iterable[dict[str, Any]]) -> str:
    return msgspec.json.format(msgspec.json.encode(list(records)), indent=2).decode()
