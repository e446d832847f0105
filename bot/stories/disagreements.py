"""Says where a story's reports agree, follow one another, or differ in their figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.news import Agreement, Article, Origin
from bot.stories.alignment import Aligned, Report, align, same_day, speaker_key
from bot.stories.figures import Stated
from bot.weights import WordWeights

STALE: Final = timedelta(hours=24)
"""After this time another count of people is a later count, and no contradiction."""
PASSING: Final = timedelta(hours=6)
"""The same for topics whose counts rise and fall: missing, trapped, in hospital."""
FOLLOWED: Final = 2
"""Voices that must say a later, higher number before it replaces what others said."""
GROWING: Final = frozenset({"dead", "injured", "infected", "hospitalised", "arrested", "displaced"})
"""Topics whose counts rise as a story goes on."""


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
    return Comparison(kind, aligned.key[1], tuple(current), tuple(superseded))


def _kind(current: Sequence[Report], superseded: Sequence[Report]) -> Agreement:
    pairs = [(a, b) for i, a in enumerate(current) for b in current[i + 1 :]]
    against = [(a, b) for a, b in pairs if not a.agrees(b) and same_day(a, b)]
    if against:
        inside = any(a.article_id == b.article_id for a, b in against)
        return "sources" if inside else "differing"
    if any(
        a.voice != b.voice
        and {a.figure.standing, b.figure.standing} == {"confirmed", "unconfirmed"}
        for a, b in pairs
    ):
        return "standing"
    return "updated" if superseded else "same"


def _is_replaced(report: Report, reports: Sequence[Report], aligned: Aligned) -> bool:
    later = [r for r in reports if r.at > report.at and _counts_on(r, report)]
    if any(r.voice == report.voice for r in later) and not _still_said(report, reports):
        return True
    if any(b.at > report.at and b.says_same(report) for b in aligned.before) and later:
        return True
    if aligned.key[0] != "topic":
        return False
    stale = STALE if report.figure.subject in GROWING else PASSING
    if any(r.at - report.at > stale for r in later):
        return True
    return report.figure.subject in GROWING and _is_followed(report, later, reports)


def _counts_on(later: Report, report: Report) -> bool:
    """Tell whether a later figure may be a new count: one that grows is not lower another day."""
    if later.says_same(report):
        return False
    lower = later.stated.quantity.point < report.stated.quantity.point
    return same_day(later, report) or not (lower and report.figure.subject in GROWING)


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
    first = min(r.at for r in higher)
    since = [r for r in reports if r.at >= first]
    voices = {r.voice for r in since}
    return len(voices) >= FOLLOWED and all(r.says_same(higher[-1]) for r in since)


__all__ = ["Comparison", "compare_figures", "speaker_key"]
