"""The running bot: what is pushed and dropped is in it, and it stops with all its doors."""

import asyncio
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import psutil
import pytest

from bot.web.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, signature_of
from tests.system.newsroom import Newsroom, a_newsroom

pytestmark = [pytest.mark.system, pytest.mark.soak]

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of this test alone
STORY = b'{"uri": "urn:a", "headline": "Quillfeather opens the lock", "body_text": "On Monday."}'


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def add_doors(newsroom: Newsroom, port: int) -> Path:
    """Let the newsroom listen and watch a folder; return the folder."""
    incoming, secrets = newsroom.folder / "incoming", newsroom.folder / "secrets"
    incoming.mkdir()
    secrets.mkdir()
    (secrets / "wire").write_text(SECRET, encoding="utf-8")
    settings = newsroom.folder / "config/nutgraf.toml"
    added = (
        f'\n[web]\nlisten = "127.0.0.1:{port}"\nsecrets_folder = "secrets"\n'
        f'[[source]]\naddress = "incoming/"\n[[source]]\naddress = "push://wire"\n'
    )
    settings.write_text(settings.read_text(encoding="utf-8") + added, encoding="utf-8")
    return incoming


async def push(newsroom: Newsroom, port: int, body: bytes) -> tuple[int, str]:
    timestamp = str(int(newsroom.clock.now().timestamp()))
    headers = {
        TIMESTAMP_HEADER: timestamp,
        SIGNATURE_HEADER: f"sha256={signature_of(SECRET.encode(), timestamp, body)}",
        "Content-Type": "application/json",
    }
    url = f"http://127.0.0.1:{port}/push/wire"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def until_logged(newsroom: Newsroom, words: str) -> None:
    async with asyncio.timeout(30):
        while words not in newsroom.log():  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(0.1)


async def test_what_is_pushed_and_dropped_can_be_briefed(tmp_path: Path) -> None:
    port = free_port()
    async with a_newsroom(tmp_path) as newsroom:
        incoming = add_doors(newsroom, port)
        await newsroom.start()
        dropped = incoming / "marlow.txt"
        dropped.write_text(
            "Marlowbridge is shut\n\nThe bridge is shut on Monday.", encoding="utf-8"
        )
        before = datetime(2026, 9, 1, tzinfo=UTC).timestamp()
        os.utime(dropped, (before, newsroom.clock.now().timestamp() - 3600))
        assert (await push(newsroom, port, STORY))[0] == 202
        await until_logged(newsroom, "files read")
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/health") as answer,
        ):
            assert (answer.status, (await answer.json())["status"]) == (200, "ok")
        for word in ("Quillfeather", "Marlowbridge"):
            asked = await newsroom.discord.slash("brief", {"about": word})
            assert word in (await asked.reply(seconds=20)).text
        assert newsroom.process
        children = psutil.Process(newsroom.process.pid).children()
        assert await newsroom.stop() == 0
        assert not any(child.is_running() for child in children)
        assert "Traceback" not in newsroom.log()


async def test_a_killed_reading_process_does_not_stop_the_bot(tmp_path: Path) -> None:
    port = free_port()
    async with a_newsroom(tmp_path) as newsroom:
        add_doors(newsroom, port)
        await newsroom.start()
        assert newsroom.process
        for child in psutil.Process(newsroom.process.pid).children():
            child.kill()
        page = STORY.replace(b"On Monday.", b"<p>On Monday.")
        assert (await push(newsroom, port, page))[0] == 202
        assert await newsroom.stop() == 0


async def test_without_a_secret_it_does_not_start(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        add_doors(newsroom, free_port())
        (newsroom.folder / "secrets/wire").unlink()
        process = await newsroom.launch()
        async with asyncio.timeout(30):
            assert await process.wait() == 2
        assert "web.secrets_folder: secrets/wire cannot be read" in newsroom.log()
        assert "Traceback" not in newsroom.log()
