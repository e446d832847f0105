"""Puts the pieces of one statement together: "…," she said, "…" and runs over paragraphs."""

from collections.abc import Sequence
from typing import Final

from bot.news import QuoteUse
from bot.quotes.attribution import Finding
from bot.quotes.marks import Stretch
from bot.quotes.voices import Voice

Judged = tuple[Finding, QuoteUse]
MAX_BETWEEN: Final = 160
"""Characters that may say who speaks between two pieces of one statement."""


def group(judged: Sequence[Judged], stretches: Sequence[Stretch], text: str) -> list[list[Judged]]:
    """Return the findings in text order, those of one statement in one list."""
    groups: list[list[Judged]] = []
    for item in judged:
        if groups and _continues(groups[-1], item, stretches, text):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def best_voice(pieces: Sequence[Judged]) -> tuple[Finding, Voice | None]:
    """Return the finding that says most surely who speaks, and its voice."""
    spoken = [finding for finding, _ in pieces if finding.voice]
    if not spoken:
        return pieces[0][0], None
    ranked = {"tail": 3, "left": 2, "colon": 2, "right": 1, "same": 1}
    best = max(spoken, key=lambda f: ranked.get(f.evidence, 0))
    return best, best.voice


def is_direct(finding: Finding, stretch: Stretch, text: str) -> bool:
    """Tell whether the stretch is a statement by itself, not woven into the article's sentence."""
    before = text[max(0, stretch.outer_start - 3) : stretch.outer_start].rstrip()
    capital = text[stretch.start : stretch.start + 2].strip("‘'“\"[(… ")[:1].isupper()
    tokens = finding.sentence.tokens
    return (
        finding.token == 0
        or finding.alone
        or (capital and before[-1:] in (",", ":", "—", "–"))
        or (finding.evidence == "tail" and tokens[finding.token - 1].kind == "mark")
    )


def _continues(
    pieces: Sequence[Judged], item: Judged, stretches: Sequence[Stretch], text: str
) -> bool:
    (earlier, use), (finding, other) = pieces[-1], item
    if use != "statement" or other != "statement":
        return False
    first, second = stretches[earlier.stretch], stretches[finding.stretch]
    if not first.closed:
        return second.paragraph > first.paragraph and finding.token == 0
    if first.paragraph != second.paragraph:
        return False
    if not _same(earlier.voice, finding.voice) and not _same_cue(earlier, finding):
        return False
    if earlier.sentence is finding.sentence:
        again = finding.evidence == "left" and not _same_cue(pieces[0][0], finding)
        said = pieces[0][0].evidence == "tail"
        return said and not again and _interrupted(first, second, text)
    return (
        finding.evidence in ("paragraph", "tail")
        and finding.alone
        and _next_to(earlier, second, text)
    )


def _same_cue(one: Finding, other: Finding) -> bool:
    return (
        one.clause is not None and other.clause is not None and one.clause.cue == other.clause.cue
    )


def _same(one: Voice | None, other: Voice | None) -> bool:
    return one is not None and other is not None and one.name == other.name


def _interrupted(first: Stretch, second: Stretch, text: str) -> bool:
    """Tell whether between two stretches stands only who said it: "…," she said, "…"."""
    between = text[first.outer_end : second.outer_start].strip()
    ended = text[first.end - 1] in ",.?!—–" or between[:1] in (",", "—", "–")
    return ended and between[-1:] in (",", ".", "—", "–", ":", "") and len(between) <= MAX_BETWEEN


def _next_to(earlier: Finding, second: Stretch, text: str) -> bool:
    between = text[earlier.sentence.end : second.outer_start]
    return not any(c.isalnum() for c in between)
