"""Makes the fields of a prompt, and the schema of its reply, from what a model is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import count
from typing import Any, Final

from bot.news import Quote
from bot.text import squeeze
from bot.writing.shown import Shown, ShownSentence

MARKER_CHARS: Final = 12
MAX_ENUM: Final = 120
"""Ids that a schema lists: long lists slow an endpoint's grammar, and code resolves ids anyway."""
SHIELDED: Final = (("[", "("), ("]", ")"), ("<", "("), (">", ")"))
"""Our ids stand in square brackets, our fences and models' own control words in angle brackets."""
NO_QUOTES: Final = "(no statements)"


def shielded(text: str) -> str:
    """Return outside text on one line, without the characters that our marks are made of."""
    text = squeeze(text)
    for mark, instead in SHIELDED:
        text = text.replace(mark, instead)
    return text


def fenced(*blocks: str) -> tuple[str, tuple[str, ...]]:
    """Return a marker that stands in none of the blocks, and each block between lines with it.

    The marker depends on nothing but the blocks, so that the same sources make the same prompt.
    """
    text = "\n".join(blocks)
    tried = (sha256(f"{n} {text}".encode()).hexdigest()[:MARKER_CHARS] for n in count())
    marker = next(one for one in tried if one not in text)
    return marker, tuple(f"<<<{marker}\n{block}\n{marker}>>>" for block in blocks)


def article_lines(shown: Iterable[ShownSentence]) -> str:
    """Return the sentences, each on a line with its id, under a line for their article."""
    lines: list[str] = []
    article = ""
    for sentence in shown:
        number = sentence.id.partition(".")[0]
        if number != article:
            article = number
            dated = sentence.article.dated()
            day = f"{dated:%A} {dated.day} {dated:%B %Y}"
            lines += ["", f"{number} | {shielded(sentence.article.outlet)} | {day}"]
        lines.append(f"[{sentence.id}] {shielded(sentence.passage.words)}")
    return "\n".join(lines).strip()


def quote_lines(quotes: Mapping[str, Quote]) -> str:
    """Return the statements, each on a line with its id and speaker."""
    lines = [f"[{i}] {_speaker(q)} — {_said(q)}" for i, q in quotes.items()]
    return "\n".join(lines) or NO_QUOTES


def brief_schema(shown: Shown) -> dict[str, Any]:
    """Return the schema of a reply that is a brief: ids before text, all keys required."""
    line = _object(cites=_ids(shown.sentences), text={"type": "string"})
    return _object(
        headline=line,
        sentences={"type": "array", "items": line},
        quotes=_ids(shown.quotes),
    )


def sentences_schema(failed: Sequence[str], cites: Sequence[str]) -> dict[str, Any]:
    """Return the schema of a reply that is sentences, each in the place of one that failed."""
    line = _object(repairs=_one_of(failed), cites=_ids(cites), text={"type": "string"})
    return _object(sentences={"type": "array", "items": line})


def _object(**properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _ids(known: Iterable[str]) -> dict[str, Any]:
    return {"type": "array", "items": _one_of(list(known))}


def _one_of(known: Sequence[str]) -> dict[str, Any]:
    listed = 0 < len(known) <= MAX_ENUM
    return {"type": "string", "enum": list(known)} if listed else {"type": "string"}


def _speaker(quote: Quote) -> str:
    return ", ".join(_named(quote)) or "speaker not named"


def _named(quote: Quote) -> Iterator[str]:
    if quote.speaker:
        yield shielded(quote.speaker.name.words)
        if quote.speaker.role:
            yield shielded(quote.speaker.role.words)
        if not quote.attribution.certain:
            yield "speaker not certain"


def _said(quote: Quote) -> str:
    return " … ".join(shielded(piece.words) for piece in quote.pieces)
