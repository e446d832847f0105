"""What chiefs can set for a server of the newsroom, and which servers belong to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from bot.errors import ScheduleError, UnknownError, VerificationError
from bot.news import Filters, Server
from bot.ports import Servers, Timetable

Kind = Literal["reader", "editor", "chief"]
FIELDS: Final[dict[Kind, str]] = {"reader": "readers", "editor": "editors", "chief": "chiefs"}
MAX_ROLES: Final = 20
"""Roles of Discord's that one role of ours is mapped to: no server needs more."""
AS_THE_NEWSROOM: Final = ("default", "none", "-")
"""What takes a zone or language of the server's own back."""


@dataclass(frozen=True)
class ServerWish:
    """What was asked for a server; `None` leaves what is there.

    The ids are of roles of Discord's that are a role of ours from now on, beside those that were;
    `forget` is a role of ours that goes by permissions again.
    """

    zone: str | None = None
    language: str | None = None
    reader: int | None = None
    editor: int | None = None
    chief: int | None = None
    forget: Kind | None = None


async def set_server(servers: Servers, server_id: int, wish: ServerWish) -> Server:
    """Change what is set for a server, and return how it stands now.

    Raises:
        ScheduleError: the zone or language is none, or too many roles are mapped.
        UnknownError: the server does not belong to the newsroom.
    """
    zone = None if wish.zone is None else _zone(wish.zone)
    language = None if wish.language is None else _language(wish.language)

    def change(server: Server) -> Server:
        if wish.forget:
            server = replace(server, **{FIELDS[wish.forget]: ()})
        for kind, field in FIELDS.items():
            server = replace(server, **{field: _with(server, field, getattr(wish, kind))})
        return replace(
            server,
            zone=server.zone if zone is None else zone,
            language=server.language if language is None else language,
        )

    return _required(await servers.change_server(server_id, change), server_id)


async def note_welcomed(servers: Servers, server_id: int) -> None:
    """Remember that the setup card was posted in the server."""
    await servers.change_server(server_id, lambda server: replace(server, welcomed=True))


async def add_server(
    ours: Servers, others: Mapping[str, Servers], server_id: int, *, now: datetime
) -> bool:
    """Let a server belong to the newsroom; false if it does already.

    `others` are the other newsrooms by their names: a server belongs to one alone.

    Raises:
        UnknownError: it belongs to another newsroom.
    """
    for name, servers in others.items():
        if await servers.find_server(server_id):
            raise UnknownError(
                f"Server {server_id} belongs to the newsroom {name}; remove it there first."
            )
    return await ours.add_server(server_id, now=now)


async def remove_server(
    servers: Servers, timetable: Timetable, server_id: int, *, now: datetime
) -> int:
    """Let a server belong no longer, and pause its schedules; return how many those were.

    Raises:
        UnknownError: it does not belong to the newsroom.
    """
    if not await servers.remove_server(server_id):
        raise UnknownError(f"Server {server_id} does not belong to this newsroom.")
    because = "Its server does not belong to the newsroom any more."
    return sum(
        [
            await timetable.pause_schedule(schedule.id, because=because, now=now)
            for schedule in await timetable.schedules(server_id)
        ]
    )


def _with(server: Server, field: str, role_id: int | None) -> tuple[int, ...]:
    known: tuple[int, ...] = getattr(server, field)
    if role_id is None or role_id in known:
        return known
    if len(known) >= MAX_ROLES:
        raise ScheduleError(f"More than {MAX_ROLES} roles cannot be mapped to one.")
    return (*known, role_id)


def _zone(typed: str) -> str:
    name = typed.strip()
    if name.casefold() in AS_THE_NEWSROOM:
        return ""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ScheduleError(
            f"“{name}” is not in the IANA time zone database. Write it like Europe/London."
        ) from error


def _language(typed: str) -> str:
    name = typed.strip().casefold()
    if name in AS_THE_NEWSROOM:
        return ""
    try:
        return Filters(language=name).language
    except VerificationError as error:
        raise ScheduleError(str(error)) from error


def _required(server: Server | None, server_id: int) -> Server:
    if server is None:
        raise UnknownError(f"Server {server_id} does not belong to this newsroom.")
    return server
