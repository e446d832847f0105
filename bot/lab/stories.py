"""The grouping stage alone: which lines of a stream tell of one event, and which carry another."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any, BinaryIO, TextIO

import msgspec

from bot.lab.lines import Stage, run_stage
from bot.language import load_story_words, load_weights
from bot.stories import CopyIndex, Grouper, TraitsReader, fingerprint
from bot.stories.traits import told
from bot.text import clean


class ArticleLine(msgspec.Struct):
    """A line for `lab group` and `lab copies`.

    `date` is a day or an instant, in UTC where it names no zone.
    """

    id: str
    title: str
    date: str
    body: str = ""
    source: str = ""
    url: str = ""


def group_lines(lines: BinaryIO, output: TextIO, *, window_days: float | None) -> int:
    """Write {id,cluster} for every line, in order, and return the exit code as `run_stage` does.

    A line's story is known when the last line has come: what comes later may merge and split.
    """
    grouper = Grouper(window_days=window_days)
    reader = TraitsReader(load_weights(), load_story_words())

    def group(line: bytes) -> dict[str, Any]:
        asked = msgspec.json.decode(line, type=ArticleLine)
        text = told(clean(asked.body))
        grouper.add(asked.id, reader.read_text(clean(asked.title), text, _instant(asked.date)))
        return {"id": asked.id}

    taken = StringIO()
    code = run_stage(group, lines, taken)
    for line in taken.getvalue().splitlines():
        article_id = msgspec.json.decode(line)["id"]
        record = {"id": article_id, "cluster": grouper.story_of(article_id)}
        output.write(msgspec.json.encode(record).decode() + "\n")
    return code


def copies_stage() -> Stage:
    """Return the stage that says which earlier line a line carries: {id,of,kind,contained}.

    `of` is `null` where it carries none; `kind` is copy, stub or update.
    """
    index = CopyIndex()

    def match(line: bytes) -> dict[str, Any]:
        asked = msgspec.json.decode(line, type=ArticleLine)
        text = told(clean(asked.body)) or clean(asked.title)
        found = index.take(asked.id, fingerprint(text), moment=0.0)
        if found is None:
            return {"id": asked.id, "of": None, "kind": None, "contained": None}
        contained = round(found.contained, 3)
        return {"id": asked.id, "of": found.of_id, "kind": found.kind, "contained": contained}

    return match


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise msgspec.ValidationError(f"The date {text!r} is not ISO 8601.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
