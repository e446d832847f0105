"""A thread for each story: opened by a button, remembered, and answered in."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import discord

from bot.cards import Card
from bot.chat.failures import lacking
from bot.chat.parts import Parts
from bot.chat.replies import name_of, say, sentence_for
from bot.chat.views import Press, text_view
from bot.chat.wrong import with_wrong_button
from bot.delivery.answers import answer_card
from bot.delivery.citing import plain
from bot.delivery.compact import card_texts
from bot.delivery.edition import story_card
from bot.delivery.phrases import listed
from bot.delivery.titles import thread_name
from bot.desk_briefings import ask, story_of
from bot.errors import DeliveryError, UnknownError
from bot.news import Brief, Briefing, StoryThread

QUESTION: Final = re.compile(r"[?？؟⁇‽]\s*\Z")
REMEMBERED: Final = 500
"""Threads whose last question is kept in memory, for "and when was that?"."""


class Discussions:
    """The threads of a server's stories.

    Args:
        parts: the server's newsroom.
        count: counts a question of the member with that id; raises `OftenError`.
    """

    def __init__(self, parts: Parts, count: Callable[[int], None]) -> None:
        self._parts = parts
        self._count = count
        self._opening = asyncio.Lock()
        self._previous: OrderedDict[int, str] = OrderedDict()

    async def open(self, press: Press, channel: object) -> StoryThread:
        """Return the story's thread in the channel, opened now if there is none.

        Raises:
            UnknownError: the story, or its thread, is gone.
            DeliveryError: the channel takes no threads.
        """
        home = channel.parent if isinstance(channel, discord.Thread) else channel
        if not isinstance(home, discord.TextChannel):
            raise DeliveryError(f"{name_of(channel)} takes no threads.", permanent=True)
        # one press after the other: two at the same time would both find no thread
        async with self._opening:
            edition, brief = await story_of(
                self._parts.desk,
                press.briefing_id,
                press.version,
                press.story,
                now=self._parts.clock(),
            )
            known = await self._parts.posts.thread_of_story(home.id, edition.id, brief.story.id)
            kept = known or await self._start(home, edition, brief)
            opened = await _find_thread(home.guild, kept.thread_id)
            if opened.last_message_id is None:  # new, or its opener fell over before its first post
                await self._introduce(opened, edition, brief)
            return kept

    async def answer(self, message: discord.Message, us: discord.ClientUser) -> None:
        """Answer the message if it is a question in a story's thread; else do nothing."""
        if not isinstance(message.channel, discord.Thread) or not _is_question(message, us):
            return
        thread = await self._parts.posts.find_thread(message.channel.id)
        if thread is None:
            return
        with suppress(discord.HTTPException):  # the answer matters, the sign that it comes does not
            await message.channel.typing()
        card = await self._card(thread, message, _question(message, us))
        origin = message.to_reference(fail_if_not_exists=False)
        for text in card_texts(card):
            await message.channel.send(view=text_view(text), reference=origin)

    async def _start(
        self, home: discord.TextChannel, edition: Briefing, brief: Brief
    ) -> StoryThread:
        if missing := lacking(home.permissions_for(home.guild.me)):
            raise DeliveryError(
                f"I cannot discuss in {name_of(home)} yet. Give me there: {listed(missing)}.",
                permanent=True,
            )
        kinds = discord.ChannelType
        opened = await home.create_thread(
            name=thread_name(plain(brief.headline)),
            type=kinds.news_thread if home.is_news() else kinds.public_thread,
        )
        ours = StoryThread(opened.id, home.id, edition.id, edition.version, brief.story.id)
        kept = await self._parts.posts.add_thread(ours)
        if kept.thread_id != opened.id:  # another process was quicker
            await opened.edit(archived=True)
        return kept

    async def _introduce(self, opened: discord.Thread, edition: Briefing, brief: Brief) -> None:
        texts = card_texts(story_card(edition, brief, self._parts.desk.zone))
        *views, last = map(text_view, texts)
        number = edition.briefs.index(brief) + 1
        for view in (*views, with_wrong_button(last, edition.id, edition.version, number)):
            await opened.send(view=view)

    async def _card(self, thread: StoryThread, message: discord.Message, question: str) -> Card:
        if not question:
            return say("What would you like to know about this story?")
        previous = self._previous.get(thread.thread_id, "")
        self._remember(thread.thread_id, question)
        desk, now = self._parts.desk, self._parts.clock()
        try:
            self._count(message.author.id)
            found = await ask(desk, thread, question, now=now, previous=previous)
        except Exception as error:  # noqa: BLE001 - whatever it was, the member is told of it
            return say(sentence_for(error, name_of(message.channel), message.id))
        return answer_card(found, desk.zone)

    def _remember(self, thread_id: int, question: str) -> None:
        self._previous[thread_id] = question
        self._previous.move_to_end(thread_id)
        if len(self._previous) > REMEMBERED:
            self._previous.popitem(last=False)


async def _find_thread(guild: discord.Guild, thread_id: int) -> discord.Thread:
    """Return the thread, archived or not; one that was deleted is not replaced."""
    try:
        found = guild.get_thread(thread_id) or await guild.fetch_channel(thread_id)
    except discord.NotFound as error:
        raise UnknownError("The thread of this story was deleted in Discord.") from error
    if not isinstance(found, discord.Thread):
        raise UnknownError("The thread of this story is no thread any more.")
    return found


def _is_question(message: discord.Message, us: discord.ClientUser) -> bool:
    if us in message.mentions or QUESTION.search(message.content):
        return True
    told = message.reference and message.reference.resolved
    return isinstance(told, discord.Message) and told.author.id == us.id


def _question(message: discord.Message, us: discord.ClientUser) -> str:
    """Return the words without the mention of ourselves."""
    return re.sub(rf"<@!?{us.id}>", " ", message.content).strip()
