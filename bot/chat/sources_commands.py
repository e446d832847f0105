"""`/sources`: thin callers of the desk of sources, answered with cards."""

from typing import TYPE_CHECKING, Any, Final, cast

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.door import Door
from bot.chat.files import reply_file
from bot.chat.pages import Kind, Listing, Pages
from bot.chat.parts import Parts
from bot.chat.progress import shown_work
from bot.chat.replies import AnyInteraction, acknowledge, reply_card, say
from bot.chat.source_form import SourceForm, add_source
from bot.chat.suggestions import matching
from bot.chat.texts import sources as texts
from bot.delivery.phrases import count
from bot.errors import SubscriptionError
from bot.news import Subscription, is_web
from bot.source_desk import (
    export_opml,
    health_of,
    listing,
    pause,
    remove,
    resume,
    take_opml,
    try_address,
)
from bot.source_desk.cards import (
    imported_card,
    listing_card,
    paused_card,
    removed_card,
    resumed_card,
)
from bot.source_desk.desk import find
from bot.source_desk.reports import health_card, trial_card

if TYPE_CHECKING:
    from bot.source_desk.adding import Which

MAX_LIST_BYTES: Final = 1_000_000
LISTED, HEALTH = "listed", "health"
"""Kinds of answers that come in pages."""
WHICH_CHOICES: Final = [
    Choice(name=texts.BEST, value="best"),
    Choice(name=texts.ALL, value="all"),
    Choice(name=texts.PAGE, value="page"),
]

Name = Range[str, 1, 100]
Address = Range[str, 8, 2000]


class SourcesCommands(app_commands.Group):
    """`/sources`: what the newsroom reads."""

    def __init__(self, door: Door, pages: Pages) -> None:
        super().__init__(name="sources", description=texts.GROUP)
        self._door = door
        self._pages = pages
        pages.add(LISTED, Kind("sources list", _listed))
        pages.add(HEALTH, Kind("sources health", _health))

    @app_commands.command(name="add", description=texts.ADD)
    @app_commands.describe(
        address=texts.ADDRESS, outlet=texts.OUTLET, which=texts.WHICH, urgent=texts.URGENT
    )
    @app_commands.choices(which=WHICH_CHOICES)
    async def add_one(
        self,
        interaction: discord.Interaction[Any],
        address: Address | None = None,
        outlet: Range[str, 1, 100] | None = None,
        which: str = "best",
        *,
        urgent: bool = False,
    ) -> None:
        """Add a source, or open the form for one."""
        if address is None:
            await self._door.enter(interaction, "sources add")
            await interaction.response.send_modal(SourceForm(self._door))
            return
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources add")
        wanted = Subscription(address.strip(), parts.clock(), outlet or "", urgent=urgent)
        await add_source(interaction, parts, wanted, cast("Which", which))

    @app_commands.command(name="list", description=texts.LIST)
    @app_commands.describe(about=texts.WORDS)
    async def list_all(
        self, interaction: discord.Interaction[Any], about: Range[str, 1, 70] | None = None
    ) -> None:
        """Show the sources, in pages."""
        await acknowledge(interaction)
        await self._pages.show(interaction, LISTED, " ".join((about or "").split()))

    @app_commands.command(name="health", description=texts.HEALTH)
    async def health(self, interaction: discord.Interaction[Any]) -> None:
        """Show the sources that need a look."""
        await acknowledge(interaction)
        await self._pages.show(interaction, HEALTH, "")

    @app_commands.command(name="test", description=texts.TEST)
    @app_commands.describe(what=texts.WHAT)
    async def test(self, interaction: discord.Interaction[Any], what: Range[str, 1, 2000]) -> None:
        """Try an address or a source."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources test")
        what = what.strip()
        if not is_web(what):  # a path would be read here, where a member may not look
            what = (await find(parts.sources, what)).address
        async with shown_work(interaction):
            found = await try_address(parts.sources, what, now=parts.clock())
        await reply_card(interaction, trial_card(found, parts.desk.zone))

    @app_commands.command(name="pause", description=texts.PAUSE)
    @app_commands.describe(source=texts.NAME)
    async def pause_one(self, interaction: discord.Interaction[Any], source: Name) -> None:
        """Pause a source."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources pause")
        await reply_card(interaction, paused_card(await pause(parts.sources, source)))

    @app_commands.command(name="resume", description=texts.RESUME)
    @app_commands.describe(source=texts.NAME)
    async def resume_one(self, interaction: discord.Interaction[Any], source: Name) -> None:
        """Let a source be read again."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources resume")
        await reply_card(interaction, resumed_card(await resume(parts.sources, source)))

    @app_commands.command(name="remove", description=texts.REMOVE)
    @app_commands.describe(source=texts.NAME)
    async def remove_one(self, interaction: discord.Interaction[Any], source: Name) -> None:
        """Forget a source."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources remove")
        found = await remove(parts.sources, source)
        await reply_card(interaction, removed_card(found, program="nutgraf"))

    @app_commands.command(name="import", description=texts.IMPORT)
    @app_commands.describe(file=texts.FILE, dry_run=texts.DRY_RUN)
    async def import_list(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment,
        *,
        dry_run: bool = False,
    ) -> None:
        """Add the sources of an attached list."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources import")
        if file.size > MAX_LIST_BYTES:
            raise SubscriptionError(texts.TOO_LARGE.format(name=file.filename))
        content = await file.read()
        async with shown_work(interaction):
            found = await take_opml(
                parts.sources, file.filename, content, dry=dry_run, now=parts.clock()
            )
        await reply_card(interaction, imported_card(found))

    @app_commands.command(name="export", description=texts.EXPORT)
    async def export_list(self, interaction: discord.Interaction[Any]) -> None:
        """Attach the list of all sources."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources export")
        markup, number = await export_opml(parts.sources)
        card = say(texts.EXPORTED.format(sources=count(number, "source")))
        await reply_file(interaction, card, "sources.opml", markup.encode())

    @test.autocomplete("what")
    @pause_one.autocomplete("source")
    @resume_one.autocomplete("source")
    @remove_one.autocomplete("source")
    async def _suggest(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[Choice[str]]:
        parts = await self._door.glance(interaction, "sources list")
        found = matching(parts.suggestions.sources, typed) if parts else []
        return [Choice(name=one.shown, value=one.value) for one in found]


async def _listed(parts: Parts, _: AnyInteraction, key: str) -> Listing:
    found = await listing(parts.desk.subscriptions, key)
    return Listing.of(listing_card(found, now=parts.clock()))


async def _health(parts: Parts, _: AnyInteraction, __: str) -> Listing:
    found = health_of(await parts.desk.subscriptions.subscriptions(), now=parts.clock())
    return Listing.of(health_card(found, parts.desk.zone))
