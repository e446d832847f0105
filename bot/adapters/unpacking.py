"""Unpacks what a server sent packed, a bounded piece at a time."""

import zlib
from collections.abc import Iterator
from typing import Final

PIECE_BYTES: Final = 65_536
"""Most bytes that are unpacked at once: a bomb is stopped after one piece too many."""
PLAIN: Final = frozenset({"", "identity"})
GZIP: Final = frozenset({"gzip", "x-gzip"})


class BadEncodingError(ValueError):
    """The content is not packed as its sender says, or in a way that nobody asked for."""


class Unpacker:
    """Unpacks one document.

    Only gzip and deflate, which the standard library unpacks with bounded memory; a few kilobytes
    of brotli can hold gigabytes.

    Args:
        encoding: the header `Content-Encoding`.

    Raises:
        BadEncodingError: an encoding that was not asked for.
    """

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in PLAIN | GZIP | {"deflate"}:
            raise BadEncodingError(f"came packed as “{encoding[:40]}”, which was not asked for")
        self._encoding = encoding
        self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding in GZIP else None
        self._has_begun = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """Return what the next bytes hold, in pieces of at most `PIECE_BYTES`.

        Whatever follows the end of the packed content is left out.

        Raises:
            BadEncodingError: the bytes are damaged.
        """
        if self._encoding == "deflate" and self._unpack is None and packed:
            # RFC 9110 means zlib's format by "deflate"; some servers send the bare stream
            is_zlib = packed[0] & 0x0F == zlib.DEFLATED
            self._unpack = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        self._has_begun = self._has_begun or bool(packed)
        if self._unpack is None:
            yield packed
            return
        try:
            while packed and not self._unpack.eof:
                yield self._unpack.decompress(packed, PIECE_BYTES)
                packed = self._unpack.unconsumed_tail
        except zlib.error as error:
            raise BadEncodingError("sent packed content that is damaged") from error

    def finish(self) -> None:
        """Check that nothing is missing at the end.

        Raises:
            BadEncodingError: the packed content stops in the middle.
        """
        if self._unpack is not None and self._has_begun and not self._unpack.eof:
            raise BadEncodingError("sent packed content that stops in the middle")
