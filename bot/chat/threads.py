"""A thread for each story: opened by a button, remembered, and answered in."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, NamedTuple, cast

import discord

from bot.cards import Card
from bot.chat.archive_search import key_of, with_search
from bot.chat.door import Door
from bot.chat.failures import LOST
from bot.chat.parts import Parts
from bot.chat.replies import name_of, reply_card, say, sentence_for
from bot.chat.texts import threads as texts
from bot.chat.thread_homes import Home, find_opened, home_of, open_thread
from bot.chat.thread_questions import answered_by, is_from_person, is_question, replied_to, words_of
from bot.chat.thread_views import first_view, story_text
from bot.chat.views import Press, text_view
from bot.chat.wrong import with_wrong_button
from bot.delivery.answers import answer_card, long_note
from bot.delivery.citing import plain
from bot.delivery.compact import card_texts
from bot.delivery.edition import story_card
from bot.desk_briefings import story_of
from bot.desk_questions import ask_next
from bot.errors import NutgrafError, UnknownError
from bot.news import (
    MAX_TURN_CHARS,
    Brief,
    Briefing,
    StoryThread,
    ThreadMode,
    Turn,
)

log = logging.getLogger(__name__)


class Opened(NamedTuple):
    """A story's thread, and the sentence that leads a member to it."""

    thread_id: int
    told: str


class Discussions:
    """The threads of this client's stories.

    Args:
        parts: the newsroom's.
        door: whom it lets set what is answered, and how often it lets them ask.
        reads_messages: whether Discord gives us messages that do not mention us.
    """

    def __init__(self, parts: Parts, door: Door, *, reads_messages: bool) -> None:
        self._parts = parts
        self._door = door
        self._reads_messages = reads_messages
        self._opening: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def open(self, press: Press, channel: object) -> Opened:
        """Return the story's thread; it is opened now if there is none.

        A thread that was deleted is opened anew, with what was remembered of it.

        Raises:
            UnknownError: the story is gone.
            DeliveryError: the channel takes no threads, or we may not open one.
        """
        home = home_of(channel)
        # one press after the other in a channel: two at the same time would both find no thread
        async with self._opening[home.id]:
            edition, brief = await story_of(
                self._parts.desk,
                press.briefing_id,
                press.version,
                press.story,
                now=self._parts.clock(),
            )
            known = await self._known(home, channel, edition, brief)
            opened = await find_opened(home.guild, known.thread_id) if known else None
            if opened is None:
                return await self._start(home, edition, brief, known)
            if opened.last_message_id is None:  # its opener fell over before its first post
                await self._introduce(opened, edition, brief)
            return _where(opened)

    async def answer(self, message: discord.Message, us: discord.ClientUser) -> None:
        """Answer the message if it is a question in a story's thread; else do nothing."""
        if not isinstance(message.channel, discord.Thread) or not is_from_person(message):
            return
        try:
            thread = await self._asked_in(message, us)
        except Exception as error:
            if us not in message.mentions and replied_to(message, us) is None:
                raise  # perhaps it is not even ours
            sentence = sentence_for(error, name_of(message.channel), message.id)
            await self._send(message, say(sentence))
            return
        if thread is not None:
            async with _typing(message.channel):
                card, key = await self._card(thread, message, us)
            await self._send(message, card, key)

    async def choose(self, interaction: discord.Interaction[Any], mode: ThreadMode) -> None:
        """Keep what is answered in the interaction's thread, and show it in its first post.

        Raises:
            UnknownError: no story is discussed there.
        """
        thread = await self._parts.posts.find_thread(cast("int", interaction.channel_id))
        if thread is None:
            raise UnknownError(texts.NO_STORY)
        await self._parts.threads.set_mode(thread.thread_id, mode)
        if interaction.message:
            text = story_text(interaction.message)
            archive = self._parts.desk.tools.archive
            told = await archive.find_dossier(thread.briefing_id, thread.version)
            view = first_view(text, mode, reads_messages=self._reads_messages)
            if told:
                view = self._first(text, mode, told.briefing, thread.story_id)
            nobody = discord.AllowedMentions.none()  # an edit does not take the client's default
            await interaction.message.edit(view=view, allowed_mentions=nobody)
        await reply_card(interaction, say(texts.ANSWERED[mode]))

    # --- Opening -----------------------------------------------------------------

    async def _known(
        self, home: Home, channel: object, edition: Briefing, brief: Brief
    ) -> StoryThread | None:
        """Return the story's thread; a forum's post that tells this story alone becomes it."""
        posts, story = self._parts.posts, brief.story.id
        known = await posts.thread_of_story(home.id, edition.id, story)
        if known or not (isinstance(channel, discord.Thread) and home.id != channel.id):
            return known
        post = await posts.post_of_message(channel.id)
        if post is None or post.briefing_id != edition.id or post.stories != (story,):
            return None
        return await posts.add_thread(_thread(channel.id, home, edition, brief))

    async def _start(
        self, home: Home, edition: Briefing, brief: Brief, deleted: StoryThread | None
    ) -> Opened:
        first, *_ = self._texts(edition, brief)
        memory = await self._parts.threads.memory_of(deleted.thread_id if deleted else 0)
        view = self._first(first, memory.mode, edition, brief.story.id)
        opened = await open_thread(home, plain(brief.headline), view)
        ours = _thread(opened.id, home, edition, brief)
        if deleted:
            kept = await self._parts.threads.move(deleted.thread_id, ours)
        else:
            kept = await self._parts.posts.add_thread(ours)
        if kept.thread_id != opened.id:  # another process was quicker
            await opened.edit(archived=True)
        else:
            await self._introduce(opened, edition, brief)
        told = texts.REOPENED if deleted else texts.DISCUSSED
        return Opened(kept.thread_id, told.format(thread=kept.thread_id))

    async def _introduce(self, opened: discord.Thread, edition: Briefing, brief: Brief) -> None:
        memory = await self._parts.threads.memory_of(opened.id)
        first, *others = self._texts(edition, brief)
        if not isinstance(opened.parent, discord.ForumChannel):
            await opened.send(view=self._first(first, memory.mode, edition, brief.story.id))
        for text in others:
            await opened.send(view=text_view(text))

    def _texts(self, edition: Briefing, brief: Brief) -> tuple[str, ...]:
        return card_texts(story_card(edition, brief, self._parts.desk.zone))

    def _first(
        self, text: str, mode: ThreadMode, edition: Briefing, story_id: str
    ) -> discord.ui.LayoutView:
        """Return the first post, with *Something's wrong* of its story below."""
        view = first_view(text, mode, reads_messages=self._reads_messages)
        ids = [brief.story.id for brief in edition.briefs]
        if story_id not in ids:
            return view
        return with_wrong_button(view, edition.id, edition.version, ids.index(story_id) + 1)

    # --- Answering ---------------------------------------------------------------

    async def _asked_in(
        self, message: discord.Message, us: discord.ClientUser
    ) -> StoryThread | None:
        """Return the story's thread that the message asks in; `None` if it is no question there."""
        thread = await self._parts.posts.find_thread(message.channel.id)
        if thread is None:
            return None
        memory = await self._parts.threads.memory_of(thread.thread_id)
        return thread if is_question(message, us, memory.mode) else None

    async def _card(
        self, thread: StoryThread, message: discord.Message, us: discord.ClientUser
    ) -> tuple[Card, str]:
        """Return the answer, and the key to ask the archive the same if the story has none."""
        question = words_of(message, us)
        if not question:
            return say(texts.ASK), ""
        desk, now = self._parts.desk, self._parts.clock()
        try:
            self._door.count(message.author.id, "question", self._parts)
            told = await ask_next(
                desk,
                thread,
                question,
                now=now,
                memory=await self._parts.threads.memory_of(thread.thread_id),
                member_id=message.author.id,
                replied_to=answered_by(message, us),
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, the member is told of it
            return say(sentence_for(error, name_of(message.channel), message.id)), ""
        turn = Turn(message.id, message.author.id, question[:MAX_TURN_CHARS], now)
        try:
            await self._parts.threads.remember(thread.thread_id, turn)
        except NutgrafError as error:  # the answer is worth more than what comes after it
            log.warning("question not remembered", extra={"reason": str(error)})
        card = answer_card(told.answer, desk.zone)
        card = Card((*long_note(question), *card.blocks))
        if not told.answer.refusal:
            return card, ""
        return card, await key_of(desk, question, now, told.previous)

    async def _send(self, message: discord.Message, card: Card, key: str = "") -> None:
        origin = message.to_reference(fail_if_not_exists=False)
        views = [text_view(text) for text in card_texts(card)]
        with_search(views[-1], key)
        for number, view in enumerate(views):
            nonce = f"a{number}-{message.id}"  # Discord may hand us a message twice
            await message.channel.send(view=view, reference=origin, nonce=nonce)


def _thread(thread_id: int, home: Home, edition: Briefing, brief: Brief) -> StoryThread:
    return StoryThread(thread_id, home.id, edition.id, edition.version, brief.story.id)


def _where(opened: discord.Thread) -> Opened:
    told = texts.LOCKED if opened.locked else texts.DISCUSSED
    told = texts.ARCHIVED if opened.archived and not opened.locked else told
    return Opened(opened.id, told.format(thread=opened.id))


@asynccontextmanager
async def _typing(channel: discord.Thread) -> AsyncIterator[None]:
    """Show that an answer comes, for as long as it takes."""
    async with AsyncExitStack() as stack:
        # the answer matters, the sign that it comes does not
        with suppress(discord.HTTPException, discord.RateLimited, *LOST):
            await stack.enter_async_context(channel.typing())
        yield
