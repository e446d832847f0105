"""Tells readers how a brief was written, where a model was asked for it."""

from bot.delivery.phrases import count, listed
from bot.news import EXTRACTIVE, Briefing, HowWritten


def how_line(how: HowWritten | None) -> str:
    """Return "Written by a model from 5 sources; 1 sentence replaced."; nothing without a model.

    Sentences count as the checks left them: mended by the model when it was told what was wrong,
    replaced by the cited sentence of a source, left out, or added from the sources.
    """
    if how is None:
        return ""
    if not how.model:
        return f"Put together without the model: {how.note}."
    if not how.kept + how.repaired:
        return "Put together without the model: none of its sentences stood up to the checks."
    became = {
        "mended": how.repaired,
        "replaced": how.replaced,
        "left out": how.dropped,
        "added from the sources": how.added,
    }
    told = [(number, what) for what, number in became.items() if number]
    # the noun stands once: "2 sentences mended and 1 left out"
    said = [f"{count(n, 'sentence')} {what}" for n, what in told[:1]]
    said += [f"{n} {what}" for n, what in told[1:]]
    changes = f"; {listed(said)}" if said else ""
    note = f"; {how.note}" if how.note else ""
    return f"Written by a model from {count(how.sources, 'source')}{changes}{note}."


def writers(briefing: Briefing) -> str:
    """Return a clause on how the whole briefing was written."""
    if briefing.writer == EXTRACTIVE:
        return "put together from the sources' own sentences, without a model"
    without = sum(brief.how is None or not brief.how.model for brief in briefing.briefs)
    told = f" ({count(without, 'story', 'stories')} without it)" if without else ""
    return f"written by {briefing.writer}{told}"
