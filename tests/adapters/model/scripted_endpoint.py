"""A loopback endpoint of chat.completions that does, request by request, what a script says."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

Act = Callable[["Visit"], Awaitable[None]]
"""What the endpoint does with one request."""

GOOD: Final = '{"headline":"Ferry late","ids":[1]}'
USAGE: Final = {"prompt_tokens": 40, "completion_tokens": 12, "total_tokens": 52}


@dataclass
class Visit:
    """One request, and the connection that it came on."""

    server: "ScriptedEndpoint"
    writer: asyncio.StreamWriter
    gone: asyncio.Future[bytes]
    """Done when the client closes the connection."""

    async def say(self, content: bytes) -> None:
        self.writer.write(content)
        await self.writer.drain()


@dataclass
class ScriptedEndpoint:
    """The server; when the script is through, its last act is repeated."""

    script: Sequence[Act]
    bodies: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the first request is here."""

    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client has left in the middle of an act that goes on for ever."""

    at_once: int = 0
    most_at_once: int = 0
    address: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = int(head.lower().partition("content-length:")[2].split("\r\n")[0])
            self.bodies.append(json.loads(await reader.readexactly(length)))
            self.heads.append(head)
            self.arrived.set()
            act = self.script[min(len(self.bodies), len(self.script)) - 1]
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            gone = asyncio.ensure_future(reader.read())
            await act(Visit(self, writer, gone))
            gone.cancel()
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hung_up.set()
        finally:
            self.at_once -= 1
            writer.close()


@asynccontextmanager
async def serving(*script: Act) -> AsyncIterator[ScriptedEndpoint]:
    server = ScriptedEndpoint(script)
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.address = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listener.close()


def answer(status: int, body: bytes | str, *lines: str, media: str = "application/json") -> Act:
    """Answer with the status and body; `lines` are further header lines."""
    content = body.encode() if isinstance(body, str) else body

    async def act(visit: Visit) -> None:
        head = [f"HTTP/1.1 {status} Said", f"Content-Type: {media}", "Connection: close"]
        head += [f"Content-Length: {len(content)}", *lines, "", ""]
        await visit.say("\r\n".join(head).encode() + content)

    return act


def fail(status: int, message: str = "no", *lines: str, **fields: object) -> Act:
    """Answer with an error object."""
    return answer(status, json.dumps({"error": {"message": message, **fields}}), *lines)


def whole(content: object = GOOD, finish: str = "stop", **message: object) -> Act:
    """Reply at once, as who does not stream."""
    choice = {"message": {"content": content, **message}, "finish_reason": finish}
    return answer(200, json.dumps({"choices": [choice], "usage": USAGE}))


def stream(content: str = GOOD, finish: str = "stop", *, usage: object = USAGE) -> Act:
    """Reply piece by piece, three characters each."""
    pieces = [chunk(content[at : at + 3]) for at in range(0, len(content), 3)]
    last = {"choices": [{"delta": {}, "finish_reason": finish}]}
    counted = [event({"choices": [], "usage": usage})] if usage else []
    return raw(*pieces, event(last), *counted, b"data: [DONE]\n\n")


def raw(*pieces: bytes, length: int | None = None) -> Act:
    """Send the pieces as a stream of events that ends with the connection, or promises a length."""

    async def act(visit: Visit) -> None:
        await visit.say(stream_head(length))
        for piece in pieces:
            await visit.say(piece)

    return act


def chunk(text: str) -> bytes:
    return event({"choices": [{"delta": {"content": text}, "finish_reason": None}]})


def event(data: object) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


def stream_head(length: int | None = None) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Connection: close"]
    lines += [f"Content-Length: {length}"] if length else []
    return "\r\n".join([*lines, "", ""]).encode()


async def reset(visit: Visit) -> None:
    """Break the connection without a word."""
    visit.writer.transport.abort()


async def hang(visit: Visit) -> None:
    """Say nothing until the client leaves."""
    await visit.gone
    visit.server.hung_up.set()


def drip(piece: bytes) -> Act:
    """Send the piece again and again, until the client leaves."""

    async def act(visit: Visit) -> None:
        await visit.say(stream_head())
        while not visit.gone.done():
            await visit.say(piece)
            await asyncio.wait([visit.gone], timeout=0.01)
        visit.server.hung_up.set()

    return act


def flood(piece: bytes) -> Act:
    """Send the piece again and again, as fast as it goes."""

    async def act(visit: Visit) -> None:
        await visit.say(stream_head())
        while not visit.gone.done():
            await visit.say(piece)
            await asyncio.sleep(0)
        visit.server.hung_up.set()

    return act
