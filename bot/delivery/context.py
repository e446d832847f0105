"""The card that shows words where they stand: marked in their paragraph, with where it was read."""

from collections.abc import Iterator
from datetime import tzinfo

from bot.cards import Block, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import short_hour
from bot.news import Context, Passage
from bot.text import squeeze


def context_card(context: Context, zone: tzinfo) -> Card:
    """Return the paragraphs around the words, the words in bold, and which revision says so.

    Nothing is put between quotation marks but what the article puts there.
    """
    paragraphs = (Paragraph(tuple(_runs(p, context.marked))) for p in context.around)
    title = squeeze(context.title) or "untitled"
    read = (Run(f"{squeeze(context.outlet)}: "), Run(title, href=context.address))
    blocks: tuple[Block, ...] = (Heading("In context", 3), *paragraphs)
    return Card((*blocks, Note((*read, Run(f" · {_revision(context, zone)}")))))


def _runs(paragraph: Passage, marked: tuple[Passage, ...]) -> Iterator[Run]:
    """Return the paragraph's words, those that are marked in a run of their own."""
    at, end = paragraph.span.start, paragraph.span.end
    for passage in marked:
        start, stop = max(passage.span.start, at), min(passage.span.end, end)
        if start < stop:
            yield Run(_cut(paragraph, at, start))
            yield Run(_cut(paragraph, start, stop), "strong")
            at = stop
    yield Run(_cut(paragraph, at, end))


def _cut(paragraph: Passage, start: int, end: int) -> str:
    return paragraph.words[start - paragraph.span.start : end - paragraph.span.start]


def _revision(context: Context, zone: tzinfo) -> str:
    of = f" of {context.revisions}" if context.revisions > 1 else ""
    told = f"revision {context.number}{of}, seen {short_hour(context.seen_at, zone)}"
    if context.published_at:
        return f"published {short_hour(context.published_at, zone)} · {told}"
    return told
