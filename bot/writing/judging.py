"""Judges each sentence of a model against the source's sentences that it cites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.errors import VerificationError
from bot.news import Derivation, Written, require_facts
from bot.text import fold, squeeze, words
from bot.writing.checks import Checked, Cited
from bot.writing.replies import MAX_TEXT_CHARS, Line
from bot.writing.shown import Shown, ShownSentence

Check = Callable[[str, Sequence[Cited]], Checked]
"""`check_sentence` with the words of a language."""

MAX_CITES: Final = 4
"""Ids of one sentence. Who cites everything cites nothing: each name stands somewhere."""
MIN_WORDS: Final = 5
"""Words below which a line is a label."""
MIN_COPIED: Final = 6
"""Words from which a line that is nothing but a part of a source is the source's, not its own."""


@dataclass(frozen=True)
class Judged:
    """A line of a model, judged: as it may be printed, or why it may not.

    `copied` means that it says nothing wrong, in a source's own words.
    """

    line: Line
    cites: tuple[ShownSentence, ...]
    written: Written | None
    reasons: tuple[str, ...] = ()
    copied: bool = False


def judge(line: Line, shown: Shown, check: Check) -> Judged:
    """Return the line with those of its citations that bear it out, each of them by itself.

    Facts of two sentences that only together make a third are the commonest way to invent.
    """
    cites = tuple(shown.sentences[i] for i in line.cites if i in shown.sentences)
    if reason := _misshapen(line, cites):
        return Judged(line, cites, None, (reason,))
    checked = [(s, check(line.text, [_cited(s)])) for s in cites]
    if copied := [s for s, one in checked if _is_copied(line.text, s, one)]:
        return Judged(line, tuple(copied), None, ("is its source's words",), copied=True)
    if supported := [(s, one) for s, one in checked if not one.faults]:
        return _replayed(line, supported)
    nearest = min((one for _, one in checked), key=lambda one: len(one.faults))
    reasons = tuple(f"“{fault.words}”: {fault.reason}" for fault in nearest.faults)
    return Judged(line, cites, None, reasons)


def _cited(sentence: ShownSentence) -> Cited:
    article = sentence.article
    words_of = squeeze(sentence.passage.words)
    return Cited(words_of, article.dated(), article.outlet, sentence.context)


def _misshapen(line: Line, cites: Sequence[ShownSentence]) -> str:
    """Say what is wrong before anything is compared; nothing if it may be."""
    label = len(words(line.text)) < MIN_WORDS or line.text[:1].islower()
    if label or line.text.endswith("?"):
        return "is no statement"
    if len(line.text) > MAX_TEXT_CHARS:
        return f"is longer than {MAX_TEXT_CHARS} characters"
    if not cites:
        return "cites no sentence that was shown"
    return f"cites more than {MAX_CITES} sentences" if len(cites) > MAX_CITES else ""


def _is_copied(text: str, cited: ShownSentence, checked: Checked) -> bool:
    """Tell whether the line says nothing wrong, in a run of the source's words or nothing else."""
    if not checked.is_supported or checked.is_copied:
        return checked.is_copied and checked.is_supported
    said = words(fold(text))
    whole = f" {' '.join(said)} " in f" {' '.join(words(fold(cited.passage.words)))} "
    return len(said) >= MIN_COPIED and whole


def _replayed(line: Line, supported: Sequence[tuple[ShownSentence, Checked]]) -> Judged:
    """Return the line as it is stored, if the replay of the dossier will find nothing either."""
    cites = tuple(sentence for sentence, _ in supported)
    found = dict.fromkeys(d for _, checked in supported for d in checked.derived)
    try:
        derived = tuple(Derivation(d.words, d.source) for d in found)
        written = Written(line.text, tuple(s.passage for s in cites), derived)
        require_facts(written)
    except VerificationError as error:
        return Judged(line, cites, None, (str(error),))
    return Judged(line, cites, written)
