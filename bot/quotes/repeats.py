"""Marks pull quotes: paragraphs of nothing but words that the story quotes elsewhere."""

from collections.abc import Sequence

from bot.quotes.grouping import Judged
from bot.quotes.tokens import Token
from bot.text import words


def mark_repeats(text: str, judged: Sequence[Judged]) -> list[Judged]:
    """Return the findings, those that repeat another's words without a cue as repeats."""
    if all(finding.clause for finding, _ in judged):
        return list(judged)
    seen: dict[str, int] = {}
    keys = [_key(text, finding.sentence.tokens[finding.token]) for finding, _ in judged]
    for (finding, _), key in zip(judged, keys, strict=True):
        if finding.clause:
            seen[key] = finding.stretch
    found: list[Judged] = []
    for (finding, use), key in zip(judged, keys, strict=True):
        twice = finding.clause is None and seen.get(key, finding.stretch) != finding.stretch
        repeat = twice and (use != "statement" or finding.alone)
        found.append((finding, "repeat" if repeat else use))
    return found


def _key(text: str, token: Token) -> str:
    return " ".join(words(text[token.start : token.end])).casefold()
