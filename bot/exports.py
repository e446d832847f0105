"""Reads an exported briefing and proves it, or says what fails; opens no part of the house."""

import sys
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from bot.delivery.phrases import count
from bot.errors import FetchError, VerificationError
from bot.language import load_lexicon
from bot.news import Dossier, from_json
from bot.quotes import find_quotes

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
    _require_attributions(dossier)
    briefs = dossier.briefing.briefs
    quotes = [quote for brief in briefs for quote in brief.quotes]
    by_editors = sum(quote.attribution.corrected for quote in quotes)
    but = f", but for {count(by_editors, 'speaker')} that an editor corrected"
    told = but if by_editors else ""
    return (
        f"{name}: VERIFIED. Briefing {dossier.briefing.id}, version {dossier.briefing.version}: "
        f"{count(len(quotes), 'quote')} and {count(dossier.passages_checked(), 'passage')} in "
        f"{count(len(briefs), 'story', 'stories')} stand word for word in "
        f"{count(len(dossier.articles), 'article')}, whose texts have the hashes given; who spoke "
        f"was read anew from these texts{told}."
    )


def _require_attributions(dossier: Dossier) -> None:
    """Read every cited article anew and compare its quotes with the briefing's.

    Raises:
        VerificationError: the article gives the words to somebody else, or not as certainly, or
            this program does not read them as a statement.
    """
    for number, brief in enumerate(dossier.briefing.briefs, start=1):
        for quote in brief.quotes:
            article = dossier.article(quote.article_id)
            revision = article.revision(quote.pieces[0].span.revision)
            found = find_quotes(revision, load_lexicon(article.language or "en"))
            same = next((q for q in found if q.pieces == quote.pieces), None)
            if same and quote.attribution.corrected:  # an editor's word, and marked as that
                same = replace(same, attribution=quote.attribution, standing=quote.standing)
            if same != quote:
                said = f"Brief {number}: “{quote.pieces[0].words}”"
                raise VerificationError(f"{said} is attributed otherwise than {article.id} does.")
