"""A correction reaches its messages once, though the bot is killed in the middle."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.briefing.changing import without_story
from bot.news import Correction
from bot.reissuing import reissue
from tests.discord_server.channels import Message
from tests.discord_server.faults import Fault, LostReply, Slow
from tests.system.newsroom import CHANNEL, DATABASE, Newsroom, a_newsroom

pytestmark = [pytest.mark.system, pytest.mark.soak]

WHAT = "The first story was taken out by an editor."


async def brief(newsroom: Newsroom) -> Message:
    """Return the message that answers `/brief`, once the wire's pages were read."""
    while True:
        kept = newsroom.log().count("answer kept")
        asked = await newsroom.discord.slash("brief")
        await asked.reply(seconds=60)
        async with asyncio.timeout(30):
            while newsroom.log().count("answer kept") == kept:  # noqa: ASYNC110 - a file
                await asyncio.sleep(0.1)
        message = newsroom.discord.channel(CHANNEL).messages[-1]
        if any(i.startswith("n:discuss") for i in message.custom_ids):
            return message


async def take_first_out(newsroom: Newsroom) -> None:
    """Store the next version of the last briefing, as another process would."""
    async with SqliteArchive.open(newsroom.folder / DATABASE, busy_timeout_seconds=30) as archive:
        dossier = await archive.find_dossier("latest")
        assert dossier
        story_id = dossier.briefing.briefs[0].story.id
        why = Correction("test", newsroom.clock.now(), WHAT, story_id)
        assert await reissue(archive, dossier.briefing.id, without_story(story_id), why)


def told(newsroom: Newsroom) -> list[Message]:
    """Return the messages that say what was put right."""
    return [m for m in newsroom.discord.channel(CHANNEL).messages if WHAT in m.text]


@pytest.mark.soak
@pytest.mark.parametrize("method", ["PATCH", "POST"])
@pytest.mark.parametrize("fault", [LostReply(), Slow(30)])
@pytest.mark.parametrize("away", [timedelta(seconds=1), timedelta(minutes=10)])
async def test_a_correction_is_told_once_though_the_bot_is_killed_on_its_way(
    tmp_path: Path, method: str, fault: Fault, away: timedelta
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        await newsroom.start()
        message = await brief(newsroom)
        path = "/channels/*/messages/*" if method == "PATCH" else "/channels/*/messages"
        newsroom.discord.fail_next(method, path, fault)
        await take_first_out(newsroom)
        wanted = (lambda: told(newsroom)) if method == "POST" else (lambda: is_second(message))
        await newsroom.discord.until(wanted, "the request that fails", 30)
        await newsroom.kill()
        newsroom.clock.advance(away)
        await newsroom.start()
        await check(newsroom, message)


async def test_a_version_that_was_stored_before_a_kill_is_brought_to_its_message(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        await newsroom.start()
        message = await brief(newsroom)
        await newsroom.kill()
        await take_first_out(newsroom)
        assert "version 2" not in message.text
        await newsroom.start()
        await check(newsroom, message)


def is_second(message: Message) -> bool:
    """Tell whether the message shows the second version."""
    return "version 2" in message.text


async def check(newsroom: Newsroom, message: Message) -> None:
    """Wait until the message is corrected and that was told, and check that it was told once."""
    discord = newsroom.discord
    await discord.until(lambda: is_second(message), "the corrected message", 60)
    await discord.until(lambda: told(newsroom), "what was put right", 60)
    assert await newsroom.stop() == 0
    assert len(told(newsroom)) == 1
    assert discord.channel(CHANNEL).messages[-2:] == [message, *told(newsroom)]
    assert discord.violations == []
    assert discord.pings == []
    assert "Traceback" not in newsroom.log()
