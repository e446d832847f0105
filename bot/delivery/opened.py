"""Cards behind an edition's *Open* menu: one story, who reports it, and where they differ."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.citing import plain, reference_runs, sentence_runs
from bot.delivery.differing import differing_notes
from bot.delivery.how_written import how_line
from bot.delivery.phrases import count
from bot.delivery.telling import changed_blocks, reported_by, unconfirmed_blocks
from bot.news import Brief

NO_DIFFERENCE = "The reports do not differ in a figure that was compared."


def opened_card(brief: Brief, zone: tzinfo) -> Card:
    """Return all that is told of a story but its quotes and its sources list."""
    return Card(tuple(_opened(brief, zone)))


def _opened(brief: Brief, zone: tzinfo) -> Iterator[Block]:
    yield Heading(plain(brief.headline), 2)
    yield from changed_blocks(brief, zone)
    if brief.sentences:
        yield Bullets(tuple(sentence_runs(brief.references, s) for s in brief.sentences))
    yield from unconfirmed_blocks(brief)
    facts = [reported_by(brief), count(len(brief.story.origins), "origin")]
    facts += [count(len(brief.quotes), "key quote")] if brief.quotes else []
    facts += ["reports differ"] if brief.disagreements else []
    yield Note((Run(" · ".join(facts)),))
    if brief.chosen_for:
        yield Note((Run(f"Why it is here: {brief.chosen_for}."),))
    if how := how_line(brief.how):
        yield Note((Run(how),))


def sources_card(briefs: Sequence[Brief], zone: tzinfo) -> Card:
    """Return the sources of the stories, numbered as they are cited, by who tells it first hand."""
    return Card(tuple(block for brief in briefs for block in _sources(brief, zone)))


def _sources(brief: Brief, zone: tzinfo) -> Iterator[Block]:
    origins = brief.story.origins
    reprints = sum(len(origin.reprints) for origin in origins)
    extra = f", {count(reprints, 'reprint')}" if reprints else ""
    yield Heading(plain(brief.headline), 3)
    yield Note((Run(f"{count(len(origins), 'origin')}{extra}"),))
    yield Bullets(tuple(reference_runs(r, zone) for r in brief.references), numbered=True)


def differing_card(briefs: Sequence[Brief], zone: tzinfo) -> Card:
    """Return where the reports of the stories differ, or that they do not."""
    found = [block for brief in briefs for block in _differing(brief, zone)]
    return Card(tuple(found) or (Paragraph((Run(NO_DIFFERENCE),)),))


def _differing(brief: Brief, zone: tzinfo) -> Iterator[Block]:
    if brief.disagreements:
        yield Heading(plain(brief.headline), 3)
        yield Bullets(tuple(note.runs for note in differing_notes(brief, zone)))
