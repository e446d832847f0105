"""What can go wrong at the start or while running: each says what is wrong and what to do."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.discord_server.faults import Slow
from tests.discord_server.permissions import Permission
from tests.system.newsroom import CHANNEL, MORNING, ROOT, Newsroom, a_newsroom

pytestmark = [pytest.mark.system, pytest.mark.soak]


async def nutgraf_run(folder: Path, **environment: str) -> tuple[int, str]:
    """Return exit code and standard error of `nutgraf run`."""
    kept = {key: value for key, value in os.environ.items() if key != "NUTGRAF_DISCORD_TOKEN"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=kept | {"PYTHONPATH": str(ROOT)} | environment,
    )
    _, said = await process.communicate()
    return process.returncode or 0, said.decode()


async def ended(newsroom: Newsroom) -> tuple[int, str]:
    """Return exit code and log of a bot that ends by itself."""
    process = await newsroom.launch()
    async with asyncio.timeout(30):
        code = await process.wait()
    return code, newsroom.log()


async def test_without_a_token_it_says_where_one_goes_and_points_to_the_demo(
    tmp_path: Path,
) -> None:
    code, said = await nutgraf_run(tmp_path)

    assert code == 2
    assert said.startswith("There is no Discord token. Set NUTGRAF_DISCORD_TOKEN")
    assert "nutgraf demo" in said


async def test_a_token_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/nutgraf.toml").write_text(
        "[discord]\ntoken_file = 'gone'\n", encoding="utf-8"
    )
    code, said = await nutgraf_run(tmp_path)

    assert code == 2
    assert said.startswith("discord.token_file: gone cannot be read")


async def test_without_a_source_there_is_nothing_to_post(tmp_path: Path) -> None:
    code, said = await nutgraf_run(tmp_path, NUTGRAF_DISCORD_TOKEN="x")  # noqa: S106 - opens nothing

    assert code == 2
    assert "[[source]]" in said


async def test_a_wrong_token_ends_with_what_to_do(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        newsroom.discord.token = "another"  # noqa: S105 - opens nothing
        code, said = await ended(newsroom)

    assert code == 2
    assert "Discord refuses the bot's token" in said
    assert "Traceback" not in said


async def test_it_stops_within_ten_seconds_even_before_it_has_signed_in(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        newsroom.discord.fail_next("GET", "/users/@me", Slow(60))
        await newsroom.launch()
        async with asyncio.timeout(30):
            while "signing in" not in newsroom.log():  # noqa: ASYNC110 - a file rings no bell
                await asyncio.sleep(0.1)
        assert await newsroom.stop() == 0


async def test_a_second_process_on_the_same_archive_is_refused(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        await newsroom.start()
        first = newsroom.process
        assert first
        process = await newsroom.launch()
        async with asyncio.timeout(30):
            assert await process.wait() == 2
        assert f"is in use by another `nutgraf run` (process {first.pid})" in newsroom.log()
        newsroom.process = first
        assert await newsroom.stop() == 0


async def test_a_permission_that_is_taken_away_is_named_and_nothing_is_lost_for_good(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        await newsroom.start()
        planned = await newsroom.discord.slash("schedule add", {"at": "07:00", "zone": "UTC"})
        await planned.reply(seconds=20)
        newsroom.discord.deny(CHANNEL, Permission.SEND_MESSAGES)
        newsroom.clock.set(MORNING.replace(second=58))
        async with asyncio.timeout(60):
            while "job given up" not in newsroom.log():  # noqa: ASYNC110 - a file rings no bell
                await asyncio.sleep(0.1)
        assert f"#{CHANNEL}" in newsroom.log()
        assert await newsroom.stop() == 0


async def test_planning_without_permission_names_the_permission(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        await newsroom.start()
        newsroom.discord.deny(CHANNEL, Permission.SEND_MESSAGES)
        planned = await newsroom.discord.slash("schedule add", {"at": "07:00", "zone": "UTC"})
        assert "Send Messages" in (await planned.reply(seconds=20)).text
        assert await newsroom.stop() == 0


async def test_commands_are_acknowledged_within_a_second_while_the_wire_is_read(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        await newsroom.start()
        slowest = 0.0
        for _ in range(5):  # the first reading of 39 articles takes some seconds
            asked = await newsroom.discord.slash("schedule list")
            slowest = max(slowest, await asked.acknowledged())
            briefed = await newsroom.discord.slash("brief", {"about": "ferry"})
            slowest = max(slowest, await briefed.acknowledged())
        assert slowest < 1
        assert await newsroom.stop() == 0
