"""Reads an exported briefing and proves it, or says what fails; imports no part of the house."""

import sys
from pathlib import Path
from typing import Final

import msgspec

from bot.delivery.phrases import count
from bot.errors import FetchError
from bot.news import Dossier, from_json

MAX_EXPORT_BYTES: Final = 200_000_000


def read_export(file: Path) -> bytes:
    """Return the bytes of an exported briefing; `-` is standard input.

    Raises:
        FetchError: the file cannot be read, is not JSON, or is larger than `MAX_EXPORT_BYTES`.
    """
    try:
        if str(file) == "-":
            content = sys.stdin.buffer.read(MAX_EXPORT_BYTES + 1)
        else:
            with file.open("rb") as opened:
                content = opened.read(MAX_EXPORT_BYTES + 1)
    except OSError as error:
        raise FetchError(str(file), f"cannot be read ({error.strerror})") from error
    if len(content) > MAX_EXPORT_BYTES:
        raise FetchError(str(file), "is larger than an export can be (200 MB)")
    try:
        msgspec.json.decode(content, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise FetchError(str(file), f"is not JSON ({error})") from error
    return content


def verification_report(export: bytes, name: str) -> str:
    """Return a sentence about what was checked.

    Raises:
        VerificationError: something in the export is not what its own sources say.
    """
    dossier = from_json(export, Dossier)
    briefs = dossier.briefing.briefs
    quotes = [quote for brief in briefs for quote in brief.quotes]
    return (
        f"{name}: VERIFIED. Briefing {dossier.briefing.id}, version {dossier.briefing.version}: "
        f"{count(len(quotes), 'quote')} and {count(dossier.passages_checked(), 'passage')} in "
        f"{count(len(briefs), 'story', 'stories')} stand word for word in "
        f"{count(len(dossier.articles), 'article')}, whose texts have the hashes given."
    )
