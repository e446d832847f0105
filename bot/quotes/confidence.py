"""How likely a speaker is right, from how it was found; below the threshold it is not certain."""

from typing import Final

from bot.quotes.attribution import Evidence, Finding
from bot.quotes.voices import Voice

CERTAIN: Final = 0.88
"""At and above this a speaker is printed without the mark *uncertain*."""

UNMEASURED: Final = 0.9
UNSURE: Final = 0.6
"""In a language whose speakers were not measured: for a name beside its cue, and for the rest."""
NAMED_BESIDE: Final = frozenset({"tail", "left", "colon"})

BY_EVIDENCE: Final[dict[Evidence, float]] = {
    "tail": 0.98,
    "left": 0.95,
    "same": 0.9,
    "right": 0.8,
    "brackets": 0.9,
    "colon": 0.9,
    "subject": 0.6,
    "paragraph": 0.95,
    "paragraph woven": 0.6,
    "lead": 0.85,
    "lead colon": 0.9,
    "lead paragraph": 0.6,
    "previous paragraph": 0.93,
    "last speaker": 0.55,
}
BY_SHAPE: Final = {
    "before": 1.0,
    "after": 1.0,
    "according": 0.97,
    "participle": 0.94,
    "shared": 0.93,
    "distant": 0.85,
    "passive": 0.95,
}
SHARED_BY_OTHERS: Final = 0.88
"""Where the subject of an earlier verb is a body, a place or a noun, it speaks less surely."""


def confidence(finding: Finding, voice: Voice | None) -> float:
    """Return the probability that the voice is the speaker: 0 without one, below 1 always.

    The factors are shares of right answers on articles of our own and on the development sets.
    """
    if voice is None:
        return 0.0
    if finding.parser and "measured" not in finding.parser.words.features:
        return UNMEASURED if _is_named_beside(finding, voice) else UNSURE
    shape = BY_SHAPE[finding.clause.shape] if finding.clause else 1.0
    if finding.clause and finding.clause.shape == "shared" and not _is_person(voice):
        shape = SHARED_BY_OTHERS
    return round(min(BY_EVIDENCE.get(finding.evidence, 0.5) * shape * voice.chance / 0.97, 0.99), 3)


def hangs_on_kind(finding: Finding) -> bool:
    """Tell whether it matters if the voice is a person, which sentences far below may yet show."""
    shared = finding.clause is not None and finding.clause.shape == "shared"
    voice = finding.voice
    return shared and voice is not None and voice.entity is not None and not _is_person(voice)


def _is_person(voice: Voice) -> bool:
    return voice.entity is not None and voice.entity.kind == "person"


def _is_named_beside(finding: Finding, voice: Voice) -> bool:
    """Tell whether the very name stands beside a plain cue: "…," said Ana Ruiz."""
    plain = finding.clause is None or finding.clause.shape in ("before", "after", "according")
    return plain and voice.mention.kind == "name" and finding.evidence in NAMED_BESIDE
