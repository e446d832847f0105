"""Reads what a model replied: lines that point at ids, as far as they are lines."""

import re
from typing import Final, TypeVar

import msgspec

from bot.errors import ModelError
from bot.text import clean, sentences, squeeze

ID: Final = re.compile(
    r"\s*[\[(]\s*((?:A\d+\.S\d+|Q\d+)(?:\s*[,;]\s*(?:A\d+\.S\d+|Q\d+))*)\s*[\])]"
)
"""Ids that a model wrote into its text, as it saw them written."""
MAX_TEXT_CHARS: Final = 600
"""Of one sentence; what is longer is no sentence of a brief."""


class Line(msgspec.Struct, frozen=True):
    """A sentence of a model, with the ids that it cites."""

    cites: tuple[str, ...]
    text: str


class RepairedLine(Line, frozen=True):
    """A sentence that takes the place of another, which it names by its id."""

    repairs: str


class Draft(msgspec.Struct, frozen=True):
    """A brief as a model wrote it; ids are not resolved yet, and nothing is believed."""

    headline: Line
    sentences: tuple[Line, ...]
    quotes: tuple[str, ...]


class Repairs(msgspec.Struct, frozen=True):
    """Sentences written once more."""

    sentences: tuple[RepairedLine, ...]


R = TypeVar("R", Draft, Repairs)


def read_draft(content: str) -> Draft:
    """Return the draft, each sentence a line of its own, ids moved from the text to `cites`.

    Sentences end in a full stop at least, the headline in none.

    Raises:
        ModelError: the content is no such object.
    """
    draft = _decode(content, Draft)
    told = tuple(_ended(part) for line in draft.sentences for part in _parts(tidied(line)))
    return Draft(_unended(tidied(draft.headline)), told, draft.quotes)


def read_repairs(content: str, headline: str) -> dict[str, Line]:
    """Return the sentences by the id of the one that each takes the place of, first come.

    `headline` is the id of the headline.

    Raises:
        ModelError: the content is no such object.
    """
    repairs: dict[str, Line] = {}
    for line in _decode(content, Repairs).sentences:
        end = _unended if line.repairs == headline else _ended
        repairs.setdefault(line.repairs, end(tidied(line)))
    return repairs


def tidied(line: Line) -> Line:
    """Return the line with its text as it can be printed, and the ids in it among its cites."""
    text = squeeze(clean(line.text))
    inline = re.findall(r"A\d+\.S\d+|Q\d+", " ".join(ID.findall(text)))
    cites = dict.fromkeys((*(cite.strip("[]() ") for cite in line.cites), *inline))
    return Line(tuple(cites), squeeze(ID.sub("", text)))


def _parts(line: Line) -> list[Line]:
    """Return a line for each sentence of the line: each is checked by itself."""
    if len(line.text) > MAX_TEXT_CHARS:
        return [line]
    bounds = sentences(line.text, 0, len(line.text))
    return [Line(line.cites, line.text[start:end]) for start, end in bounds]


def _ended(line: Line) -> Line:
    """Return the line with the full stop that lists of a model often lack."""
    return Line(line.cites, f"{line.text}.") if line.text[-1:].isalnum() else line


def _unended(line: Line) -> Line:
    return Line(line.cites, line.text.rstrip(". "))


def _decode(content: str, kind: type[R]) -> R:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ModelError(
            f"The model's reply is not what it was asked for ({error}).", kind="misfit"
        ) from error
