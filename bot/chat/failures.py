"""Turns what Discord refuses into sentences that an editor can act on."""

from typing import Final

import aiohttp
import discord
from discord import app_commands

from bot.errors import DeliveryError, NutgrafError
from bot.news import TargetKind

LOST: Final = (aiohttp.ClientError, OSError)
"""What discord.py lets through when the connection fails; a time-out is an `OSError`."""

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_INTERACTION: Final = 10062
NO_ACCESS: Final = 50001
CLOSED_TO_US: Final = 50007
NO_PERMISSION: Final = 50013
THREAD_ARCHIVED: Final = 50083
THREAD_LOCKED: Final = 160005
THREADS_FULL: Final = 160006
TOO_MANY: Final = 429
SERVER_FAULT: Final = 500
CLOSED: Final = (403, 404)
"""Codes and states. Source: Discord API, "Opcodes and Status Codes"."""

NEEDED: Final = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
"""Permissions that an edition's channel needs, as Discord's settings call them in English."""

SENTENCES: Final = {
    UNKNOWN_CHANNEL: "{where} does not exist any more. Choose another channel.",
    NO_ACCESS: "I cannot see {where}. Give me the permission View Channel there.",
    CLOSED_TO_US: "I may not write to {where}. Allow direct messages from members of this server.",
    THREAD_ARCHIVED: "{where} is archived. Open the thread again, or choose another channel.",
    THREAD_LOCKED: "{where} is locked. A moderator can unlock it.",
    THREADS_FULL: "This server has as many open threads as Discord allows. Close some of them.",
    NO_PERMISSION: (
        "I may not post in {where}. Give me these permissions there: " + ", ".join(NEEDED.values())
    )
    + ".",
}


NOT_NEEDED: Final[dict[TargetKind, tuple[str, ...]]] = {
    "thread": ("send_messages", "create_public_threads"),
    "forum": ("create_public_threads",),
}
"""What a kind of target does without: a post in a forum is opened by sending messages there."""


def lacking(permissions: discord.Permissions, target: TargetKind = "channel") -> tuple[str, ...]:
    """Return the names of the permissions that an edition's place needs and that are missing."""
    needed = {f: name for f, name in NEEDED.items() if f not in NOT_NEEDED.get(target, ())}
    return tuple(name for flag, name in needed.items() if not getattr(permissions, flag))


def delivery_error(error: Exception, where: str) -> DeliveryError:
    """Return what Discord's or the connection's error means for a post in `where`."""
    if isinstance(error, discord.RateLimited):
        return _too_many(where, error.retry_after)
    if not isinstance(error, discord.HTTPException):
        return DeliveryError(f"Discord could not be reached to post in {where}: {error}.")
    if error.status == TOO_MANY:
        return _too_many(where, _retry_after(error))
    if error.code in SENTENCES:
        return DeliveryError(SENTENCES[error.code].format(where=where), closed=True)
    return DeliveryError(
        f"Discord did not take the post in {where}: {error.text or error} ({error.status}).",
        permanent=error.status < SERVER_FAULT,
        closed=error.status in CLOSED,
    )


def expected(error: Exception, where: str) -> NutgrafError | None:
    """Return what is to be told of an error in a command; `None` for one that nobody expected."""
    if isinstance(error, app_commands.CommandInvokeError):
        return expected(error.original, where)
    if isinstance(error, NutgrafError):
        return error
    if isinstance(error, app_commands.CommandSignatureMismatch | app_commands.CommandNotFound):
        return NutgrafError("This command has just changed. Try again in a minute.")
    if isinstance(error, app_commands.AppCommandError):
        return NutgrafError(f"{error}")
    return delivery_error(error, where) if _is_known(error) else None


def is_too_late(error: Exception) -> bool:
    """Tell whether Discord has given up waiting for an answer, so that nobody can be told."""
    if isinstance(error, app_commands.CommandInvokeError):
        return is_too_late(error.original)
    return isinstance(error, discord.NotFound) and error.code == UNKNOWN_INTERACTION


def _is_known(error: Exception) -> bool:
    if isinstance(error, discord.HTTPException):
        busy = error.status == TOO_MANY or error.status >= SERVER_FAULT
        return busy or error.code in SENTENCES
    return isinstance(error, (discord.RateLimited, *LOST))


def _too_many(where: str, seconds: float) -> DeliveryError:
    sentence = f"Discord asks to wait {seconds:.0f} s before the next post in {where}."
    return DeliveryError(sentence, retry_after_seconds=seconds)


def _retry_after(error: discord.HTTPException) -> float:
    """Return the seconds that Discord's answer asks for; 0 if it does not say."""
    headers = getattr(error.response, "headers", None) or {}
    try:
        return max(float(headers.get("Retry-After", 0)), 0.0)
    except ValueError:
        return 0.0
