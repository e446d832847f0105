"""What the tests of the checks share: a sentence and its citations in, kinds of faults out."""

from datetime import UTC, datetime

from bot.language import load_check_words
from bot.writing.checks import Checked, Cited, check_sentence

TUESDAY = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def check(text: str, *cited: str, language: str = "en", resolved: bool = False) -> Checked:
    """Check a sentence against cited sentences of an undated article."""
    passages = [Cited(words) for words in cited]
    words = load_check_words(language)
    return check_sentence(text, passages, words, language=language, resolved=resolved)


def faults(text: str, *cited: str, language: str = "en", resolved: bool = False) -> set[str]:
    """Return the kinds of faults, copying apart."""
    found = check(text, *cited, language=language, resolved=resolved).faults
    return {str(fault.kind) for fault in found} - {"copied"}
