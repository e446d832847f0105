import asyncio
import gzip
import re
import shutil
import socket
import ssl
import subprocess
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import __version__
from bot.adapters.unpacking import BadEncodingError, Unpacker
from bot.adapters.web import Web
from bot.errors import FetchError
from bot.ports import Caching, Document, NotModified, Validators

pytestmark = pytest.mark.system


class Server:
    """A server on loopback that answers each path with the bytes it is told, and then closes."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.port = 0
        self.greeting = b""
        self.endless = b""
        self.hold = asyncio.Event()
        self.arrived = asyncio.Semaphore(0)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}"})

    def say(self, path: str, body: bytes = b"", *headers: str, status: str = "200 OK") -> str:
        lines = [f"HTTP/1.1 {status}", "Connection: close", *headers, "", ""]
        self.answers[path] = "\r\n".join(lines).encode() + body
        return self.address + path

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(self.greeting)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.requests.append(head)
            self.arrived.release()
            path = head.split(" ")[1]
            writer.write(self.answers.get(path, b""))
            await writer.drain()
            while path == "/endless":
                writer.write(self.endless)
                await writer.drain()
                await asyncio.sleep(0)
            if path.startswith("/slow"):
                await self.hold.wait()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(context: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server()
    listener = await asyncio.start_server(server.answer, "127.0.0.1", 0, ssl=context)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.hold.set()
        listener.close()
        await listener.wait_closed()


async def why_not(web: Web, address: str) -> str:
    with pytest.raises(FetchError) as caught:
        await web.fetch(address)
    assert caught.value.address == address
    return caught.value.reason


async def test_a_page_comes_with_what_its_sender_said_of_it() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        address = server.say("/a", b"caf\xe9", "Content-Type: Text/HTML; Charset=ISO-8859-1")
        document = await web.fetch(address)
    assert document.content == b"caf\xe9"
    assert (document.media_type, document.charset.lower()) == ("text/html", "iso-8859-1")
    assert document.address == document.final_address == address


async def test_a_sender_that_says_nothing_is_not_guessed_at() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        document = await web.fetch(server.say("/a", b"text"))
    assert (document.media_type, document.charset) == ("", "")


async def test_we_say_who_we_are_and_take_no_cookies() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        address = server.say("/a", b"x", "Set-Cookie: a=b")
        await web.fetch(address)
        await web.fetch(address)
    assert f"User-Agent: Nutgraf/{__version__} (+newsroom bot)" in server.requests[0]
    assert "Accept-Encoding: gzip, deflate\r\n" in server.requests[0]
    assert "Cookie" not in server.requests[1]


async def test_a_contact_goes_with_every_request() -> None:
    async with serving() as server, Web(allowed=server.allowed, contact="desk@c.example") as web:
        await web.fetch(server.say("/", b"x"))
    name = f"User-Agent: Nutgraf/{__version__} (+newsroom bot; desk@c.example)\r\n"
    assert name in server.requests[0]


async def test_what_a_server_gave_is_asked_with_at_the_address_that_gave_it() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        old = server.say("/old", b"", "Location: /feed", status="302 Found")
        dated = "Wed, 04 Mar 2026 12:00:00 GMT"
        feed = server.say("/feed", b"x", 'ETag: W/"a,b"', f"Last-Modified: {dated}")
        found = await web.fetch_if_changed(old, Validators(old, '"other"', dated))
        assert isinstance(found, Document)
        assert found.validators == Validators(feed, 'W/"a,b"', dated)
        server.say("/feed", b"", "Cache-Control: max-age=60", "Age: 5", status="304 Not Modified")
        again = await web.fetch_if_changed(old, found.validators)
    assert again == NotModified(old, Caching(cache_control="max-age=60", age="5"))
    first, second, third, fourth = server.requests
    assert 'If-None-Match: "other"' in first
    assert "If-" not in second
    assert "If-" not in third
    assert 'If-None-Match: W/"a,b"\r\n' in fourth
    assert f"If-Modified-Since: {dated}\r\n" in fourth


async def test_nothing_has_changed_only_for_those_who_asked() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        address = server.say("/", b"", 'ETag: "a"', status="304 Not Modified")
        assert await why_not(web, address) == "answered 304 Not Modified"


async def test_a_validator_that_could_not_be_sent_back_is_not_kept() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        document = await web.fetch(server.say("/", b"x", "ETag: caf\u00e9", "Last-Modified:"))
    assert (document.validators.etag, document.validators.last_modified) == ("", "")


@pytest.mark.parametrize(
    ("statuses", "moved"), [((301, 308), "/2"), ((301, 302), "/1"), ((302, 301), ""), ((307,), "")]
)
async def test_a_move_is_known_as_far_as_it_is_for_good(
    statuses: tuple[int, ...], moved: str
) -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        for n, status in enumerate(statuses):
            server.say(f"/{n}", b"", f"Location: /{n + 1}#top", status=f"{status} Moved")
        server.say(f"/{len(statuses)}", b"x")
        document = await web.fetch(f"{server.address}/0")
    assert document.moved_to == (server.address + moved if moved else "")


async def test_who_sends_us_away_says_until_when() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        address = server.say("/", b"", "Retry-After: 120", status="429 Too Many Requests")
        with pytest.raises(FetchError) as caught:
            await web.fetch(address)
    assert (caught.value.status, caught.value.retry_after) == (429, "120")


@pytest.mark.parametrize(
    "lines",
    [
        ["Retry-After: 120"],
        ["Retry-After: Wed, 04 Mar 2026 12:02:00 GMT", "Date: Wed, 04 Mar 2026 12:00:00 GMT"],
    ],
)
async def test_a_host_that_gets_too_many_requests_gets_no_more(lines: list[str]) -> None:
    async with (
        serving() as server,
        serving() as other,
        Web(allowed=server.allowed | other.allowed) as web,
    ):
        busy = server.say("/", b"", *lines, status="429 Too Many Requests")
        assert await why_not(web, busy) == "answered 429 Too Many Requests"
        page = server.say("/page", b"x")
        with pytest.raises(FetchError, match="was not asked: its server") as caught:
            await web.fetch(page)
        assert (await web.fetch(other.say("/", b"x"))).content == b"x"
    assert caught.value.status == 429
    assert 115 <= int(caught.value.retry_after) <= 120
    assert len(server.requests) == 1


async def test_who_waits_for_a_busy_host_is_not_called_slow() -> None:
    async with serving() as server, Web(allowed=server.allowed, timeout_seconds=0.5) as web:
        slow = [web.fetch(f"{server.address}/slow{n}") for n in range(4)]
        fast = web.fetch(server.say("/fast", b"x"))
        results = await asyncio.gather(*slow, fast, return_exceptions=True)
    assert [isinstance(r, FetchError) for r in results] == [True] * 4 + [False]


async def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with serving() as server, Web(allowed=server.allowed) as web:
        assert (await web.fetch(server.say("/a", b"x"))).content == b"x"


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("127.0.0.1", "refused: 127.0.0.1 is a loopback address"),
        ("localhost", "refused: "),
        ("127.1", "is not a valid web address"),
        ("0x7f.0.0.1", "refused: 127.0.0.1 is a loopback address"),
        ("0177.0.0.1", "is not a valid web address"),
        ("2130706433", "is not a valid web address"),
        ("0.0.0.0", "refused: 0.0.0.0 is an unspecified address"),  # noqa: S104 - refused
        ("[::1]", "refused: ::1 is a loopback address"),
        ("[::ffff:127.0.0.1]", "refused: ::ffff:"),  # how Python writes the rest depends on it
        ("[::]", "refused: :: is an unspecified address"),
        ("169.254.169.254", "refused: 169.254.169.254 is a cloud metadata address"),
    ],
)
async def test_no_way_of_writing_an_address_leads_inside(host: str, why: str) -> None:
    async with serving() as server, Web() as web:
        server.say("/", b"secret")
        assert (await why_not(web, f"http://{host}:{server.port}/")).startswith(why)
        assert server.requests == []


async def test_the_refusal_says_how_to_allow_the_address() -> None:
    async with Web() as web:
        reason = await why_not(web, "http://127.0.0.1:8080/")
    assert reason.endswith(
        'allow it with allow = ["127.0.0.1:8080"] under [reading] in the settings'
    )


async def test_what_a_cloud_tells_this_machine_alone_cannot_be_allowed() -> None:
    async with Web(allowed=frozenset({"169.254.169.254:80", "[::ffff:169.254.169.254]:80"})) as web:
        for host in ("169.254.169.254", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]"):
            reason = await why_not(web, f"http://{host}/latest/meta-data/")
            assert reason.startswith("refused: ")
            assert reason.endswith(" is a cloud metadata address, which is never read")


async def test_only_the_exact_host_and_port_are_allowed() -> None:
    async with serving() as server, serving() as other, Web(allowed=server.allowed) as web:
        assert (await web.fetch(server.say("/", b"x"))).content == b"x"
        assert (await why_not(web, other.say("/", b"x"))).startswith("refused: ")
        assert (await why_not(web, f"http://localhost:{server.port}/")).startswith("refused: ")
        assert other.requests == []


async def test_fetches_at_the_same_time_do_not_share_what_is_allowed() -> None:
    async with serving() as server, serving() as other, Web(allowed=server.allowed) as web:
        open_, shut = server.say("/", b"x"), other.say("/", b"x")
        results = await asyncio.gather(
            *(web.fetch(a) for a in [open_, shut] * 10), return_exceptions=True
        )
    assert [isinstance(r, FetchError) for r in results] == [False, True] * 10
    assert other.requests == []


async def test_no_host_gets_more_than_two_connections_at_once() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        fetches = [asyncio.create_task(web.fetch(server.say(f"/slow{n}"))) for n in range(5)]
        for _ in range(2):
            await server.arrived.acquire()
        for _ in range(100):
            await asyncio.sleep(0)
        assert len(server.requests) == 2
        server.hold.set()
        await asyncio.gather(*fetches)
        assert len(server.requests) == 5


async def test_redirects_are_followed_up_to_a_limit() -> None:
    async with serving() as server, Web(allowed=server.allowed, max_redirects=2) as web:
        for n in range(4):
            server.say(f"/{n}", b"", f"Location: /{n + 1}", status="302 Found")
        end = server.say("/4", b"there")
        document = await web.fetch(f"{server.address}/2")
        assert (document.content, document.final_address) == (b"there", end)
        assert await why_not(web, f"{server.address}/1") == "redirects more than 2 times"


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://127.0.0.1:1/x", "refused: 127.0.0.1 is a loopback address"),
        ("//169.254.169.254/latest", "refused: 169.254.169.254 is a cloud metadata address"),
        ("http://[::ffff:127.0.0.1]:1/", "refused: ::ffff:"),
        ("http://[::ffff:a9fe:a9fe]/", "refused: ::ffff:"),
        ("http://[2002:7f00:1::]/", "refused: 2002:7f00:1:: is a loopback address"),
        ("http://[64:ff9b::7f00:1]/", "refused: 64:ff9b::7f00:1 is a loopback address"),
        ("http://[64:ff9b:1::a00:1]/", "refused: 64:ff9b:1::a00:1 is a private address"),
        ("http://2130706433/", "is not a valid web address"),
        ("http://017700000001/", "is not a valid web address"),
        ("http://0x7f.1/", "refused: 127.0.0.1 is a loopback address"),
        ("file:///etc/passwd", "redirects to “file:///etc/passwd”, which is no http or https"),
        ("ftp://example.org/", "redirects to “ftp://example.org/”, which is no http or https"),
        ("http://user:word@example.org/", "redirects to"),
        ("http://[", "is not a valid web address"),
        ("", "redirects to nowhere"),
    ],
)
async def test_every_redirect_is_checked(location: str, why: str) -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        header = [f"Location: {location}"] if location else []
        address = server.say("/", b"", *header, status="301 Moved Permanently")
        assert (await why_not(web, address)).startswith(why)


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "204 No Content"])
async def test_any_other_answer_is_named(status: str) -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        address = server.say("/", b"", status=status)
        with pytest.raises(FetchError) as refused:
            await web.fetch(address)
        assert refused.value.reason == f"answered {status}"
        assert refused.value.status == int(status[:3])


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\n\r\nthe beginning of a "])
async def test_a_slow_server_is_given_up(start: bytes) -> None:
    async with serving() as server:
        server.answers["/slow"] = start
        async with Web(allowed=server.allowed, timeout_seconds=0.2) as web:
            reason = await why_not(web, f"{server.address}/slow")
    assert reason == "took longer than 0.2 seconds"


async def test_a_large_document_is_refused_before_and_while_it_is_read() -> None:
    async with serving() as server, Web(allowed=server.allowed, max_bytes=100_000) as web:
        announced = server.say("/a", bytes(10), "Content-Length: 300000000")
        silent = server.say("/b", bytes(300_000))
        fits = server.say("/c", bytes(100_000))
        assert await why_not(web, announced) == "is larger than 0.1 MB"
        assert await why_not(web, silent) == "is larger than 0.1 MB"
        assert len((await web.fetch(fits)).content) == 100_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_packed_bomb_costs_no_memory(encoding: str) -> None:
    bomb = gzip.compress(bytes(100_000_000)) if encoding == "gzip" else zlib.compress(bytes(10**8))
    async with serving() as server, Web(allowed=server.allowed, max_bytes=1_000_000) as web:
        address = server.say("/", bomb, f"Content-Encoding: {encoding}")
        tracemalloc.start()
        try:
            assert await why_not(web, address) == "is larger than 1 MB"
            assert tracemalloc.get_traced_memory()[1] < 6_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
async def test_what_could_hold_gigabytes_is_not_unpacked(encoding: str) -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        address = server.say("/", bytes(3_000), f"Content-Encoding: {encoding}")
        assert (
            await why_not(web, address) == f"came packed as “{encoding}”, which was not asked for"
        )


async def test_an_endless_body_ends_at_the_limit() -> None:
    async with serving() as server, Web(allowed=server.allowed, max_bytes=1_000_000) as web:
        server.endless = bytes(50_000)
        assert await why_not(web, server.say("/endless")) == "is larger than 1 MB"


@pytest.mark.parametrize("start", ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n"])
async def test_bytes_that_drip_are_given_up(start: str) -> None:
    async with serving() as server:
        server.endless = b"x"
        server.answers["/endless"] = start.encode()
        async with Web(allowed=server.allowed, timeout_seconds=0.3) as web:
            reason = await why_not(web, f"{server.address}/endless")
    assert reason == "took longer than 0.3 seconds"


async def test_a_name_that_changes_its_address_leads_nowhere_inside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [["169.254.169.254"], ["127.0.0.1"], ["10.0.0.7", "127.0.0.1"]]

    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
        return [(*kind, (host, server.port)) for host in answers.pop(0)]

    reasons = []
    async with serving() as server:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        while answers:
            async with Web() as web:  # each remembers names for some seconds
                reasons.append(await why_not(web, f"http://rebind.example:{server.port}/"))
    assert server.requests == []
    for reason, kind in zip(reasons, ("a cloud metadata", "a loopback", "a private"), strict=True):
        assert re.match(rf"refused: [\d.]+ is {kind} address", reason)


async def test_a_document_may_be_cut_at_the_limit() -> None:
    async with serving() as server, Web(allowed=server.allowed, max_bytes=10, cuts=True) as web:
        address = server.say("/", b"0123456789abc", "Content-Length: 13")
        assert (await web.fetch(address)).content == b"0123456789"


async def test_packed_documents_are_unpacked() -> None:
    text = b"The bridge is open. " * 10_000
    bare = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = {
        "gzip": gzip.compress(text),
        "x-gzip": gzip.compress(text) + b"what follows the end",
        "deflate": zlib.compress(text),
        "Deflate": bare.compress(text) + bare.flush(),
        "identity": text,
    }
    async with serving() as server, Web(allowed=server.allowed) as web:
        for encoding, body in packed.items():
            address = server.say(f"/{encoding}", body, f"Content-Encoding: {encoding}")
            assert (await web.fetch(address)).content == text


async def test_content_that_is_packed_wrongly_says_so() -> None:
    async with serving() as server, Web(allowed=server.allowed) as web:
        packed = gzip.compress(b"text" * 1000)
        cut = server.say("/a", packed[:-9], "Content-Encoding: gzip")
        damaged = server.say("/b", b"no gzip at all", "Content-Encoding: gzip")
        foreign = server.say("/c", b"x", "Content-Encoding: br")
        assert await why_not(web, cut) == "sent packed content that stops in the middle"
        assert await why_not(web, damaged) == "sent packed content that is damaged"
        assert await why_not(web, foreign) == "came packed as “br”, which was not asked for"


async def test_a_connection_that_fails_says_how() -> None:
    async with serving() as server:
        gone = server.address + "/"
        allowed = server.allowed
    async with Web(allowed=allowed) as web:
        assert await why_not(web, gone) == "connection refused"
    async with serving() as server, Web(allowed=server.allowed) as web:
        short = server.say("/a", b"short", "Content-Length: 100")
        server.answers["/b"] = b"220 mail.example ESMTP\r\n"
        assert await why_not(web, short) == "the connection broke off in the middle"
        assert (
            await why_not(web, f"{server.address}/b") == "answered with something that is not HTTP"
        )
        assert await why_not(web, f"{server.address}/c") == "the connection broke off in the middle"


async def test_a_server_without_tls_is_told_from_one_that_says_nothing() -> None:
    async with serving() as server, Web(allowed=server.allowed, connect_seconds=0.2) as web:
        tls = f"https://127.0.0.1:{server.port}/"
        assert await why_not(web, tls) == "did not connect within 0.2 seconds"
        server.greeting = b"HTTP/1.1 400 Bad Request\r\n\r\n"
        assert await why_not(web, tls) == "127.0.0.1 does not speak TLS as it should"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    out = ["-nodes", "-days", "2", "-keyout", key, "-out", certificate]
    made = await asyncio.create_subprocess_exec(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", *subject, *out, stderr=subprocess.DEVNULL
    )
    assert await made.wait() == 0
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    async with serving(context) as server, Web(allowed=server.allowed) as web:
        reason = await why_not(web, f"https://127.0.0.1:{server.port}/")
    assert reason == "the TLS certificate of 127.0.0.1 cannot be trusted"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://", "is not a valid web address"),
        ("http:///path", "is not a valid web address"),
        ("http://example.org:99999/", "is not a valid web address"),
        ("http://[::1/", "is not a valid web address"),
        ("gopher://example.org/", "is no http or https address"),
        ("http://u:p@example.org/", "carries a user name or password; such addresses are not"),
        ("http://example.org/" + "a" * 5000, "is too long for a web address"),
    ],
)
async def test_a_bad_address_is_refused_without_asking_anybody(address: str, why: str) -> None:
    async with Web() as web:
        assert (await why_not(web, address)).startswith(why)


async def test_a_client_that_was_not_opened_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="Open the client first"):
        await Web().fetch("http://example.org/")


def test_an_empty_answer_may_be_called_packed() -> None:
    unpacker = Unpacker("gzip")
    assert list(unpacker.feed(b"")) == []
    unpacker.finish()
    with pytest.raises(BadEncodingError):
        Unpacker("gzip, gzip")
