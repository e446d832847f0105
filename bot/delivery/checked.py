"""The card of checked quotations: what the archive has of each, with who, where and when.

Words of the text that was checked stand without quotation marks: those are kept for what an
archived article has between marks of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import chain
from typing import Final

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.phrases import count, listed, short_hour
from bot.news import (
    CheckedClaim,
    CheckedText,
    Difference,
    DifferenceKind,
    VerdictKind,
    Witness,
)
from bot.text import squeeze

NOTHING: Final = "There is no quotation in this text."
LIMITS: Final = (
    "Checked against the texts of this newsroom's archive. Not found means that none of them has "
    "the words, not that nobody said them."
)
VERDICTS: Final[dict[VerdictKind, str]] = {
    "exact": "Exact",
    "typographic": "Exact but for typography",
    "misattributed": "Someone else's words",
    "altered": "Altered",
    "stitched": "Put together from several places",
    "not found": "Not found",
}
NOBODYS: Final = "Nobody's speech"
UNCONFIRMED: Final = "Said, but the speaker is not confirmed"
COUNTED: Final[dict[VerdictKind, str]] = {
    "exact": "exact",
    "typographic": "exact but for typography",
    "misattributed": "of someone else",
    "altered": "altered",
    "stitched": "put together",
    "not found": "not found",
}
LEFT_OUT: Final[dict[DifferenceKind, str]] = {
    "trimmed head": "Left out before it: ",
    "trimmed tail": "Left out behind it: ",
}
FORMS: Final[frozenset[DifferenceKind]] = frozenset(
    ("quotation marks", "spaces", "dashes", "ellipsis", "end punctuation", "first letter")
)
"""Differences of form alone, which are told by their names."""
MAX_PLACES: Final = 3
"""Places of one quotation that are shown; the other articles are counted."""


def checked_card(checked: CheckedText, zone: tzinfo) -> Card:
    """Return what became of each quotation, in the order of the text; times are in `zone`."""
    if not checked.claims:
        return Card((Paragraph((Run(NOTHING),)),))
    told = [_claim(number, one, zone) for number, one in enumerate(checked.claims, start=1)]
    foot = [Run(f"{count(checked.unchecked, 'more quotation')} not checked. ")]
    foot = foot[: bool(checked.unchecked)]
    return Card(
        (
            Heading(_heading(checked.claims), 3),
            *chain.from_iterable(told),
            Note((*foot, Run(LIMITS))),
        )
    )


def _heading(claims: Sequence[CheckedClaim]) -> str:
    kinds = [claim.verdict.kind for claim in claims]
    counts = [f"{kinds.count(kind)} {name}" for kind, name in COUNTED.items() if kind in kinds]
    return f"{count(len(claims), 'quotation')} checked: {listed(counts)}"


def _claim(number: int, checked: CheckedClaim, zone: tzinfo) -> Iterator[Block]:
    verdict = checked.verdict
    said = f" — {checked.claim.speaker}" if checked.claim.speaker else ""
    differences = () if verdict.kind == "stitched" else verdict.differences
    yield Paragraph(
        (
            Run(f"{number}. "),
            Run(_told(checked), "strong"),
            Run(" · "),
            *_marked(checked.claim.words, differences),
            Run(said, "quiet"),
        )
    )
    if told := tuple(filter(None, map(_difference, differences))):
        yield Bullets(told)
    shown = checked.witnesses if verdict.kind == "stitched" else _apart(checked.witnesses)
    for witness in shown[:MAX_PLACES]:
        yield _place(witness, zone)
    if more := len(shown) - MAX_PLACES:
        yield from [Note((Run(f"And in {count(more, 'other place')}."),))][: more > 0]


def _told(checked: CheckedClaim) -> str:
    kind = checked.verdict.kind
    if kind not in ("exact", "typographic", "misattributed"):
        return VERDICTS[kind]
    said = [witness.place for witness in checked.witnesses if witness.place.said]
    if not said:
        return NOBODYS
    if kind == "misattributed" and not any(place.speaker for place in said):
        return UNCONFIRMED
    return VERDICTS[kind]


def _apart(witnesses: Sequence[Witness]) -> tuple[Witness, ...]:
    """Return the first witness of each article: its revisions repeat each other."""
    first = {w.reference.article_id: w for w in reversed(witnesses)}
    return tuple(w for w in witnesses if first[w.reference.article_id] is w)


def _marked(words: str, differences: Sequence[Difference]) -> Iterator[Run]:
    """Return the words of the text, those of them in bold that the source has not."""
    at = 0
    for difference in differences:
        given = difference.given
        start = words.find(given, at) if given and difference.kind not in FORMS else -1
        if start < 0 or difference.kind == "speaker":
            continue
        yield Run(words[at:start])
        yield Run(given, "strong")
        at = start + len(given)
    yield Run(words[at:])


def _difference(difference: Difference) -> tuple[Run, ...]:
    given, found = squeeze(difference.given), squeeze(difference.found)
    if difference.kind == "speaker":
        return ()  # the place says whose the words are
    if difference.kind in LEFT_OUT:
        return Run(LEFT_OUT[difference.kind]), Run(found, "strong")
    if difference.kind in FORMS or not (given or found):
        return (Run(f"Differs in {difference.kind}"),)
    if not given:
        return Run("Left out: "), Run(found, "strong")
    if not found:
        return Run("Added: "), Run(given, "strong")
    return Run("Here "), Run(given, "strong"), Run(", in the source "), Run(found, "strong")


def _place(witness: Witness, zone: tzinfo) -> Block:
    words = squeeze(witness.place.passage.words)
    where = _where(witness, zone)
    if witness.place.said:
        return QuoteBlock((words,), (Run(f"{_who(witness)} · "), *where))
    own = (
        "the headline" if witness.place.passage.span.field == "title" else "the article's own words"
    )
    return Paragraph((Run(words), Run(f" — {own}, nobody's speech · ", "quiet"), *where))


def _who(witness: Witness) -> str:
    speaker = witness.place.speaker
    if speaker is None:
        return "the article does not name the speaker"
    name = squeeze(speaker.name.words)
    role = f", {squeeze(speaker.role.words)}" if speaker.role else ""
    return f"{name}{role}{'' if witness.place.certain else ' (speaker not certain)'}"


def _where(witness: Witness, zone: tzinfo) -> tuple[Run, ...]:
    reference = witness.reference
    at = reference.published_at
    hour = f", {short_hour(at, zone)}" if at else ""
    gone = "" if witness.current else " · not in the article any more: it was changed since"
    return (
        Run(squeeze(reference.outlet), href=reference.address),
        Run(f"{hour} (revision {reference.revision}){gone}"),
    )
