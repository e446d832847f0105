"""Where a story's thread is: found, opened in a channel, or a post of a forum."""

import discord

from bot.chat.failures import lacking
from bot.chat.guard import sent_once
from bot.chat.replies import name_of
from bot.chat.texts import threads as texts
from bot.delivery.phrases import listed
from bot.delivery.titles import thread_name
from bot.errors import DeliveryError, UnknownError

Home = discord.TextChannel | discord.ForumChannel


def home_of(channel: object) -> Home:
    """Return the channel whose threads a story told in `channel` is discussed in.

    What is told in a thread or a forum's post is discussed beside it.

    Raises:
        DeliveryError: there are no threads.
    """
    home = channel.parent if isinstance(channel, discord.Thread) else channel
    if not isinstance(home, Home):
        raise DeliveryError(texts.NO_THREADS.format(where=name_of(channel)), permanent=True)
    return home


async def find_opened(guild: discord.Guild, thread_id: int) -> discord.Thread | None:
    """Return the thread, archived or not; `None` if it was deleted.

    Raises:
        UnknownError: it is no thread.
        discord.HTTPException: it cannot be seen.
    """
    try:
        found = guild.get_thread(thread_id) or await guild.fetch_channel(thread_id)
    except discord.NotFound:
        return None
    if not isinstance(found, discord.Thread):
        raise UnknownError(texts.NO_THREAD)
    return found


async def open_thread(home: Home, headline: str, first: discord.ui.LayoutView) -> discord.Thread:
    """Open a thread, or in a forum a post, which takes its first message with it.

    Raises:
        DeliveryError: we may not; the sentence names what is missing.
        discord.HTTPException: Discord refuses.
    """
    allowed = home.permissions_for(home.guild.me)
    kinds = discord.ChannelType
    in_forum = isinstance(home, discord.ForumChannel)
    if missing := lacking(allowed, "forum" if in_forum else "channel"):
        sentence = texts.NOT_YET.format(where=name_of(home), missing=listed(missing))
        raise DeliveryError(sentence, permanent=True)
    name = thread_name(headline)
    if isinstance(home, discord.ForumChannel):
        tags = home.available_tags[:1] if home.flags.require_tag else []
        with sent_once(lambda: True):  # a repeat would open a second post
            post = await home.create_thread(name=name, view=first, applied_tags=tags)
        return post.thread
    kind = kinds.news_thread if home.is_news() else kinds.public_thread
    return await home.create_thread(name=name, type=kind)
