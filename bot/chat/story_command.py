"""`/story`: one story whole, in pages: what is told, who reports what, disagreements, timeline."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.cards import Block, Card, Heading
from bot.chat.archive_search import key_of, said_view, tell_mended, with_search
from bot.chat.door import Door
from bot.chat.opening import context_button, story_key
from bot.chat.pages import Kind, Listing, Pages, Part
from bot.chat.parts import Parts
from bot.chat.progress import shown_work
from bot.chat.replies import AnyInteraction, acknowledge, reply
from bot.chat.suggestions import matching
from bot.chat.texts import story as texts
from bot.chat.views import NO_POST, EditionButton, Press
from bot.delivery.citing import quote_block
from bot.delivery.compact import card_texts
from bot.delivery.opened import differing_card, opened_card, sources_card
from bot.desk_briefings import articles_of, story_of
from bot.desk_queries import story_spelled
from bot.desk_stories import timeline_of
from bot.errors import UnknownError
from bot.news import Brief
from bot.story_cards import timeline_card

KIND: Final = "whole"


class StoryCommand(app_commands.Command[Any, ..., None]):
    """`/story`: one story."""

    def __init__(self, door: Door, pages: Pages) -> None:
        async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
            known = door.suggestions(interaction, "story")
            found = matching(known.stories, typed) if known else []
            return [Choice(name=one.shown, value=one.value) for one in found]

        @app_commands.describe(name=texts.NAME)
        @app_commands.autocomplete(name=suggest)
        async def story(interaction: discord.Interaction[Any], name: Range[str, 1, 100]) -> None:
            await acknowledge(interaction, public=True)
            parts = await door.enter(interaction, "story")
            if name.strip().isdecimal():  # the last edition's numbers may be another channel's
                raise UnknownError(texts.NO_NUMBER)
            try:
                async with shown_work(interaction):
                    dossier, mended = await story_spelled(parts.desk, name, now=parts.clock())
            except UnknownError as error:
                key = await key_of(parts.desk, name, parts.clock())
                await reply(interaction, [with_search(said_view(error), key)])
                return
            edition = dossier.briefing
            if not edition.briefs:
                raise UnknownError(texts.GONE)
            await pages.show(interaction, KIND, story_key(edition.id, edition.version, 1))
            await tell_mended(interaction, mended)

        super().__init__(name="story", description=texts.COMMAND, callback=story)
        pages.add(KIND, Kind("story", whole_story))


async def whole_story(parts: Parts, __: AnyInteraction, key: str) -> Listing:
    """Return all that the desk knows of a story of a stored briefing, as it may be shown now.

    Raises:
        UnknownError: it was withdrawn since.
    """
    briefing_id, version, number = key.split(":")
    now, zone = parts.clock(), parts.desk.zone
    _, brief = await story_of(parts.desk, briefing_id, int(version), int(number), now=now)
    articles = await articles_of(parts.desk, brief, now=now)
    told = await timeline_of(parts.desk, [*articles.values()], None, now=now)
    blocks: list[Block] = [
        Heading(texts.WHO, 3),
        *sources_card([brief], zone).blocks[1:],
        Heading(texts.DIFFER, 3),
        *differing_card([brief], zone).blocks[bool(brief.disagreements) :],
        *timeline_card(told, zone).blocks,
    ]
    text = [*map(Part, card_texts(opened_card(brief, zone))), *_quotes(brief)]
    press = Press("discuss", NO_POST, briefing_id, int(version), int(number))
    return Listing([*text, *map(Part, card_texts(Card(tuple(blocks))))], [EditionButton(press)])


def _quotes(brief: Brief) -> list[Part]:
    parts = []
    for quote in brief.quotes:
        first, *rest = card_texts(Card((quote_block(brief.references, quote),)))
        parts += [Part(first, context_button(quote)), *map(Part, rest)]
    return parts
