"""What a channel is told beside a briefing that has a new version: what was put right in it."""

from collections.abc import Iterator
from typing import Final

from bot.cards import Block, Card, Note, Paragraph, QuoteBlock, Run
from bot.delivery.citing import plain
from bot.news import Brief, Briefing, Correction, Passage
from bot.text import squeeze

NOTHING: Final = "nothing stands there any more"


def correction_card(briefing: Briefing, version: int) -> Card:
    """Return what a version put right, with what stood there before and after.

    Words are those of the source and carry its outlet; of a story that is gone there are none.
    """
    own = [c for c in briefing.corrections if c.version == version]
    blocks = [block for c in own for block in _blocks(c, _brief(briefing, c))]
    return Card((*blocks, Note((Run(f"Briefing {briefing.id}, version {version}."),))))


def _brief(briefing: Briefing, correction: Correction) -> Brief | None:
    found = (brief for brief in briefing.briefs if brief.story.id == correction.story_id)
    return next(found, None)


def _blocks(correction: Correction, brief: Brief | None) -> Iterator[Block]:
    said = Run("Correction: ", "strong"), Run(correction.what)
    yield Paragraph(said)
    if brief:
        yield Note((Run(f"In: {plain(brief.headline)}"),))
    credit = (Run(squeeze(correction.outlet), "quiet"),)
    if correction.about:
        yield _quoted(correction.about, credit)
    for label, words in (("Before", correction.before), ("Now", correction.after)):
        yield from _side(label, words, credit, quoted=correction.quoted)
    if correction.before and not correction.after and correction.quoted:
        yield Note((Run(f"Now: {NOTHING}."),))


def _side(
    label: str, words: tuple[Passage, ...], credit: tuple[Run, ...], *, quoted: bool
) -> Iterator[Block]:
    if not words:
        return
    if quoted:
        yield Note((Run(f"{label}:"),))
        yield _quoted(words, credit)
        return
    said = " … ".join(squeeze(passage.words) for passage in words)
    yield Paragraph((Run(f"{label}: ", "strong"), Run(said), Run(" "), *credit))


def _quoted(pieces: tuple[Passage, ...], credit: tuple[Run, ...]) -> QuoteBlock:
    return QuoteBlock(tuple(squeeze(piece.words) for piece in pieces), credit)
