"""Reads files and standard input, and never more of them than is allowed."""

import asyncio
import sys
from pathlib import Path
from typing import BinaryIO, Final

from bot.errors import FetchError
from bot.ports import Document

DEFAULT_MAX_BYTES: Final = 20_000_000
STDIN: Final = "-"


class Files:
    """Fetches from paths, and from standard input for `-`.

    Args:
        max_bytes: largest document; a larger one is refused without being read.
        stdin: what `-` means; the program's own standard input if not given.
    """

    def __init__(
        self, *, max_bytes: int = DEFAULT_MAX_BYTES, stdin: BinaryIO | None = None
    ) -> None:
        self._max_bytes = max_bytes
        self._stdin = stdin

    async def fetch(self, address: str) -> Document:
        """Return what stands in the file, or comes from standard input.

        Raises:
            FetchError: missing, a directory, not readable, too large.
        """
        content = await asyncio.to_thread(self._read, address)
        if len(content) > self._max_bytes:
            raise self._too_large(address)
        return Document(address, content, final_address=address)

    def _read(self, address: str) -> bytes:
        try:
            if address == STDIN:
                return (self._stdin or sys.stdin.buffer).read(self._max_bytes + 1)
            path = Path(address)
            # a pipe has no size, and is caught by what is read
            if path.stat().st_size > self._max_bytes and path.is_file():
                raise self._too_large(address)
            with path.open("rb") as file:
                return file.read(self._max_bytes + 1)
        except (OSError, ValueError) as error:
            raise FetchError(address, _reason(error)) from error

    def _too_large(self, address: str) -> FetchError:
        return FetchError(address, f"is larger than {self._max_bytes / 1e6:g} MB")


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file"
        case IsADirectoryError():
            return "is a directory; name its files, or list it as a source with a / behind it"
        case PermissionError():
            return "may not be read (permission denied)"
        case OSError():
            return f"cannot be read ({error.strerror})"
    return "is no path that a file can have"
