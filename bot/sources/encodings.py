"""From bytes to text: byte order marks, declared and guessed encodings, binary files."""

import codecs
import re
import zlib
from typing import Final

from bot.errors import ExtractError

MAX_UNPACKED_BYTES: Final = 20_000_000
"""Bytes that a packed document may unpack to: as many as may be fetched unpacked."""
GZIP: Final = b"\x1f\x8b\x08"
SAMPLE_BYTES: Final = 100_000
MIN_PLAIN: Final = 0.95
"""Share of a text's characters that are neither controls nor unassigned; binary files have less."""
MAX_CHAOS: Final = 0.1
"""charset-normalizer's measure of mess, 0 to 1. Above it, what it guessed is not worth printing."""
BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
XML_WITHOUT_MARK: Final = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
"""Source: XML 1.0, appendix F, "Autodetection of Character Encodings"."""
SIGNATURES: Final = (
    (b"%PDF-", "is a PDF"),
    (b"PK\x03\x04", "is a ZIP or office file"),
    (b"\xd0\xcf\x11\xe0", "is an old office file"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"{\\rtf", "is an RTF file"),
)
SIGN_IN_WORD: Final = re.compile(r"[^\W\d_][¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶¸¹º¼½¾¿×÷][^\W\d_]")
"""What Central European letters look like when they are read as Western ones."""
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]")


def unpack(address: str, content: bytes) -> bytes:
    """Return the content, unpacked if it is a gzip file, whatever its sender called it.

    Raises:
        ExtractError: the file is damaged, or larger than `MAX_UNPACKED_BYTES` when unpacked.
    """
    if not content.startswith(GZIP):
        return content
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(content, MAX_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise ExtractError(address, "is a gzip file, and damaged") from error
    if not unpacker.eof and len(unpacked) <= MAX_UNPACKED_BYTES:
        raise ExtractError(address, "is a gzip file that stops in the middle")
    if len(unpacked) > MAX_UNPACKED_BYTES:
        megabytes = MAX_UNPACKED_BYTES // 1_000_000
        raise ExtractError(address, f"is larger than {megabytes} MB when unpacked")
    return unpacked


def decode_marked(content: bytes) -> str | None:
    """Return the text of bytes that name their own encoding with their first few bytes."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    for start, encoding in XML_WITHOUT_MARK:
        if content.startswith(start):
            return content.decode(encoding, "replace")
    return None


def decode_markup(content: bytes, *declared: str) -> str:
    """Return the text of a feed or page; `declared` are encodings that it claims, best first.

    Labels are often wrong, and bytes that are valid UTF-8 are hardly ever anything else, so UTF-8
    is tried before what was declared. What no encoding explains becomes U+FFFD.
    """
    marked = decode_marked(content)
    if marked is not None:
        return marked
    if any(name.lower().startswith("iso-2022") for name in declared):
        return content.decode(_known(declared[0]) or "iso-2022-jp", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(content, declared)


def decode_text(address: str, content: bytes, charset: str = "") -> str:
    """Return the text of a plain text file.

    Raises:
        ExtractError: the file is no text, or its encoding cannot be told.
    """
    for start, what in SIGNATURES:
        if content.startswith(start):
            raise ExtractError(address, f"{what}, which cannot be read; save it as text or HTML")
    text = decode_marked(content)
    if text is None and b"\0" in content[:SAMPLE_BYTES]:
        raise ExtractError(address, "is a binary file, not text")
    text = text if text is not None else _decode_unmarked(address, content, charset)
    sample = text[:SAMPLE_BYTES]
    if len(CONTROL.findall(sample)) > (1 - MIN_PLAIN) * len(sample):
        raise ExtractError(address, "is a binary file, not text")
    return text


def _decode_unmarked(address: str, content: bytes, charset: str) -> str:
    for encoding in ("utf-8", _known(charset)):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    encoding = _guess(content[:SAMPLE_BYTES])
    if not encoding:
        raise ExtractError(address, "has an unknown encoding; save it as UTF-8")
    return content.decode(encoding, "replace")


def _guess(sample: bytes) -> str:
    # a library of its own that only such files need
    from charset_normalizer import from_bytes  # noqa: PLC0415

    for match in from_bytes(sample):
        if match.chaos > MAX_CHAOS:
            continue
        # its guesses among the Western code pages differ by chance; this one is the likely
        if match.encoding.startswith(("cp125", "latin", "iso8859")) and _is_western(sample):
            return "cp1252"
        if not SIGN_IN_WORD.search(str(match)):
            return match.encoding
    return ""


def _is_western(sample: bytes) -> bool:
    """Tell whether the bytes mean something in Windows-1252, most of it plain letters."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = sum(c > "\x7f" for c in text)
    return high * 4 < len(text) and not SIGN_IN_WORD.search(text)


def _decode_other(content: bytes, declared: tuple[str, ...]) -> str:
    for name in declared:
        encoding = _known(name)
        if encoding and encoding != "utf-8":
            return content.decode(encoding, "replace")
    text = content.decode("utf-8", "replace")
    valid = sum(c > "\x7f" for c in text)
    broken = text.count("\ufffd")
    return text if broken * 2 <= valid else content.decode("cp1252", "replace")


def _known(name: str) -> str:
    """Return Python's name for an encoding, or nothing for one that is unknown or no charset."""
    try:
        found = codecs.lookup(name.strip("\"' \t"))
    except (LookupError, ValueError):
        return ""
    if not found._is_text_encoding:  # noqa: SLF001 - the only way to ask; base64 is no charset
        return ""
    # Source: WHATWG Encoding, "iso-8859-1" and "us-ascii" are labels of windows-1252
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name
