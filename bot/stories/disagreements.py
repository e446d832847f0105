"""Says where a story's reports agree, follow one another, or differ in their figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, get_args

from bot.news import (
    Agreement,
    Article,
    Disagreement,
    FigureCheck,
    FigureReport,
    FigureTopic,
    Origin,
    Passage,
)
from bot.stories.alignment import Aligned, align
from bot.stories.figures import Stated
from bot.stories.reports import Report, same_day, speaker_key
from bot.weights import WordWeights

STALE: Final = timedelta(hours=24)
"""After this time another count of people is a later count, and no contradiction."""
PASSING: Final = timedelta(hours=6)
"""The same for topics whose counts rise and fall: missing, trapped, in hospital."""
MAX_PRINTED: Final = 3
"""Disagreements that a brief prints."""
MAX_REPORTS: Final = 5
"""Reports of one disagreement that are printed, the first ones."""
FOLLOWED: Final = 2
"""Voices that must say a later, higher number before it replaces what others said."""
GROWING: Final = frozenset({"dead", "injured", "infected", "arrested"})
"""Topics whose counts rise as a story goes on."""

TOPICS: Final[Mapping[str, FigureTopic]] = {topic: topic for topic in get_args(FigureTopic)}


@dataclass(frozen=True)
class Comparison:
    """What a story's articles say of one thing.

    `current` are the figures that hold, one or more for each voice; `superseded` those that the
    same voice, or all of those who reported later, have replaced. Both in order of time.
    """

    kind: Agreement
    subject: str
    current: tuple[Report, ...]
    superseded: tuple[Report, ...] = ()


def compare_figures(
    articles: Sequence[Article],
    found: Mapping[str, Sequence[Stated]],
    weights: WordWeights,
    origins: Sequence[Origin] = (),
) -> tuple[Comparison, ...]:
    """Return what the articles of one story say of each thing that at least one figure counts.

    `found` holds each article's figures by its id; `origins` tells reprints, which speak with
    their original's voice. The result does not depend on the order of the articles. Rounding,
    units, other days and other places are no disagreements.
    """
    return tuple(_compare(aligned) for aligned in align(articles, found, weights, origins))


def _compare(aligned: Aligned) -> Comparison:
    current = list(aligned.reports)
    superseded = [r for r in current if _is_replaced(r, current, aligned)]
    current = [r for r in current if r not in superseded]
    kind = _kind(current, superseded)
    subject = next((n for r in aligned.reports if (n := r.figure.subject)), "")
    return Comparison(kind, subject, tuple(current), tuple(superseded))


def _kind(current: Sequence[Report], superseded: Sequence[Report]) -> Agreement:
    pairs = [(a, b) for i, a in enumerate(current) for b in current[i + 1 :]]
    against = [(a, b) for a, b in pairs if _contradict(a, b)]
    if against:
        by_source = all(speaker_key(a) and _other_speaker(a, b) for a, b in against)
        return "sources" if by_source else "differing"
    if any(
        a.voice != b.voice
        and {a.figure.standing, b.figure.standing} == {"confirmed", "unconfirmed"}
        for a, b in pairs
    ):
        return "standing"
    if any(not a.agrees(b) for a, b in pairs):
        return "apart"
    return "updated" if superseded else "same"


def _other_speaker(some: Report, other: Report) -> bool:
    keys = speaker_key(some), speaker_key(other)
    return all(keys) and keys[0] != keys[1]


def _is_replaced(report: Report, reports: Sequence[Report], aligned: Aligned) -> bool:
    later = [r for r in reports if r.at > report.at and _counts_on(r, report)]
    if any(r.voice == report.voice for r in later) and not _still_said(report, reports):
        return True
    if any(b.at > report.at and b.says_same(report) for b in aligned.before) and later:
        return True
    if aligned.key[0] != "topic":
        return False
    if any(r.at - report.at >= _stale(report) for r in later):
        return True
    return report.figure.subject in GROWING and _is_followed(report, later, reports)


def _counts_on(later: Report, report: Report) -> bool:
    """Tell whether a later figure may be a new count: one that grows is not lower another day."""
    if later.says_same(report) or _adds_nothing(later, report):
        return False
    if later.stated.period != report.stated.period:
        return False  # "82 on Tuesday", "490 since Sunday"
    lower = later.stated.quantity.point < report.stated.quantity.point
    soon = same_day(later, report) and later.at - report.at < _stale(report)
    return soon or not (lower and report.figure.subject in GROWING)


def _adds_nothing(later: Report, report: Report) -> bool:
    """Tell whether "more than 58,000" follows 58,772: it is rougher, and no new count."""
    return later.stated.quantity.high is None and report.is_exact and later.agrees(report)


def _stale(report: Report) -> timedelta:
    return STALE if report.figure.subject in GROWING else PASSING


def _contradict(some: Report, other: Report) -> bool:
    """Tell whether two figures cannot both be true of the same hours."""
    apart = abs(some.at - other.at) >= _stale(some) and some.stated.kind == "topic"
    return not apart and same_day(some, other) and not some.agrees(other)


def _still_said(report: Report, reports: Sequence[Report]) -> bool:
    """Tell whether the voice's last word on the thing is the same number."""
    own = [r for r in reports if r.voice == report.voice]
    last = max(r.at for r in own)
    return any(r.at == last and r.says_same(report) for r in own)


def _is_followed(report: Report, later: Sequence[Report], reports: Sequence[Report]) -> bool:
    """Tell whether all who reported later say a higher number, and at least two voices do."""
    higher = [r for r in later if r.stated.quantity.point > report.stated.quantity.point]
    if not higher:
        return False
    if any(r.at <= report.at and r.says_same(higher[-1]) for r in reports):
        return False  # it was said all along
    first = min(r.at for r in higher)
    since = [r for r in reports if r.at >= first]
    voices = {r.voice for r in since}
    return len(voices) >= FOLLOWED and all(r.says_same(higher[-1]) for r in since)


def check_figures(compared: Sequence[Comparison]) -> FigureCheck:
    """Return what a brief prints of the comparisons, and which figures it should pass over.

    At most `MAX_PRINTED` disagreements, those about people first, then those with most voices.
    Reprints are no voices of their own, but what is outdated is so in them too.
    """
    replaced = [c for c in compared if c.superseded]
    differing = [d for c in sorted(compared, key=_weight) if (d := _disagreement(c))]
    return FigureCheck(
        tuple(differing[:MAX_PRINTED]),
        tuple(r.figure.words for c in replaced for r in c.superseded),
        tuple(r.figure.words for c in replaced for r in c.current),
    )


def _weight(comparison: Comparison) -> tuple[bool, int, str]:
    about_people = comparison.current[0].stated.kind == "topic" if comparison.current else False
    return not about_people, -len({r.voice for r in comparison.current}), comparison.subject


def _disagreement(comparison: Comparison) -> Disagreement | None:
    kind = comparison.kind
    if kind not in {"differing", "sources", "standing"}:
        return None
    voices = _distinct([r for r in comparison.current if not r.reprint])
    shown = voices[:MAX_REPORTS]
    if kind != "standing" and not any(_contradict(a, b) for a in shown for b in shown):
        return None
    if len(shown) < 2:  # noqa: PLR2004 - it takes two
        return None
    first = shown[0].stated
    needs_topic = first.kind == "topic" and not first.named
    return Disagreement(
        kind,
        tuple(_printed(report) for report in shown),
        topic=TOPICS[first.figure.subject] if needs_topic else "",
        subject=_subject_words(first),
    )


def _distinct(reports: Sequence[Report]) -> list[Report]:
    """Return one report of each voice and number: the first that says who gives it, or the first.

    Who says the same twice says it once.
    """
    kept: list[Report] = []
    for report in reports:
        twins = [r for r in kept if r.voice == report.voice and r.says_same(report)]
        if not twins:
            kept.append(report)
        elif twins[0].figure.speaker is None and report.figure.speaker is not None:
            kept[kept.index(twins[0])] = report
    return kept


def _subject_words(stated: Stated) -> Passage | None:
    return stated.figure.counted if stated.kind in {"money", "measure", "date"} else None


def _printed(report: Report) -> FigureReport:
    figure = report.figure
    return FigureReport(figure.words, report.outlet, figure.speaker, figure.standing)


__all__ = ["Comparison", "check_figures", "compare_figures"]
