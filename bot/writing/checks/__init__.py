"""Checks a sentence that a model wrote against the sentences that it cites, by rules alone.

What is checked in every language: citations, form, marks, numbers in digits, words for days and
numbers, names, the share of words that the sources have, copied runs. Negation, modality and
attribution need lists, which English, French, German, Spanish, Italian, Portuguese and Dutch have.
Amounts, units, rounding, dates against the dateline, opposites and synonyms are read in English
alone; elsewhere they must stand in the source as they are.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.text import squeeze
from bot.writing.checks.attribution import find_factive, find_speakers, find_unattributed
from bot.writing.checks.conditions import find_conditions
from bot.writing.checks.content import find_opposites, find_strange
from bot.writing.checks.copied import find_copied
from bot.writing.checks.days import day_tokens, find_days
from bot.writing.checks.form import find_form, find_language, find_marks
from bot.writing.checks.merged import find_merged
from bot.writing.checks.names import find_names
from bot.writing.checks.numbers import find_numbers
from bot.writing.checks.polarity import find_polarity
from bot.writing.checks.reading import read
from bot.writing.checks.roles import find_roles
from bot.writing.checks.sources import read_sources
from bot.writing.checks.values import Checked, Cited, Derived, Fault, FaultKind
from bot.writing.checks.words import CheckWords

__all__ = ["CheckWords", "Checked", "Cited", "Derived", "Fault", "FaultKind", "check_sentence"]

MAX_RUN: Final = 12
"""Words of a source in a row that may pass as the writer's own."""


def check_sentence(
    text: str,
    cited: Sequence[Cited],
    words: CheckWords,
    *,
    language: str = "en",
    max_run: int = MAX_RUN,
    resolved: bool = False,
) -> Checked:
    """Return what is wrong with the sentence, and which of its words only follow from a source.

    `resolved` says that quotation marks are those of quotes found in a source: the words in them
    must then stand in marks in a cited passage. Without it any mark is a fault. The same arguments
    always give the same result, and no text raises.
    """
    found = list(_find(text, cited, words, language=language, max_run=max_run, resolved=resolved))
    return Checked(
        tuple(dict.fromkeys(one for one in found if isinstance(one, Fault))),
        tuple(dict.fromkeys(one for one in found if isinstance(one, Derived))),
    )


def _find(
    text: str,
    cited: Sequence[Cited],
    words: CheckWords,
    *,
    language: str,
    max_run: int,
    resolved: bool,
) -> Iterator[Fault | Derived]:
    text = squeeze(text)
    yield from find_form(text, words)
    yield from find_marks(text, cited, resolved=resolved)
    sources = read_sources(cited, words, language)
    if not sources.sentences:
        yield Fault("uncited", text, "it cites nothing")
        return
    written = read(text, words)
    yield from find_language(written, words, language)
    yield from find_numbers(written, sources, day_tokens(written))
    yield from find_days(written, sources)
    yield from find_names(written, sources)
    yield from find_roles(written, sources)
    yield from find_polarity(written, sources)
    yield from find_opposites(written, sources)
    yield from find_strange(written, sources)
    yield from find_merged(written, sources)
    yield from find_unattributed(written, sources)
    yield from find_speakers(written, sources)
    yield from find_factive(written, sources)
    yield from find_conditions(written, sources)
    yield from find_copied(written, sources, max_run=max_run)
