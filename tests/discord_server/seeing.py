"""What the bot may read of a message when it lacks the intent for what people write."""

from collections.abc import Mapping
from typing import Final

from tests.discord_server.components import Json

EMPTY: Final[Mapping[str, object]] = {
    "content": "",
    "embeds": [],
    "attachments": [],
    "components": [],
}
"""Source: Discord API reference, "Message Content Intent"."""


def conceal(message: Json, bot_id: int) -> Json:
    """Return the message of a server without its content, unless it is the bot's or mentions it.

    The same holds for the message that it replies to.
    """
    original = message.get("referenced_message")
    if original:
        message = {**message, "referenced_message": conceal(original, bot_id)}
    me = str(bot_id)
    mentioned = any(user["id"] == me for user in message.get("mentions", ()))
    if mentioned or message["author"]["id"] == me:
        return message
    return {**message, **EMPTY}
