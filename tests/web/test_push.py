"""Pushing signed documents over a real connection: what is taken, and what is refused and how."""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import aiohttp
import pytest

from bot.errors import ArchiveError, ExtractError, SettingsError
from bot.ports import Document
from bot.web import Health, Parts, listen
from bot.web.push import MAX_AT_ONCE
from bot.web.signing import is_signed, read_signature, read_timestamp, signature_of
from tests.fakes import FakePushes

NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
BODY = b'{"uri": "urn:a", "headline": "Ferry stops", "body_text": "For a month."}'
JSON = "application/json"
EXPECTED = "fc4913c41a7bf793267e2a384f3261c9436ec2cd097bd745e7b0d99113f510ec"

WELL = Health("ok", NOW, None, 2, 0)

system = pytest.mark.system


@dataclass
class Newsroom:
    """A listening newsroom, what came to it, and how it answers."""

    now: datetime = NOW
    port: int = 0
    came: list[Document] = field(default_factory=list)
    failure: Exception | None = None
    health: Health = WELL
    pushes: FakePushes = field(default_factory=FakePushes)
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, document: Document) -> tuple[str, ...]:
        self.came.append(document)
        if document.content == b"hold":
            await self.hold.wait()
        if self.failure:
            raise self.failure
        return ("a1",)

    def parts(self) -> Parts:
        return Parts(
            {"wire": SECRET},
            self.receive,
            self.pushes,
            self.current_health,
            lambda: self.now,
            max_bytes=100_000,
        )

    async def current_health(self) -> Health:
        return self.health

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def push(
        self,
        body: bytes = BODY,
        *,
        name: str = "wire",
        kind: str = JSON,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[int, dict[str, object]]:
        """Return status and JSON of the answer; headers replace those of a proper message."""
        sent = signed(body, self.now) | {"Content-Type": kind}
        sent |= headers
        async with aiohttp.ClientSession() as session:
            url = f"{self.address}/push/{name}"
            async with session.post(url, data=body, headers=sent) as answer:
                return answer.status, await answer.json(content_type=None)


def signed(body: bytes, at: datetime, secret: bytes = SECRET) -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    return {
        "X-Nutgraf-Timestamp": timestamp,
        "X-Nutgraf-Signature": f"sha256={signature_of(secret, timestamp, body)}",
    }


@asynccontextmanager
async def a_newsroom() -> AsyncIterator[Newsroom]:
    newsroom = Newsroom()
    async with listen("127.0.0.1:0", newsroom.parts()) as newsroom.port:
        yield newsroom


@system
async def test_a_signed_document_is_taken_and_its_articles_are_named() -> None:
    async with a_newsroom() as newsroom:
        assert await newsroom.push() == (202, {"articles": ["a1"]})
    (document,) = newsroom.came
    assert (document.address, document.content) == ("push://wire", BODY)
    assert document.media_type == JSON


@system
async def test_the_answer_says_nothing_of_what_we_are_made_of() -> None:
    async with a_newsroom() as newsroom, aiohttp.ClientSession() as session:
        async with session.get(f"{newsroom.address}/etc/passwd") as answer:
            said = f"{answer.headers} {await answer.text()}"
            assert answer.content_type == "application/problem+json"
        assert answer.status == 404
        assert not any(word in said.lower() for word in ("aiohttp", "python", "passwd"))
        async with session.get(f"{newsroom.address}/push/wire") as answer:
            assert answer.status == 405


@system
@pytest.mark.parametrize("begun", [b"", b"POST /push/wire HTTP/1.1\r\nHost: a\r\nX-Slow: "])
async def test_who_does_not_come_to_the_end_of_the_headers_is_cut_off(begun: bytes) -> None:
    parts = Newsroom().parts()
    async with listen("127.0.0.1:0", parts, idle_seconds=0.2) as port:
        incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
        outgoing.write(begun)
        async with asyncio.timeout(10):
            assert await incoming.read() == b""
        outgoing.close()


@system
async def test_a_wrong_name_and_a_wrong_secret_cannot_be_told_apart() -> None:
    async with a_newsroom() as newsroom:
        wrong = signed(BODY, NOW, b"another")["X-Nutgraf-Signature"]
        refusals = [
            await newsroom.push(headers={"X-Nutgraf-Signature": wrong}),
            await newsroom.push(name="nobody"),
            await newsroom.push(name="nobody", headers={"X-Nutgraf-Signature": wrong}),
            await newsroom.push(name="..%2f..%2fwire"),
            await newsroom.push(headers={"X-Nutgraf-Timestamp": str(int(NOW.timestamp()) + 1)}),
        ]
    assert [status for status, _ in refusals] == [401] * 5
    assert len({str(problem) for _, problem in refusals}) == 1
    assert newsroom.came == []


@system
@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_message_outside_its_time_is_refused(minutes: int) -> None:
    async with a_newsroom() as newsroom:
        status, problem = await newsroom.push(
            headers=signed(BODY, NOW + timedelta(minutes=minutes))
        )
    assert status == 401
    assert "five minutes" in str(problem["detail"])


@system
async def test_a_message_is_taken_once() -> None:
    async with a_newsroom() as newsroom:
        assert (await newsroom.push())[0] == 202
        status, problem = await newsroom.push()
        assert (status, newsroom.came[1:]) == (409, [])
        assert "came before" in str(problem["detail"])
        upper = signed(BODY, NOW)["X-Nutgraf-Signature"].upper().replace("SHA256", "sha256")
        assert (await newsroom.push(headers={"X-Nutgraf-Signature": upper}))[0] == 409
        newsroom.now += timedelta(seconds=1)
        assert (await newsroom.push())[0] == 202


@system
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Nutgraf-Timestamp": ""},
        {"X-Nutgraf-Timestamp": "now"},
        {"X-Nutgraf-Timestamp": "-1"},
        {"X-Nutgraf-Timestamp": "9" * 30},
        {"X-Nutgraf-Signature": ""},
        {"X-Nutgraf-Signature": "sha1=" + "0" * 40},
        {"X-Nutgraf-Signature": "sha256=xyz"},
    ],
)
async def test_headers_that_cannot_be_read_are_named(headers: dict[str, str]) -> None:
    async with a_newsroom() as newsroom:
        status, problem = await newsroom.push(headers=headers)
    assert (status, problem["status"], problem["title"]) == (400, 400, "Bad Request")
    assert "X-Nutgraf-Timestamp" in str(problem["detail"])


@system
async def test_a_document_of_another_kind_is_refused_and_may_come_again_as_what_it_is() -> None:
    async with a_newsroom() as newsroom:
        assert (await newsroom.push(kind="image/png"))[0] == 415
        assert (await newsroom.push(kind="text/html"))[0] == 415
        assert (await newsroom.push(headers={"Content-Encoding": "gzip"}))[0] == 415
        assert (await newsroom.push(kind="application/ninjs+json; charset=utf-8"))[0] == 202
    assert newsroom.came[0].charset == "utf-8"


@system
async def test_a_large_document_is_refused_before_and_while_it_comes() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(10_000)

    async with a_newsroom() as newsroom, aiohttp.ClientSession() as session:
        assert (await newsroom.push(bytes(100_001)))[0] == 413
        url, headers = f"{newsroom.address}/push/wire", signed(BODY, NOW)
        try:
            async with session.post(url, data=endless(), headers=headers) as answer:
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # the door was shut before the answer could be read
        assert (await newsroom.push(bytes(100_000), kind="text/plain"))[0] == 202


@system
async def test_a_document_that_cannot_be_read_says_why() -> None:
    async with a_newsroom() as newsroom:
        newsroom.failure = ExtractError("push://wire", "is broken JSON")
        status, problem = await newsroom.push()
    assert (status, problem["detail"]) == (400, "The document is broken JSON.")


@system
async def test_what_could_not_be_stored_may_be_sent_again() -> None:
    async with a_newsroom() as newsroom:
        newsroom.failure = ArchiveError("/srv/nutgraf.db cannot grow, the disk is full.")
        status, problem = await newsroom.push()
        assert (status, "srv" in str(problem)) == (503, False)
        newsroom.failure = None
        assert (await newsroom.push())[0] == 202


@system
async def test_what_nobody_expected_is_a_sentence_too() -> None:
    async with a_newsroom() as newsroom:
        newsroom.failure = RuntimeError("secret detail")
        status, problem = await newsroom.push()
    assert (status, "secret" in str(problem)) == (500, False)


@system
async def test_more_messages_than_fit_into_memory_are_put_off() -> None:
    async with a_newsroom() as newsroom:
        held = []
        for second in range(MAX_AT_ONCE):
            headers = signed(b"hold", NOW + timedelta(seconds=second))
            held.append(asyncio.create_task(newsroom.push(b"hold", headers=headers)))
        async with asyncio.timeout(10):
            while len(newsroom.came) < MAX_AT_ONCE:  # noqa: ASYNC110 - no bell rings
                await asyncio.sleep(0)
        assert (await newsroom.push())[0] == 503
        newsroom.hold.set()
        assert {status for status, _ in await asyncio.gather(*held)} == {202}


@system
async def test_a_sender_that_gives_up_in_the_middle_harms_nobody() -> None:
    async with a_newsroom() as newsroom:
        _, writer = await asyncio.open_connection("127.0.0.1", newsroom.port)
        writer.write(b"POST /push/wire HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n")
        writer.write(
            f"X-Nutgraf-Timestamp: 1\r\nX-Nutgraf-Signature: sha256={'0' * 64}\r\n\r\nx".encode()
        )
        await writer.drain()
        writer.close()
        assert (await newsroom.push())[0] == 202


@system
async def test_health_is_what_the_newsroom_says() -> None:
    async with a_newsroom() as newsroom, aiohttp.ClientSession() as session:
        async with session.get(f"{newsroom.address}/health") as answer:
            assert (answer.status, (await answer.json())["status"]) == (200, "ok")
        newsroom.health = Health("failing", NOW, None, 2, 1, ("There is no connection.",))
        async with session.get(f"{newsroom.address}/health") as answer:
            assert answer.status == 503
            assert (await answer.json())["reasons"] == ["There is no connection."]


@system
async def test_an_address_that_is_taken_is_named() -> None:
    async with a_newsroom() as newsroom:
        with pytest.raises(SettingsError, match=r"web\.listen: nobody can be heard on"):
            async with listen(f"127.0.0.1:{newsroom.port}", newsroom.parts()):
                pass


SENDING = """
NOW=$(date +%s)
SIGNATURE=$( (printf '%s.' "$NOW"; cat story.json) |
    openssl dgst -sha256 -hmac "$SECRET" -r | cut -d ' ' -f 1)
curl -sS "$ADDRESS/push/wire" --data-binary @story.json -H 'Content-Type: application/json' \
    -H "X-Nutgraf-Timestamp: $NOW" -H "X-Nutgraf-Signature: sha256=$SIGNATURE"
"""
"""As the documentation has it."""


@system
@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("openssl")), reason="needs curl")
async def test_curl_and_openssl_can_push(tmp_path: Path) -> None:
    (tmp_path / "story.json").write_bytes(BODY)
    async with a_newsroom() as newsroom:
        newsroom.now = datetime.fromtimestamp((tmp_path / "story.json").stat().st_mtime, UTC)
        shell = await asyncio.create_subprocess_exec(
            *("bash", "-c", SENDING),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            env=os.environ | {"SECRET": SECRET.decode(), "ADDRESS": newsroom.address},
        )
        said, _ = await shell.communicate()
    assert json.loads(said) == {"articles": ["a1"]}


def test_a_signature_stands_for_time_and_body_and_secret() -> None:
    signature = signature_of(SECRET, "1", BODY)

    assert is_signed(SECRET, "1", BODY, signature)
    assert not is_signed(SECRET, "2", BODY, signature)
    assert not is_signed(SECRET, "1", BODY + b" ", signature)
    assert not is_signed(b"other", "1", BODY, signature)


def test_the_signature_is_what_the_scheme_says() -> None:
    # computed with: printf '1.x' | openssl dgst -sha256 -hmac key
    assert signature_of(b"key", "1", b"x") == EXPECTED
    assert read_signature(f"sha256={EXPECTED.upper()}") == EXPECTED
    assert read_timestamp("0") == datetime(1970, 1, 1, tzinfo=UTC)
