"""Posts editions into Discord, and finds a post again after a crash.

How a repeat is recognised, for each kind of target:

- **channel** (text or news), **thread** and **direct** message: within a minute of the first try
  by the nonce, on which Discord answers with the message that stands there already; later by the
  key of the post in a button's id, looked for in the history since the first try.
- **forum**: the first message of an edition opens a post, which takes no nonce. So before every
  retry its key is looked for in the first messages of our own posts there, active and archived,
  since the first try; and discord.py, which repeats a request by itself, is kept from it
  (`bot.chat.guard`). The edition's other messages go into that post, as into any thread.

Where the history cannot be read, nothing is sent: the post is held, and operations are told.
Without the permission Discord answers with an empty history, so that is looked at first.
"""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta, tzinfo
from typing import Final, cast
from zoneinfo import ZoneInfo

import discord

from bot.chat.failures import LOST, UNKNOWN_MESSAGE, delivery_error
from bot.chat.guard import sent_once
from bot.chat.rendering import open_post, post_in, put_right, rendered
from bot.chat.texts import door as texts
from bot.chat.views import marks_of, text_view
from bot.delivery.compact import ChatMessage, message_number
from bot.delivery.edition import headline
from bot.delivery.parting import TAKEN_BACK, message_of
from bot.delivery.titles import thread_name
from bot.errors import DeliveryError
from bot.news import Dossier, Post, Rendering, Server
from bot.ports import Servers

BEFORE_TRY: Final = timedelta(minutes=1)
"""How far our clock may run ahead of Discord's when we look for what was sent after a try."""
REMEMBERED: Final = 2000
"""Posts of forums whose marks are kept in memory, so that each is fetched once."""
FAILURES: Final = (discord.HTTPException, discord.RateLimited, discord.InvalidData, *LOST)


class DiscordChannels:
    """Port `Channels`. Works once the client is logged in; needs no gateway.

    Args:
        client: sends the requests; its `http_trace` is a `Guard`'s.
        zone: the reader's clock in editions, where a server has set none of its own.
        servers: those of the newsroom; nothing is posted in any other.
    """

    def __init__(self, client: discord.Client, zone: tzinfo, servers: Servers) -> None:
        self._client = client
        self._zone = zone
        self._servers = servers
        self._homes: dict[int, int] = {}
        self._openers: dict[int, set[str]] = {}

    async def send(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> int:
        """Send the post's message of the edition; return its id."""
        server = await self._server(post)
        zone = ZoneInfo(server.zone) if server and server.zone else self._zone
        message = message_of(post, dossier, zone)
        if message is None:
            raise DeliveryError(f"Post {post.key} has nothing to say any more.", permanent=True)
        rendering: Rendering = server.rendering if server else "components"
        shown = rendered(message, dossier, post.nonce, rendering)
        try:
            if _opens_post(post):
                forum = await self._forum(post)
                title = thread_name(headline(dossier.briefing, zone))
                with sent_once(may_send):
                    return (await open_post(forum, title, shown)).id
            # In discord.py a nonce brings `enforce_nonce` along: sent again, Discord answers with
            # the message that stands there already.
            room = self._room(post, first_id)
            answered = _reference(post.reply_to, room) if post.reply_to else None
            with sent_once(may_send):
                sent = await post_in(room, shown, post.nonce, answered)
        except FAILURES as error:
            raise delivery_error(error, self._name(post)) from error
        return sent.id

    async def edit(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> bool:
        """Make the post's message show the briefing; false if somebody deleted the message."""
        server = await self._server(post)
        zone = ZoneInfo(server.zone) if server and server.zone else self._zone
        message = message_of(post, dossier, zone) or ChatMessage((), TAKEN_BACK)
        # the first message of a forum's post stands in the thread of its own id
        room = self._room(post, post.message_id if _opens_post(post) else first_id)
        try:
            stands = await room.fetch_message(post.message_id or 0)
            # a message stays of its kind, whatever the server wants by now
            shown = rendered(
                message, dossier, post.nonce, "embeds" if stands.embeds else "components"
            )
            with sent_once(may_send):
                await put_right(stands, shown)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise delivery_error(error, self._name(post)) from error
            return False
        except FAILURES as error:
            raise delivery_error(error, self._name(post)) from error
        return True

    async def take_back(self, thread_id: int, *, may_send: Callable[[], bool]) -> int:
        """Empty our own messages in a thread that are no posts; return how many had words."""
        us, where = self._client.user, f"<#{thread_id}>"
        room, taken = self._client.get_partial_messageable(thread_id), 0
        view = text_view(TAKEN_BACK)
        try:
            async for message in room.history(limit=None):
                is_ours = us is not None and message.author.id == us.id
                if not is_ours or marks_of(message) or _is_taken_back(message):
                    continue
                with sent_once(may_send):
                    await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
                taken += 1
        except discord.NotFound:  # somebody deleted the thread, and all that stood in it
            return taken
        except FAILURES as error:
            raise delivery_error(error, where) from error
        return taken

    async def find(self, post: Post, since: datetime, *, first_id: int | None = None) -> int | None:
        """Return the id of our own message that carries the post's mark in a button."""
        after, us = since - BEFORE_TRY, self._client.user
        try:
            await self._require_history(post)
            if _opens_post(post):
                return await self._find_opener(post, after)
            async for message in self._room(post, first_id).history(limit=None, after=after):
                if us and message.author.id == us.id and post.nonce in marks_of(message):
                    return message.id
        except FAILURES as error:
            raise delivery_error(error, self._name(post)) from error
        return None

    async def _find_opener(self, post: Post, after: datetime) -> int | None:
        """Return the id of the post of the forum, of ours since then, that opens with the mark."""
        forum, us = await self._forum(post), self._client.user
        async for thread in _threads(forum):
            is_new = discord.utils.snowflake_time(thread.id) > after
            is_ours = us is not None and thread.owner_id == us.id
            if is_new and is_ours and post.nonce in await self._opener(thread):
                return thread.id
        return None

    async def _opener(self, thread: discord.Thread) -> set[str]:
        """Return the marks of the thread's first message, which keeps them for ever."""
        if thread.id not in self._openers:
            if len(self._openers) >= REMEMBERED:
                self._openers.clear()
            try:
                opener = await thread.fetch_message(thread.id)
            except discord.NotFound:  # somebody deleted it
                return set()
            self._openers[thread.id] = marks_of(opener)
        return self._openers[thread.id]

    async def _server(self, post: Post) -> Server | None:
        """Return the post's server; a member, who is written to directly, has none.

        Raises:
            DeliveryError: the channel is of a server that does not belong to the newsroom.
        """
        if post.target == "direct":
            return None
        try:
            server = await self._servers.find_server(await self._home(post))
        except FAILURES as error:
            raise delivery_error(error, self._name(post)) from error
        if server is None:
            raise DeliveryError(texts.FOREIGN.format(where=self._name(post)), closed=True)
        return server

    async def _home(self, post: Post) -> int:
        """Return the id of the channel's server, which never changes; 0 if it has none."""
        if post.channel_id not in self._homes:
            found = await self._find_channel(post)
            guild_id = 0
            if isinstance(found, discord.abc.GuildChannel | discord.Thread):
                guild_id = found.guild.id
            if len(self._homes) >= REMEMBERED:
                self._homes.clear()
            self._homes[post.channel_id] = guild_id
        return self._homes[post.channel_id]

    def _room(self, post: Post, first_id: int | None) -> discord.PartialMessageable:
        # the post of a forum is a thread whose id is that of its first message
        inside = first_id if post.target == "forum" and first_id else post.channel_id
        return self._client.get_partial_messageable(inside)

    async def _forum(self, post: Post) -> discord.ForumChannel:
        found = await self._find_channel(post)
        if not isinstance(found, discord.ForumChannel):
            raise DeliveryError(f"{self._name(post)} is no forum any more.", closed=True)
        return found

    async def _find_channel(self, post: Post) -> object:
        known = self._client.get_channel(post.channel_id)
        return known or await self._client.fetch_channel(post.channel_id)

    async def _require_history(self, post: Post) -> None:
        """Make sure that an empty history means that nothing stands there.

        Raises:
            DeliveryError: we may not read it.
        """
        if post.target == "direct":
            return
        allowed = await self._permissions(await self._find_channel(post))
        if allowed is None or not (allowed.view_channel and allowed.read_message_history):
            raise DeliveryError(
                f"I cannot see whether it stands in {self._name(post)} already. Give me the "
                "permissions View Channel and Read Message History there.",
                held=True,
            )

    async def _permissions(self, channel: object) -> discord.Permissions | None:
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return None
        guild = channel.guild
        me = cast("discord.Member | None", guild.me)
        home_id = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
        if me is None and self._client.user:  # no gateway: nothing is known of the server
            guild = await self._client.fetch_guild(guild.id)
            me = await guild.fetch_member(self._client.user.id)
        home = guild.get_channel(home_id) or await guild.fetch_channel(home_id)
        return home.permissions_for(me) if me else None

    def _name(self, post: Post) -> str:
        channel = self._client.get_channel(post.channel_id)
        name = getattr(channel, "name", None)
        return f"#{name}" if name else f"channel {post.channel_id}"


def _reference(message_id: int, room: discord.PartialMessageable) -> discord.MessageReference:
    """Return the message of the room to answer; if it is gone, the answer stands alone."""
    return discord.MessageReference(
        message_id=message_id, channel_id=room.id, fail_if_not_exists=False
    )


def _is_taken_back(message: discord.Message) -> bool:
    """Tell whether a message of ours was emptied before, or never said anything of a story."""
    texts = [message.content, *_texts([part.to_dict() for part in message.components])]
    return not set(texts) - {"", TAKEN_BACK}


def _texts(node: object) -> list[str]:
    """Return what the parts of a message say, however deep they stand."""
    if isinstance(node, dict):
        own = [node["content"]] if isinstance(node.get("content"), str) else []
        return own + [text for value in node.values() for text in _texts(value)]
    return [text for part in node for text in _texts(part)] if isinstance(node, list) else []


def _opens_post(post: Post) -> bool:
    return post.target == "forum" and message_number(post.key) == 1


async def _threads(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    """Give the forum's posts, active and archived; asked of Discord, not of what we remember."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):
        yield thread
