"""The Discord client: signs in, registers the commands, hands on presses and questions."""

import asyncio
import logging
from typing import Any, Final

import discord

from bot.chat.channels import DiscordChannels
from bot.chat.commands import BriefCommand, HandoverCommand
from bot.chat.desk_commands import DeskCommands
from bot.chat.door import Door
from bot.chat.failures import LOST
from bot.chat.guard import Guard
from bot.chat.operations import DiscordTeller
from bot.chat.parts import Parts
from bot.chat.replies import acknowledge, explain, reader_of, reply, reply_card, say
from bot.chat.schedule_commands import ScheduleCommands
from bot.chat.texts.marks import MARKED
from bot.chat.threads import Discussions
from bot.chat.tree import NewsTree
from bot.chat.views import EditionButton, Press, text_view
from bot.delivery.edition import briefing_card
from bot.delivery.phrases import short_hour
from bot.desk_briefings import edition_now
from bot.desk_marks import note_read_edition
from bot.errors import DeliveryError, NutgrafError, SettingsError
from bot.schedule_desk import ScheduleDesk

log = logging.getLogger(__name__)

CLOSE_SECONDS: Final = 5.0
"""How long saying goodbye to Discord may take."""
MAX_WAIT_SECONDS: Final = 30.0
"""Longest wait that discord.py may take for a rate limit; longer ones are for the job's retry."""

PORTAL: Final = "https://discord.com/developers/applications"


class NewsClient(discord.Client):
    """One newsroom's presence in Discord.

    `channels` is where editions are posted, also while the gateway is away, from the moment on that
    `signed_in` is set.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__(
            intents=_intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=MAX_WAIT_SECONDS,
            http_trace=Guard().trace,
        )
        self.parts = parts
        self.signed_in = asyncio.Event()
        self.channels = DiscordChannels(self, parts.desk.zone)
        self.teller = DiscordTeller(self)
        self.discussions = Discussions(parts)
        self.tree = NewsTree(self)
        self.door = Door(parts)
        self.tree.add_command(BriefCommand(self.door))
        self.schedules = ScheduleDesk(
            parts.timetable,
            parts.operations,
            parts.desk.subscriptions,
            parts.timing,
            parts.desk.zone,
            tuple(topic.name for topic in parts.desk.tools.topics.topic),
            self.teller,
            tuple(parts.desk.tools.editions),
        )
        self.tree.add_command(ScheduleCommands(self.door, parts.clock, self.schedules))
        self.tree.add_command(DeskCommands(self.door, self.schedules))
        self.tree.add_command(HandoverCommand(self.door))

    async def setup_hook(self) -> None:
        """Once signed in: know the buttons of old messages again, register what changed."""
        self.add_dynamic_items(EditionButton)
        if await self.tree.sync_if_changed():
            log.info("commands registered")
        self.signed_in.set()

    async def on_ready(self) -> None:
        """Say in the log that we are there."""
        log.info("signed in to Discord", extra={"user": str(self.user), "guilds": len(self.guilds)})

    async def on_message(self, message: discord.Message) -> None:
        """Answer questions in stories' threads; everything else is none of our business."""
        if not self.user or not message.guild or message.author.bot:
            return
        try:
            await self.discussions.answer(message, self.user)
        except (NutgrafError, discord.HTTPException, discord.RateLimited, *LOST) as error:
            # there is no other way to tell the member: an answer is all that we may post there
            log.warning("question not answered", extra={"reason": str(error)})

    async def press(self, interaction: discord.Interaction[Any], press: Press) -> None:
        """Answer a pressed button, to the member alone."""
        try:
            await acknowledge(interaction)
            parts = await self.door.enter(interaction, press.action)
            if press.action == "discuss":
                thread = await self.discussions.open(press, interaction.channel)
                await reply(interaction, [text_view(f"Discussed in <#{thread.thread_id}>.")])
            elif press.action == "read":
                reader = reader_of(interaction)
                stands = await note_read_edition(parts.desk, reader, press.briefing_id)
                hour = short_hour(stands, parts.desk.zone)
                await reply_card(interaction, say(MARKED.format(hour=hour)))
            else:
                now = parts.clock()
                edition = await edition_now(parts.desk, press.briefing_id, now=now)
                await reply_card(interaction, briefing_card(edition, parts.desk.zone))
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)


async def run(client: discord.Client, token: str) -> None:
    """Stay signed in until cancelled or closed, and sign out within `CLOSE_SECONDS`.

    Raises:
        SettingsError: Discord refuses the token or the intents; the sentence says what to do.
        DeliveryError: Discord cannot be reached.
    """
    try:
        await client.start(token)
    except discord.LoginFailure as error:
        raise SettingsError(
            f"Discord refuses the bot's token. Copy it anew from {PORTAL} (your application, Bot, "
            "Reset Token) into NUTGRAF_DISCORD_TOKEN or the file that discord.token_file names."
        ) from error
    except discord.PrivilegedIntentsRequired as error:
        raise SettingsError(
            f"Discord does not let the bot read messages. Open {PORTAL}, your application, Bot, "
            "and switch on Message Content Intent; it is used for questions in threads alone."
        ) from error
    except (discord.HTTPException, *LOST) as error:
        raise DeliveryError(f"Discord could not be reached to sign in: {error}.") from error
    finally:
        await _close(client)


async def _close(client: discord.Client) -> None:
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await client.close()
    except TimeoutError:
        log.warning("Discord did not say goodbye in time")


def _intents() -> discord.Intents:
    """Return the least that works.

    Guilds for channels and permissions, guild messages for questions in threads, and message
    content (a privileged intent) because a question need not mention the bot.
    """
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.message_content = True
    return intents
