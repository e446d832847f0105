"""The Discord client: signs in, registers the commands, hands on presses and questions."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, cast

import discord
from discord import app_commands

from bot.chat.abilities import shortcomings, writer_of
from bot.chat.archive_search import know_searches
from bot.chat.ask_command import AskCommand
from bot.chat.channels import DiscordChannels
from bot.chat.check_quotes import CheckMenu, PostButton, QuoteChecks
from bot.chat.commands import BriefCommand, HandoverCommand
from bot.chat.desk_commands import DeskCommands
from bot.chat.door import Door
from bot.chat.export_command import ExportCommand
from bot.chat.failures import LOST
from bot.chat.guard import Guard
from bot.chat.help_command import HelpCommand
from bot.chat.link_command import LinkCommand
from bot.chat.newsroom_command import NewsroomCommand
from bot.chat.newsrooms import Newsrooms
from bot.chat.opening import FollowButton, know_openings, story_key
from bot.chat.operations import DiscordTeller
from bot.chat.pages import PageButton, Pages
from bot.chat.parts import Parts
from bot.chat.quotes_command import QuotesCommand
from bot.chat.replies import acknowledge, explain, reader_of, reply, reply_card, say
from bot.chat.reviews import Asked, ReviewButton, answer_review
from bot.chat.schedule_commands import ScheduleCommands
from bot.chat.setup import Setup
from bot.chat.setup_view import SetupButton, SetupChannel
from bot.chat.signing_in import sign_in_error
from bot.chat.sources_commands import SourcesCommands
from bot.chat.stop_commands import (
    StopCommands,
    purge_command,
    release_command,
)
from bot.chat.story_command import StoryCommand
from bot.chat.texts.marks import MARKED
from bot.chat.thread_views import ModeSelect
from bot.chat.threads import Discussions
from bot.chat.tree import NewsTree
from bot.chat.views import EditionButton, OpenMenu, Press, text_view
from bot.chat.wrong import ITEMS
from bot.delivery.phrases import short_hour
from bot.desk_marks import note_read_edition
from bot.errors import NutgrafError
from bot.news import ThreadMode
from bot.notices import note_shortcomings

log = logging.getLogger(__name__)

Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu

CLOSE_SECONDS: Final = 5.0
"""How long saying goodbye to Discord may take."""
MAX_WAIT_SECONDS: Final = 30.0
"""Longest wait that discord.py may take for a rate limit; longer ones are for the job's retry."""


class NewsClient(discord.Client):
    """The presence in Discord of one newsroom, or of several that know nothing of each other.

    `channels` is where the first newsroom's editions are posted, `channels_of` tells it of each:
    also while the gateway is away, from the moment on that `signed_in` is set.

    Args:
        newsrooms: the parts of each.
        reads_messages: whether Discord lets us read messages that do not mention us.
    """

    def __init__(self, *newsrooms: Parts, reads_messages: bool = True) -> None:
        super().__init__(
            intents=_intents(reads_messages=reads_messages),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=MAX_WAIT_SECONDS,
            http_trace=Guard().trace,
        )
        self.newsrooms = Newsrooms(newsrooms)
        self.reads_messages = reads_messages
        self.signed_in = asyncio.Event()
        self.teller = DiscordTeller(self)
        self.channels = self.channels_of(newsrooms[0])
        self._discussions: dict[int, tuple[Parts, Discussions]] = {}
        self.tree = NewsTree(self)
        self.door = Door(self.newsrooms)
        self.setup = Setup(self.door, self.newsrooms, self.teller)
        self.pages = Pages(self.door)
        know_openings(self.pages)
        know_searches(self.pages)
        self.checks = QuoteChecks(self.door)
        for command in self._commands():
            self.tree.add_command(command)

    def _commands(self) -> Iterator[Command]:
        """Return every command and menu, each with what it works with."""
        door, pages = self.door, self.pages
        yield BriefCommand(door)
        yield CheckMenu(self.checks)
        yield NewsroomCommand(door, self.newsrooms)
        yield ScheduleCommands(door, self.teller)
        about_desk = DeskCommands(door, self.teller)
        about_desk.add_command(purge_command(door))
        yield about_desk
        yield StopCommands(door, killed=True)
        yield StopCommands(door, killed=False)
        yield release_command(door)
        yield StoryCommand(door, pages)
        yield LinkCommand(door)
        yield QuotesCommand(door, pages)
        yield AskCommand(door, self.discussions_of)
        yield SourcesCommands(door, pages)
        yield ExportCommand(door)
        yield HandoverCommand(door)
        yield HelpCommand(door, pages)

    def channels_of(self, parts: Parts) -> DiscordChannels:
        """Return where the newsroom's editions are posted: in its own servers alone."""
        return DiscordChannels(self, parts.desk.zone, parts.servers)

    def discussions_of(self, parts: Parts) -> Discussions:
        """Return the threads of the server that the parts answer in."""
        server_id = parts.server.id if parts.server else 0
        known = self._discussions.get(server_id)
        if known is None or known[0] is not parts:  # its settings have changed
            known = self._discussions[server_id] = (
                parts,
                Discussions(parts, self.door, reads_messages=self.reads_messages),
            )
        return known[1]

    async def setup_hook(self) -> None:
        """Once signed in: know the buttons of old messages again, register what changed."""
        self.add_dynamic_items(
            EditionButton,
            OpenMenu,
            PageButton,
            FollowButton,
            ReviewButton,
            SetupButton,
            SetupChannel,
        )
        self.add_dynamic_items(PostButton, ModeSelect, *ITEMS)
        if await self.tree.sync_if_changed():
            log.info("commands registered")
        self.signed_in.set()

    async def on_ready(self) -> None:
        """Say in the log that we are there."""
        log.info("signed in to Discord", extra={"user": str(self.user), "guilds": len(self.guilds)})
        for guild in sorted(self.guilds, key=joined_at):  # the first one may claim the newsroom
            parts = await self.newsrooms.of_server(guild.id, claim=True)
            if parts:
                await self._examine(guild, parts)
                await self.setup.welcome(guild)
            else:
                log.warning("server of no newsroom", extra={"server": guild.id})

    async def _examine(self, guild: discord.Guild, parts: Parts) -> None:
        """Say in the log what does not work in the server, and once in its operations channel."""
        found = await shortcomings(parts, guild, reads_messages=self.reads_messages)
        fields = {"server": guild.id, "newsroom": parts.name, "writer": writer_of(parts)}
        log.info("server served", extra=fields)
        for sentence in found:
            log.warning("server lacks something", extra={"server": guild.id, "reason": sentence})
        if found and await parts.operations.channel_of(guild.id) is not None:
            await note_shortcomings(parts.operations, guild.id, found, now=parts.clock())

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Let the first server that we come to belong to the newsroom, and have it set up."""
        await self.setup.welcome(guild)

    async def on_message(self, message: discord.Message) -> None:
        """Answer questions in stories' threads; everything else is none of our business."""
        if not self.user or message.author.bot or not isinstance(message.channel, discord.Thread):
            return
        try:
            if parts := await self.door.hear(message):
                await self.discussions_of(parts).answer(message, self.user)
        except (NutgrafError, discord.HTTPException, discord.RateLimited, *LOST) as error:
            # there is no other way to tell the member: an answer is all that we may post there
            log.warning("question not answered", extra={"reason": str(error)})

    async def press(self, interaction: discord.Interaction[Any], press: Press) -> None:
        """Answer a pressed button, to the member alone."""
        try:
            await acknowledge(interaction)
            if press.action == "discuss":
                parts = await self.door.enter(interaction, press.action)
                opened = await self.discussions_of(parts).open(press, interaction.channel)
                await reply(interaction, [text_view(opened.told)])
            elif press.action == "read":
                parts = await self.door.enter(interaction, press.action)
                reader = reader_of(interaction)
                stands = await note_read_edition(parts.desk, reader, press.briefing_id)
                hour = short_hour(stands, parts.desk.zone)
                await reply_card(interaction, say(MARKED.format(hour=hour)))
            else:
                key = story_key(press.briefing_id, press.version, press.story)
                await self.pages.show(interaction, "story" if press.story else "edition", key)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)

    async def choose(self, interaction: discord.Interaction[Any], mode: ThreadMode) -> None:
        """Keep what is answered in the interaction's thread."""
        try:
            await acknowledge(interaction)
            parts = await self.door.enter(interaction, "thread mode")
            await self.discussions_of(parts).choose(interaction, mode)
        except Exception as error:  # noqa: BLE001 - as above
            await explain(interaction, error)

    async def review(self, interaction: discord.Interaction[Any], asked: Asked) -> None:
        """Do what a member asks of an edition that waits for approval."""
        try:
            parts = await self.door.enter(interaction, "approve")
            await answer_review(interaction, asked, parts)
        except Exception as error:  # noqa: BLE001 - as above
            await explain(interaction, error)


async def run(client: discord.Client, token: str) -> None:
    """Stay signed in until cancelled or closed, and sign out within `CLOSE_SECONDS`.

    Raises:
        SettingsError: Discord refuses the token or the intents; the sentence says what to do.
        DeliveryError: Discord cannot be reached.
    """
    try:
        await client.start(token)
    except (
        discord.LoginFailure,
        discord.PrivilegedIntentsRequired,
        discord.HTTPException,
        *LOST,
    ) as error:
        raise sign_in_error(error) from error
    finally:
        await _close(client)


async def _close(client: discord.Client) -> None:
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await client.close()
    except TimeoutError:
        log.warning("Discord did not say goodbye in time")


def joined_at(guild: discord.Guild) -> datetime:
    """Return when we joined the server; far in the past if Discord did not say."""
    me = cast("discord.Member | None", guild.me)
    return (me and me.joined_at) or datetime.min.replace(tzinfo=UTC)


def _intents(*, reads_messages: bool) -> discord.Intents:
    """Return the least that works.

    Guilds for channels and permissions, guild messages for questions in threads, and message
    content (a privileged intent) because a question need not mention the bot.
    """
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.message_content = reads_messages
    return intents
