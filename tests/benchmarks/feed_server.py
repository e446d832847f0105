"""A loopback server of feeds, in a process of its own: those that answer, hang, fail or are broken.

usage: python -m tests.benchmarks.feed_server

It prints its port. The first part of a path says what becomes of the request: `ok`, `hang`, `fail`
(503) or `broken` (bytes that are no feed). It listens on 127.0.1.1 to 127.0.1.125 and 127.0.0.1.
"""

import asyncio
import sys

HOSTS = ["127.0.0.1", *(f"127.0.1.{n}" for n in range(1, 126))]
ITEM = (
    "<item><guid>{n}</guid><title>Report {n} from the quay</title><link>http://h/{n}</link>"
    "<pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate><description>{text}</description></item>"
)
TEXT = "The ferry to Tern Island stops for a month from Monday, the Sound Line said. " * 8
FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title>"
    + "".join(ITEM.format(n=n, text=TEXT) for n in range(20))
    + "</channel></rss>"
).encode()


def answer(status: str, body: bytes = b"") -> bytes:
    """Return the bytes of an answer after which the connection is closed."""
    lines = [f"HTTP/1.1 {status}", 'ETag: "1"', "Content-Type: application/rss+xml"]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


WHOLE, UNCHANGED = answer("200 OK", FEED), answer("304 Not Modified")
FAILED, BROKEN = answer("503 Service Unavailable"), answer("200 OK", b"<rss><<<\x00" * 100)


class Connection(asyncio.Protocol):
    """One connection, which carries one request."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the request."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.head = b""

    def data_received(self, data: bytes) -> None:
        """Answer when the head is there."""
        self.head += data
        if b"\r\n\r\n" not in self.head:
            return
        kind = self.head.split(b"/", 2)[1]
        if kind == b"hang":
            return
        self.transport.write(self.reply(kind))
        self.transport.close()

    def reply(self, kind: bytes) -> bytes:
        """Return the answer to a request of that kind."""
        if kind == b"fail":
            return FAILED
        if kind == b"broken":
            return BROKEN
        return UNCHANGED if b"if-none-match" in self.head.lower() else WHOLE


async def main() -> None:
    """Serve until killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, HOSTS[0], 0, backlog=2000)
    port = server.sockets[0].getsockname()[1]
    await loop.create_server(Connection, HOSTS[1:], port, backlog=2000)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
