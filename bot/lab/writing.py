"""The writing stage alone: summaries in the documents' own sentences."""

from typing import Any

import msgspec

from bot.lab.lines import Stage
from bot.language import load_weights
from bot.writing import summarise


class Doc(msgspec.Struct):
    """A document of a line for `lab summarise`."""

    body: str
    title: str = ""


class SummariseLine(msgspec.Struct):
    """A line for `lab summarise`."""

    id: str
    docs: list[Doc]
    sentences: int | None = None


def summarise_stage(sentences: int) -> Stage:
    """Return the stage that summarises documents of one event in their own sentences."""
    weights = load_weights()

    def summary(line: bytes) -> dict[str, Any]:
        asked = msgspec.json.decode(line, type=SummariseLine)
        docs = [(doc.title, doc.body) for doc in asked.docs]
        text = summarise(docs, weights, sentences=asked.sentences or sentences)
        return {"id": asked.id, "summary": text}

    return summary
