"""Finds the JSON object that was asked for in what a model wrote around it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from jsonschema import Draft202012Validator

MAX_STARTS: Final = 200
"""Braces at which an object is looked for: text made of braces would take for ever."""

THOUGHTS: Final = re.compile(
    r"\s*<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE
)
END_OF_THOUGHTS: Final = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)


def find_fitting(content: str, schema: Mapping[str, object]) -> str | None:
    """Return the first JSON object in the content that fits the schema, written compactly.

    Thoughts in front of it are no reply, and nothing in them counts. Words, fences and chat markup
    around an object are passed over. Of several objects the first that fits wins: models that go
    on after their reply repeat themselves, and get worse. Control characters in strings are
    forgiven; numbers that JSON has no sign for, and halves of surrogate pairs, are not.
    """
    validator = Draft202012Validator(dict(schema))
    for value in _objects(without_thoughts(content)):
        if validator.is_valid(value) and (text := _to_json(value)) is not None:
            return text
    return None


def without_thoughts(content: str) -> str:
    """Return the content behind its `<think>` blocks; one that never ends leaves nothing.

    Some templates open the block themselves, so that only its end stands in the reply.
    """
    start = 0
    while match := THOUGHTS.match(content, start):
        start = match.end()
    rest = content[start:]
    if start or rest.lstrip().startswith(("{", "[", "`")):
        return rest
    last = END_OF_THOUGHTS.search(rest)
    return rest[last.end() :] if last else rest


def _objects(text: str) -> Iterator[object]:
    decoder = json.JSONDecoder(strict=False)
    start = text.find("{")
    for _ in range(MAX_STARTS):
        if start < 0:
            return
        end = start + 1
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            pass  # a brace in a sentence, or an object that was cut off
        else:
            yield value
        start = text.find("{", end)


def _to_json(value: object) -> str | None:
    """Return the value as text that every JSON reader takes, `None` if there is no such text."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        text.encode()
    except (ValueError, RecursionError):  # NaN, infinity; half of a surrogate pair; too deep
        return None
    return text
