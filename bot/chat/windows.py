"""How far back a command looks: what can be chosen, and the instant that it means."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

import discord
from discord.app_commands import Choice

from bot.chat.parts import Parts
from bot.chat.texts import windows as texts
from bot.errors import UnknownError

MIDNIGHT: Final = "midnight"
LAST_EDITION: Final = "last edition"
SPANS: Final[Mapping[str, timedelta]] = {
    **{f"{n}h": timedelta(hours=n) for n in texts.HOURS},
    **{f"{n}d": timedelta(days=n) for n in texts.DAYS},
}
SINCE_CHOICES: Final = [
    *(Choice(name=said, value=f"{n}h") for n, said in texts.HOURS.items()),
    *(Choice(name=said, value=f"{n}d") for n, said in texts.DAYS.items()),
    Choice(name=texts.MIDNIGHT, value=MIDNIGHT),
    Choice(name=texts.LAST_EDITION, value=LAST_EDITION),
]

LENGTHS: Final[Mapping[str, int | None]] = {"short": 3, "usual": None, "long": 12}
"""Stories at most; `None` is the desk's own number."""
LENGTH_CHOICES: Final = [
    Choice(name=texts.SHORT, value="short"),
    Choice(name=texts.USUAL, value="usual"),
    Choice(name=texts.LONG, value="long"),
]


async def since_of(
    parts: Parts, interaction: discord.Interaction[Any], chosen: str | None
) -> datetime | None:
    """Return the instant that was chosen; `None` means the desk's own window.

    Raises:
        UnknownError: no edition was posted in the channel, or Discord sent what is no choice.
    """
    now = parts.clock()
    if chosen is None:
        return None
    if chosen == MIDNIGHT:
        return midnight(now, parts.desk.zone)
    if chosen == LAST_EDITION:
        return await _last_edition(parts, interaction.channel_id or 0)
    if chosen not in SPANS:
        raise UnknownError(f"There is no window {chosen!r}. Choose one of those suggested.")
    return now - SPANS[chosen]


def midnight(now: datetime, zone: tzinfo) -> datetime:
    """Return, in UTC, when the day began on the zone's clock."""
    local = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return local.astimezone(now.tzinfo)


async def _last_edition(parts: Parts, channel_id: int) -> datetime:
    post = await parts.posts.last_post(channel_id)
    if post is None or post.tried_at is None:
        raise UnknownError(texts.NO_EDITION)
    return post.tried_at
