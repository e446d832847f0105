"""The next version of an edition, as an editor wants it: fewer sentences, fewer quotes, a note."""

from collections.abc import Collection
from dataclasses import dataclass

from msgspec.structs import replace

from bot.errors import ApprovalError, VerificationError
from bot.news import Brief, Briefing


@dataclass(frozen=True)
class Kept:
    """What an editor keeps of a story: numbers, from 0, of its sentences and of its quotes.

    Sentences are counted as they are told: what changed, what is told, what is unconfirmed.
    """

    sentences: Collection[int]
    quotes: Collection[int]


def edited(briefing: Briefing, story_id: str, kept: Kept) -> Briefing:
    """Return the edition's next version with what is kept of the story; of nothing, without it.

    Raises:
        ApprovalError: the edition does not tell the story, or nothing would be left or changed.
    """
    before = next((brief for brief in briefing.briefs if brief.story.id == story_id), None)
    if before is None:
        raise ApprovalError("This edition does not tell that story any more.")
    after = _only(before, kept)
    if after == before:
        raise ApprovalError("That leaves the story as it is.")
    briefs = [after if brief is before else brief for brief in briefing.briefs]
    told = tuple(brief for brief in briefs if brief is not None)
    if not told:
        raise ApprovalError("That would leave nothing of the edition; hold it instead.")
    return replace(briefing, version=briefing.version + 1, briefs=told)


def _only(brief: Brief, kept: Kept) -> Brief | None:
    changed, told = len(brief.changed), len(brief.sentences)
    quotes = tuple(q for n, q in enumerate(brief.quotes) if n in kept.quotes)
    after = replace(
        brief,
        changed=tuple(s for n, s in enumerate(brief.changed) if n in kept.sentences),
        sentences=tuple(s for n, s in enumerate(brief.sentences, changed) if n in kept.sentences),
        unconfirmed=tuple(
            s for n, s in enumerate(brief.unconfirmed, changed + told) if n in kept.sentences
        ),
        quotes=quotes,
    )
    empty = not (after.changed or after.sentences or after.unconfirmed or after.quotes)
    return None if empty else after


def with_note(briefing: Briefing, note: str) -> Briefing:
    """Return the edition's next version with an editor's own words at its head; of none, without.

    Raises:
        ApprovalError: the words could pass for a quotation, are too many, or are there already.
    """
    words = " ".join(note.split())
    if words == briefing.editors_note:
        raise ApprovalError("That is what the note says already.")
    try:
        return replace(briefing, version=briefing.version + 1, editors_note=words)
    except VerificationError as error:
        raise ApprovalError(str(error)) from error
