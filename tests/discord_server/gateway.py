"""Discord's gateway: sessions over WebSocket that are told of events and may be resumed."""

import asyncio
import contextlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from secrets import token_hex
from typing import Final

from aiohttp import WSMsgType, web

from tests.discord_server.bell import Bell
from tests.discord_server.components import Json
from tests.discord_server.permissions import PRIVILEGED, Intent
from tests.discord_server.seeing import conceal
from tests.discord_server.world import World


class Op(IntEnum):
    """Source: Discord API reference, "Gateway Opcodes"."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


UNKNOWN_OPCODE: Final = 4001
DECODE_ERROR: Final = 4002
NOT_AUTHENTICATED: Final = 4003
AUTHENTICATION_FAILED: Final = 4004
ALREADY_AUTHENTICATED: Final = 4005
DISALLOWED_INTENTS: Final = 4014
"""Source: Discord API reference, "Gateway Close Event Codes"."""

HEARTBEAT_MILLISECONDS: Final = 41_250


class Connection:
    """One WebSocket; what is sent goes out in order, a close after all that was sent before it."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self._transport = request.transport
        compressed = request.query.get("compress") == "zlib-stream"
        self.session: Session | None = None
        self._zlib = zlib.compressobj() if compressed else None
        self._outgoing: asyncio.Queue[Json | int] = asyncio.Queue()

    def send(self, op: Op, data: object = None) -> None:
        """Queue a frame that is no event."""
        self._outgoing.put_nowait({"op": int(op), "d": data, "s": None, "t": None})

    def send_event(self, frame: Json) -> None:
        """Queue an event of the session."""
        self._outgoing.put_nowait(frame)

    def close(self, code: int) -> None:
        """Queue the end of the connection."""
        self._outgoing.put_nowait(code)

    def drop(self) -> None:
        """End the connection at once and without a word."""
        if self._transport:
            self._transport.abort()

    async def write(self) -> None:
        """Send what is queued until the connection is closed."""
        while True:
            frame = await self._outgoing.get()
            if isinstance(frame, int):
                await self.socket.close(code=frame)
                return
            await self._write(json.dumps(frame))

    async def _write(self, text: str) -> None:
        with contextlib.suppress(ConnectionError):  # the bot is gone; reading ends as well
            if self._zlib is None:
                await self.socket.send_str(text)
                return
            packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(packed)


@dataclass(eq=False)
class Session:
    """What one IDENTIFY began: it outlives connections and keeps its events to be resumed."""

    intents: Intent
    id: str = field(default_factory=lambda: token_hex(16))
    events: list[Json] = field(default_factory=list)
    connection: Connection | None = None

    def dispatch(self, event: str, data: Json) -> None:
        """Number the event, keep it, and send it if the bot is connected."""
        frame = {"op": int(Op.DISPATCH), "d": data, "s": len(self.events) + 1, "t": event}
        self.events.append(frame)
        if self.connection:
            self.connection.send_event(frame)

    def resume(self, connection: Connection, after: int) -> None:
        """Go on with another connection: the events missed come first."""
        self.connection, connection.session = connection, self
        for frame in self.events[after:]:
            connection.send_event(frame)
        self.dispatch("RESUMED", {})


class Gateway:
    """All sessions of the bot.

    `connections` counts the WebSockets there were, `identified` and `resumed` how they began.
    """

    def __init__(self, world: World, bell: Bell, token: str, allowed: Intent) -> None:
        self._world = world
        self._bell = bell
        self._token = token
        self._allowed = allowed
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self._open: set[Connection] = set()
        self.connections = self.identified = self.resumed = 0
        world.publish = self.publish

    @property
    def is_connected(self) -> bool:
        """Whether a bot is connected and logged in."""
        return any(connection.session for connection in self._open)

    def publish(self, event: str, data: Json, intent: Intent) -> None:
        """Tell every session that asked for such events."""
        for session in self.sessions.values():
            if intent in session.intents:
                session.dispatch(event, self._as_seen(event, data, session.intents))
        self._bell.ring()

    def _as_seen(self, event: str, data: Json, intents: Intent) -> Json:
        if event not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} or Intent.MESSAGE_CONTENT in intents:
            return data
        return conceal(data, self._world.bot.id) if "guild_id" in data else data

    def close(self, code: int) -> None:
        """Close every connection with a code; most can be resumed (not 4004, 4010 to 4014)."""
        self._each(lambda connection: connection.close(code))

    def drop(self) -> None:
        """Let every connection break off without a word."""
        self._each(Connection.drop)

    def reconnect(self) -> None:
        """Ask the bot to connect anew and resume, as Discord does before it moves a shard."""
        self._each(lambda connection: connection.send(Op.RECONNECT))

    def invalidate(self, *, resumable: bool = False) -> None:
        """Declare the session invalid; unless it is resumable, the bot must identify anew."""
        self._each(lambda connection: connection.send(Op.INVALID_SESSION, resumable))
        if not resumable:
            self.sessions.clear()

    def _each(self, act: Callable[[Connection], None]) -> None:
        for connection in tuple(self._open):
            if connection.session:
                act(connection)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk to one connection until it ends."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request)
        self._open.add(connection)
        self.connections += 1
        connection.send(Op.HELLO, {"heartbeat_interval": HEARTBEAT_MILLISECONDS})
        writer = asyncio.create_task(connection.write())
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._receive(connection, frame.data)
        finally:
            self._forget(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    async def stop(self) -> None:
        """End all connections."""
        for connection in tuple(self._open):
            await connection.socket.close(code=1001)

    def _forget(self, connection: Connection) -> None:
        self._open.discard(connection)
        if connection.session and connection.session.connection is connection:
            connection.session.connection = None
        self._bell.ring()

    def _receive(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text)
            op, data = Op(frame["op"]), frame.get("d")
        except (ValueError, TypeError, KeyError) as error:
            is_op = isinstance(error, ValueError) and not isinstance(error, json.JSONDecodeError)
            connection.close(UNKNOWN_OPCODE if is_op else DECODE_ERROR)
            return
        if op is Op.HEARTBEAT:
            connection.send(Op.HEARTBEAT_ACK)
        elif op in (Op.IDENTIFY, Op.RESUME):
            self._begin(connection, op, data)
        elif connection.session is None:
            connection.close(NOT_AUTHENTICATED)
        elif op is Op.REQUEST_GUILD_MEMBERS:
            self._send_members(connection.session, data)
        self._bell.ring()

    def _begin(self, connection: Connection, op: Op, data: Json) -> None:
        if connection.session:
            connection.close(ALREADY_AUTHENTICATED)
        elif data["token"].removeprefix("Bot ") != self._token:
            connection.close(AUTHENTICATION_FAILED)
        elif op is Op.RESUME:
            self._resume(connection, data)
        elif (Intent(data["intents"]) & PRIVILEGED) & ~self._allowed:
            connection.close(DISALLOWED_INTENTS)
        else:
            self._identify(connection, Intent(data["intents"]), data.get("shard"))

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            connection.send(Op.INVALID_SESSION, data=False)
            return
        self.resumed += 1
        session.resume(connection, int(data["seq"] or 0))

    def _identify(self, connection: Connection, intents: Intent, shard: list[int] | None) -> None:
        session = Session(intents, connection=connection)
        connection.session = session
        self.sessions[session.id] = session
        self.identified += 1
        guilds = self._world.guilds.values()
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self._world.bot.payload(),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": shard or [0, 1],
                "application": {"id": str(self._world.application_id), "flags": 0},
            },
        )
        if Intent.GUILDS in intents:
            everyone = Intent.GUILD_MEMBERS in intents
            for guild in guilds:
                arrival = guild.arrival(self._world.me(guild), all_members=everyone)
                session.dispatch("GUILD_CREATE", arrival)

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self._world.guilds[int(data["guild_id"])]
        wanted = {int(user_id) for user_id in data.get("user_ids") or ()}
        prefix, limit = data.get("query", ""), data.get("limit") or None
        members = [
            member.payload()
            for member in guild.members.values()
            if (member.user.id in wanted if wanted else member.user.name.startswith(prefix))
        ]
        chunk = {"guild_id": str(guild.id), "members": members[:limit], "chunk_index": 0}
        chunk |= {"chunk_count": 1, "nonce": data.get("nonce")}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
