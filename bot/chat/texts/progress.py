"""What is said while somebody waits: "Reading 14 sources… 9 of 14"."""

from typing import Final

from bot.delivery.phrases import count

STEPS: Final = {
    "reading sources": ("Reading", "source", "sources"),
    "writing": ("Writing", "story", "stories"),
    "adding sources": ("Adding", "source", "sources"),
}
"""From what the port `Progress` is told to the words for it."""


def words_for(doing: str, done: int, total: int) -> str:
    """Return the step in words, with how far it has come, and what it will cost if that is told."""
    kind, _, more = doing.partition(", ")
    verb, one, many = STEPS.get(kind, (kind.capitalize(), "step", "steps"))
    cost = f" ({more})" if more else ""
    return f"-# {verb} {count(total, one, many)}… {done:,} of {total:,}{cost}"
