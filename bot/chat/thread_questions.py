"""What counts as a question in a story's thread, and to whose answer it replies."""

import re
from typing import Final

import discord

from bot.news import ThreadMode

QUESTION: Final = re.compile(r"[?？؟⁇‽;՞]\s*\Z")
"""Question marks; U+037E, which looks like a semicolon, is the Greek one."""
TALK: Final = (discord.MessageType.default, discord.MessageType.reply)


def is_from_person(message: discord.Message) -> bool:
    """Tell whether a member wrote it: no bot, no webhook, not Discord itself."""
    return not message.author.bot and message.webhook_id is None and message.type in TALK


def is_question(message: discord.Message, us: discord.ClientUser, mode: ThreadMode) -> bool:
    """Tell whether the message is to be answered.

    One whose text we are not given is none, unless it mentions us.
    """
    if us in message.mentions:
        return True
    if not message.content.strip():
        return False
    if mode == "all" or replied_to(message, us) is not None:
        return True
    return mode == "questions" and QUESTION.search(message.content) is not None


def replied_to(message: discord.Message, us: discord.ClientUser) -> discord.Message | None:
    """Return the message of ours that it replies to."""
    told = message.reference and message.reference.resolved
    return told if isinstance(told, discord.Message) and told.author.id == us.id else None


def answered_by(message: discord.Message, us: discord.ClientUser) -> int | None:
    """Return the id of the question to whose answer the message replies."""
    told = replied_to(message, us)
    return told.reference.message_id if told and told.reference else None


def words_of(message: discord.Message, us: discord.ClientUser) -> str:
    """Return the words without the mention of ourselves."""
    return re.sub(rf"<@!?{us.id}>", " ", message.content).strip()
