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
    """Return the line with what its citations support of it: all, or not enough."""
    cites = tuple(shown.sentences[i] for i in line.cites if i in shown.sentences)
    if reason := _misshapen(line, cites):
        return Judged(line, cites, None, (reason,))
    cited = [
        Cited(squeeze(s.passage.words), s.article.dated(), s.article.outlet, s.context)
        for s in cites
    ]
    checked = check(line.text, cited)
    reasons = tuple(f"“{f.words}”: {f.reason}" for f in checked.faults)
    if reasons:
        return Judged(line, cites, None, reasons, copied=checked.is_supported)
    if _is_only_copied(line.text, cites):
        return Judged(line, cites, None, ("is nothing but its source's words",), copied=True)
    return _replayed(line, cites, checked)


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


def _is_only_copied(text: str, cites: Sequence[ShownSentence]) -> bool:
    said = words(fold(text))
    run = f" {' '.join(said)} "
    sources = (f" {' '.join(words(fold(cited.passage.words)))} " for cited in cites)
    return len(said) >= MIN_COPIED and any(run in source for source in sources)


def _replayed(line: Line, cites: tuple[ShownSentence, ...], checked: Checked) -> Judged:
    """Return the line as it is stored, if the replay of the dossier will find nothing either."""
    try:
        derived = tuple(Derivation(d.words, d.source) for d in checked.derived)
        written = Written(line.text, tuple(s.passage for s in cites), derived)
        require_facts(written)
    except VerificationError as error:
        return Judged(line, cites, None, (str(error),))
    return Judged(line, cites, written)
