"""What a member can ask of one address on the web: to have it read and briefed."""

from dataclasses import replace
from datetime import datetime

from bot.desk import Desk
from bot.errors import FetchError
from bot.news import Dossier, is_web
from bot.ports import Documents
from bot.tools import Listed


async def brief_link(desk: Desk, links: Documents, address: str, *, now: datetime) -> Dossier:
    """Read what stands at a web address, through a door of its own, and brief it.

    `links` refuses what is not public, whatever the desk itself may read: any member names the
    address. Nothing but the web is read, so no path.

    Raises:
        FetchError: it is no web address.
        NothingReadError: no article stands there, or it could not be read; the sentence says why.
    """
    address = address.strip().removeprefix("<").removesuffix(">")
    if not is_web(address):
        raise FetchError(address, "is no web address; one begins with https:// or http://")
    public = replace(desk, tools=replace(desk.tools, documents=links), last_edition=None)
    return await public.brief_these([Listed(address)], now=now)
