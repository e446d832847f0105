"""The setup card: posted once in each server that the bot comes to, and what its buttons do."""

import logging
from contextlib import suppress
from hashlib import sha256
from typing import Any, Final, cast

import discord
from discord import app_commands, ui

from bot.chat.door import Door
from bot.chat.failures import LOST, delivery_error
from bot.chat.forms import Form
from bot.chat.newsrooms import Newsrooms
from bot.chat.parts import Parts
from bot.chat.places import place_of
from bot.chat.replies import acknowledge, explain, reply_card, say
from bot.chat.setup_view import setup_view
from bot.chat.source_form import SourceForm
from bot.chat.texts import door as door_texts
from bot.chat.texts import setup as texts
from bot.chat.views import text_view
from bot.delivery.compact import card_texts
from bot.delivery.edition import briefing_card
from bot.errors import DeliveryError, NutgrafError
from bot.news.posts import NONCE_CHARS
from bot.ports import Teller
from bot.schedule_desk import set_operations
from bot.server_desk import ServerWish, note_welcomed, set_server

log = logging.getLogger(__name__)

MAX_ZONE_CHARS: Final = 64
REFUSED: Final = (discord.HTTPException, discord.RateLimited, *LOST)


class Setup:
    """Posts the card, and answers it."""

    def __init__(self, door: Door, newsrooms: Newsrooms, teller: Teller) -> None:
        self.door = door
        self._newsrooms = newsrooms
        self._teller = teller

    async def welcome(self, guild: discord.Guild) -> None:
        """Post the card in a server of a newsroom, unless it was posted there before.

        It goes to the first channel where the bot may write, the system channel before others, or
        else to the server's owner directly. A server of no newsroom is told so instead.
        """
        parts = await self._newsrooms.of_server(guild.id, claim=True)
        if parts is None:
            refusal = door_texts.NO_NEWSROOM.format(server=guild.id)
            await self._post(guild, text_view(card_texts(say(refusal))[0]))
        elif not (parts.server and parts.server.welcomed):
            in_server = _room(guild) is not None
            view = await setup_view(parts, guild.id, in_server=in_server)
            if await self._post(guild, view):
                await note_welcomed(parts.servers, guild.id)

    async def press(self, interaction: discord.Interaction[Any], what: str, server_id: int) -> None:
        """Open a form, or show what a briefing would be now, to the member alone."""
        try:
            if what == "preview":
                await acknowledge(interaction)
            parts = await self.door.enter_server(interaction, "setup", server_id)
            match what:
                case "zone":
                    await interaction.response.send_modal(ZoneForm(self, server_id))
                case "source":
                    await interaction.response.send_modal(FirstSourceForm(self, server_id))
                case _:
                    await self._preview(interaction, parts)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)

    async def choose(
        self,
        interaction: discord.Interaction[Any],
        channel: app_commands.AppCommandChannel | app_commands.AppCommandThread,
        server_id: int,
    ) -> None:
        """Keep the operations channel."""
        try:
            await acknowledge(interaction)
            parts = await self.door.enter_server(interaction, "setup", server_id)
            place = place_of(interaction, _seen(channel))
            await set_operations(parts.schedule_desk(self._teller), place)
            said = texts.OPERATIONS_SET.format(channel=place.name)
            await reply_card(interaction, say(said))
            await self.refresh(interaction, server_id)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)

    async def refresh(self, interaction: discord.Interaction[Any], server_id: int) -> None:
        """Show on the card how things stand by now."""
        message = interaction.message
        if message is None:
            return
        parts = await self.door.seat(server_id)
        view = await setup_view(parts, server_id, in_server=interaction.guild is not None)
        with suppress(*REFUSED):  # what was set is set, and its answer says so
            await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())

    async def _preview(self, interaction: discord.Interaction[Any], parts: Parts) -> None:
        self.door.count(interaction.user.id, "setup preview", parts)
        dossier = await parts.desk.edition(now=parts.clock())
        # it is not stored, so buttons would lead nowhere
        await reply_card(interaction, briefing_card(dossier.briefing, parts.desk.zone))

    async def _post(self, guild: discord.Guild, view: ui.LayoutView) -> bool:
        """Post the view where somebody sees it, and tell whether it stands there."""
        nonce = sha256(f"setup/{guild.id}".encode()).hexdigest()[:NONCE_CHARS]
        try:
            room = _room(guild) or await _owner(guild)
            await room.send(view=view, nonce=nonce)
        except REFUSED as error:
            reason = delivery_error(error, guild.name)
            log.warning("setup card not posted", extra={"server": guild.id, "reason": str(reason)})
            return False
        except NutgrafError as error:
            log.warning("setup card not posted", extra={"server": guild.id, "reason": str(error)})
            return False
        return True


class ZoneForm(Form):
    """Asks for the zone."""

    def __init__(self, setup: Setup, server_id: int) -> None:
        super().__init__(title=texts.ZONE_FORM)
        self._setup, self._server_id = setup, server_id
        self._zone: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id="zone", max_length=MAX_ZONE_CHARS
        )
        label = ui.Label[ui.Modal](
            text=texts.ZONE_LABEL, description=texts.ZONE_HINT, component=self._zone
        )
        self.add_item(label)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Keep the zone."""
        await acknowledge(interaction)
        setup, server_id = self._setup, self._server_id
        parts = await setup.door.enter_server(interaction, "setup", server_id)
        await set_server(parts.servers, server_id, ServerWish(zone=self._zone.value))
        now = await setup.door.seat(server_id)
        await reply_card(interaction, say(texts.ZONE_SET.format(zone=now.desk.zone)))
        await setup.refresh(interaction, server_id)


class FirstSourceForm(SourceForm):
    """Asks for a source, and shows on the card that there is one."""

    def __init__(self, setup: Setup, server_id: int) -> None:
        super().__init__(setup.door)
        self._setup, self._server_id = setup, server_id

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Add what was written."""
        await super().on_submit(interaction)
        await self._setup.refresh(interaction, self._server_id)


def _seen(
    channel: app_commands.AppCommandChannel | app_commands.AppCommandThread,
) -> discord.TextChannel:
    found = channel.resolve()
    if not isinstance(found, discord.TextChannel):
        raise DeliveryError(f"I cannot see #{channel.name}. Give me View Channel there.")
    return found


def _room(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the first channel where we may write, the system channel before others."""
    me = cast("discord.Member | None", guild.me)
    first = [guild.system_channel] if guild.system_channel else []
    for channel in [*first, *guild.text_channels]:
        allowed = channel.permissions_for(me) if me else None
        if allowed and allowed.view_channel and allowed.send_messages:
            return channel
    return None


async def _owner(guild: discord.Guild) -> discord.DMChannel:
    """Return the direct messages with the owner: who invited us, Discord does not say."""
    if guild.owner_id is None:
        raise DeliveryError(f"{guild.name} has no owner that Discord names.")
    owner = guild.get_member(guild.owner_id) or await guild.fetch_member(guild.owner_id)
    return await owner.create_dm()
