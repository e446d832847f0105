"""What the archive has beyond a story or a window, in pages behind a button, for whoever presses.

The button's id holds the key of the kept query; the answer is found anew at every press, so what is
held by then is on no page.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from discord import ui

from bot.cards import Block, Card, Heading, Note, Paragraph, Run
from bot.chat.opening import context_button, passage_button
from bot.chat.pages import Kind, Listing, PageButton, PagePress, Pages, Part
from bot.chat.parts import Parts
from bot.chat.replies import AnyInteraction, say
from bot.chat.texts import archive as texts
from bot.chat.views import text_view
from bot.delivery.answers import answer_card
from bot.delivery.citing import quote_block, source_lines
from bot.delivery.compact import card_texts
from bot.delivery.phrases import count
from bot.desk import Desk
from bot.desk_queries import FromArchive, Mended, ask_again, heard, keep_query, query_of
from bot.errors import ArchiveError, UnknownError
from bot.search_cards import NOTHING, hit_blocks, mended_notes, references_of

log = logging.getLogger(__name__)

RIGHT: Final = "search"
ANSWER: Final = "archive"
HEARD: Final = "heard"
"""Kinds of pages: a question to the archive, and what somebody said."""


def know_searches(pages: Pages) -> None:
    """Have the pages know what the archive is asked for."""
    pages.add(ANSWER, Kind(RIGHT, _answer))
    pages.add(HEARD, Kind(RIGHT, _heard))


def with_search(
    view: ui.LayoutView, key: str, label: str = texts.SEARCH, *, kind: str = ANSWER
) -> ui.LayoutView:
    """Return the view with the button that asks the archive; without a key as it is."""
    if key:
        view.add_item(ui.ActionRow(PageButton(PagePress("show", kind, 1, key), label)))
    return view


def said_view(error: UnknownError) -> ui.LayoutView:
    """Return the message that says what is not here, below which a button may stand."""
    (text,) = card_texts(say(str(error)))
    return text_view(text)


async def tell_mended(interaction: AnyInteraction, mended: Mended) -> None:
    """Tell the member, and nobody else, what was taken for a typing error."""
    if mended:
        (text,) = card_texts(Card(mended_notes(mended)))
        await interaction.followup.send(view=text_view(text), ephemeral=True)


async def key_of(
    desk: Desk, question: str, now: datetime, previous: str = "", *, speaker: str = ""
) -> str:
    """Return the key by which the archive is asked the same; nothing if it cannot be kept."""
    try:
        return await keep_query(desk, question, now=now, previous=previous, speaker=speaker)
    except ArchiveError as error:  # the answer is worth more than the button below it
        log.warning("question not kept", extra={"reason": str(error)})
        return ""


async def _answer(parts: Parts, _: AnyInteraction, key: str) -> Listing:
    query = await query_of(parts.desk, key)
    found = await ask_again(parts.desk, query, now=parts.clock())
    return Listing(tuple(_answer_parts(found, parts)))


def _answer_parts(found: FromArchive, parts: Parts) -> Iterator[Part]:
    zone = parts.desk.zone
    head: tuple[Block, ...] = (
        Note((Run(texts.FOR_MEMBER),)),
        Paragraph((Run(found.query.words, "strong"),)),
        *mended_notes(found.result.mended),
    )
    hits = found.result.hits
    answer = answer_card(found.answer, zone).blocks
    if found.answer.refusal:  # what was searched is listed below
        answer = (Paragraph((Run(found.answer.refusal if hits else NOTHING),)),)
    yield from map(Part, card_texts(Card((*head, *answer))))
    if not hits:
        return
    listed = Heading(texts.FOUND.format(articles=count(len(hits), "article")), 3)
    yield from map(Part, card_texts(Card((listed,))))
    for number, hit in enumerate(hits, start=1):
        first, *rest = card_texts(Card(tuple(hit_blocks(hit, number, zone))))
        yield Part(first, passage_button(hit.snippet))
        yield from map(Part, rest)


async def _heard(parts: Parts, _: AnyInteraction, key: str) -> Listing:
    query = await query_of(parts.desk, key)
    found = await heard(parts.desk, query, now=parts.clock())
    listed = references_of(found)
    shown = [*map(Part, card_texts(Card((Note((Run(texts.NOT_HERE),)),))))]
    for one in found:
        first, *rest = card_texts(Card((quote_block(listed, one.quote),)))
        shown += [Part(first, context_button(one.quote)), *map(Part, rest)]
    lines = source_lines(listed, {r.article_id for r in listed})
    return Listing([*shown, *map(Part, card_texts(Card((lines,))))])
