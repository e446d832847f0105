"""Changes of a briefing that make its next version: a story or a quote less, another speaker.

What a change does not find it leaves as it is, so that two changes of one thing do no harm.
"""

from collections.abc import Callable

from msgspec.structs import replace

from bot.news import Brief, Briefing, Correction, Quote, Sentence

Change = Callable[[Briefing], Briefing]
"""From a briefing to what its next version says."""


def without_story(story_id: str) -> Change:
    """Return the change that leaves a story out, and the words of what was put right in it."""

    def change(briefing: Briefing) -> Briefing:
        kept = tuple(brief for brief in briefing.briefs if brief.story.id != story_id)
        if len(kept) == len(briefing.briefs):
            return briefing
        told = [wordless(c) if c.story_id == story_id else c for c in briefing.corrections]
        return replace(briefing, briefs=kept, corrections=tuple(told))

    return change


def with_brief(brief: Brief) -> Change:
    """Return the change that tells the brief's story as this brief does."""
    return of_story(brief.story.id, lambda _: brief)


def with_quote(story_id: str, old: Quote, new: Quote | None) -> Change:
    """Return the change that has another quote in place of one, or none.

    A quote is known by its pieces, whoever is said to have said it. A quote as well as its
    successor may stand in the story already: it stands there once then.
    """

    def change(brief: Brief) -> Brief:
        put = [new if quote.pieces == old.pieces else quote for quote in brief.quotes]
        once = {quote.pieces: quote for quote in put if quote}
        return replace(brief, quotes=tuple(once.values()))

    return of_story(story_id, change)


def without_sentence(story_id: str, sentence: Sentence) -> Change:
    """Return the change that leaves a sentence of the story out; its headline stays."""

    def change(brief: Brief) -> Brief:
        kept = {
            name: tuple(one for one in getattr(brief, name) if one != sentence)
            for name in ("sentences", "unconfirmed", "changed")
        }
        return replace(brief, **kept)

    return of_story(story_id, change)


def of_story(story_id: str, change: Callable[[Brief], Brief]) -> Change:
    """Return the change of one story alone."""

    def whole(briefing: Briefing) -> Briefing:
        briefs = [change(b) if b.story.id == story_id else b for b in briefing.briefs]
        return replace(briefing, briefs=tuple(briefs))

    return whole


def wordless(correction: Correction) -> Correction:
    """Return the correction without any words of a source."""
    return replace(correction, about=(), before=(), after=())
