"""Takes a stage through the lines of a stream, one record for each."""

import sys
from collections.abc import Callable
from typing import Any, BinaryIO, Final, TextIO

import msgspec

from bot.errors import SourceError

BAD_LINES: Final = 2

Stage = Callable[[bytes], dict[str, Any]]
"""From one line to one record.

Raises `msgspec.DecodeError` or `SourceError` for a line that it cannot take.
"""


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
