"""`/quotes`: the key statements with their sources, in pages, each with its context behind it."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.cards import Card, Heading, Note, Run
from bot.chat.archive_search import HEARD, key_of, said_view, tell_mended, with_search
from bot.chat.door import Door
from bot.chat.opening import quote_parts
from bot.chat.pages import Kind, Listing, Pages, Part
from bot.chat.parts import Parts
from bot.chat.progress import shown_work
from bot.chat.replies import AnyInteraction, acknowledge, reply
from bot.chat.suggestions import matching
from bot.chat.texts import quotes as texts
from bot.chat.texts import windows as window_texts
from bot.chat.windows import SINCE_CHOICES, since_of
from bot.delivery.citing import plain
from bot.delivery.compact import card_texts
from bot.delivery.phrases import count, short_hour
from bot.desk_briefings import edition_now
from bot.desk_queries import statements_spelled
from bot.errors import UnknownError

KIND: Final = "said"


class QuotesCommand(app_commands.Command[Any, ..., None]):
    """`/quotes`: who said what."""

    def __init__(self, door: Door, pages: Pages) -> None:
        async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
            known = door.suggestions(interaction, "quotes")
            found = matching(known.speakers, typed) if known else []
            return [Choice(name=one.shown, value=one.value) for one in found]

        @app_commands.describe(speaker=texts.SPEAKER, about=texts.ABOUT, since=window_texts.SINCE)
        @app_commands.autocomplete(speaker=suggest)
        @app_commands.choices(since=SINCE_CHOICES)
        async def quotes(
            interaction: discord.Interaction[Any],
            speaker: Range[str, 1, 100] | None = None,
            about: Range[str, 1, 100] | None = None,
            since: str | None = None,
        ) -> None:
            await acknowledge(interaction)
            parts = await door.enter(interaction, "quotes")
            who, what, now = speaker or "", about or "", parts.clock()
            begins = await since_of(parts, interaction, since)
            try:
                async with shown_work(interaction):
                    found, mended = await statements_spelled(
                        parts.desk, now=now, speaker=who, about=what, since=begins
                    )
            except UnknownError as error:
                key = await key_of(parts.desk, what, now, speaker=who) if who else ""
                await reply(interaction, [with_search(said_view(error), key, kind=HEARD)])
                return
            await pages.show(interaction, KIND, found.briefing.id)
            await tell_mended(interaction, mended)

        super().__init__(name="quotes", description=texts.COMMAND, callback=quotes)
        pages.add(KIND, Kind("quotes", statements))


async def statements(parts: Parts, _: AnyInteraction, key: str) -> Listing:
    """Return the statements of a stored briefing, those that may be shown now.

    Raises:
        UnknownError: there is none of that id, or all were withdrawn.
    """
    edition = await edition_now(parts.desk, key, now=parts.clock())
    if not edition.briefs:
        raise UnknownError(texts.NO_QUOTE)
    since = edition.coverage.since or edition.made_at
    head = texts.HEAD.format(
        statements=count(sum(len(brief.quotes) for brief in edition.briefs), "statement"),
        stories=count(len(edition.briefs), "story", "stories"),
        since=short_hour(since, parts.desk.zone),
    )
    found = [*map(Part, card_texts(Card((Note((Run(head),)),))))]
    for brief in edition.briefs:
        title = Card((Heading(plain(brief.headline), 3),))
        found += [*map(Part, card_texts(title)), *quote_parts(brief)]
    return Listing(found)
