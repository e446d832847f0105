"""The way through the house: watch, post on time, on command, answer in a thread, survive."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.discord_server.channels import Channel, Message
from tests.discord_server.faults import Slow
from tests.system.newsroom import CHANNEL, DAY, MORNING, Newsroom, a_newsroom

pytestmark = pytest.mark.system


async def ask(newsroom: Newsroom, place: Channel, question: str) -> Message:
    """Return the bot's reply to a question in a thread."""
    asked = await newsroom.discord.say(place, question)
    bot = newsroom.discord.world.bot.id

    def reply() -> Message | None:
        later = (m for m in place.messages if m.id > asked.id and m.author_id == bot)
        return next(later, None)

    found = await newsroom.discord.until(reply, f"an answer to {question!r}", 30)
    assert found
    return found


def seen(message: Message) -> str:
    """Return the message's text as a reader sees it, without the escapes."""
    return re.sub(r"\\(?=[^\w\s])", "", message.text)


async def plan(newsroom: Newsroom) -> None:
    """Plan the daily edition at seven."""
    planned = await newsroom.discord.slash("schedule add", {"at": "07:00", "zone": "UTC"})
    said = await planned.reply(seconds=20)
    assert "Edition planned" in said.text
    assert "Thursday 17 September 2026, 07:00" in seen(said)


async def test_the_whole_loop_from_an_empty_folder(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        discord = newsroom.discord
        await newsroom.start()
        await plan(newsroom)

        newsroom.clock.set(MORNING.replace(minute=59, second=58))
        (edition,) = await discord.until_posts(CHANNEL, 1, 60)
        assert "Briefing, Thursday 17 September 2026, 07:00 UTC" in seen(edition)
        assert "Port Aldren" in seen(edition)

        briefed = await discord.slash("brief", {"about": "harbour"})
        assert await briefed.acknowledged() < 1
        assert "Briefing, Thursday 17 September" in seen(await briefed.reply(seconds=60))

        await discuss_the_first_story(newsroom, edition)
        assert await newsroom.stop() == 0
        assert discord.violations == []
        assert discord.pings == []
        assert "Traceback" not in newsroom.log()


async def discuss_the_first_story(newsroom: Newsroom, edition: Message) -> None:
    """Two questions get cited answers, one is not in the sources."""
    discord = newsroom.discord
    button = next(i for i in edition.custom_ids if i.startswith("n:discuss"))
    pressed = await discord.press(edition, button)
    await pressed.reply(seconds=20)
    (thread,) = discord.guild.threads
    await discord.until(lambda: thread.messages, "the story's card", 20)
    assert "Sources" in seen(thread.messages[0])

    people = await ask(newsroom, thread, "How many people were aboard the ferry?")
    assert "206" in seen(people)
    assert re.search(r"\[\d+\]", seen(people))
    assert newsroom.wire.base_url in people.text
    speaker = await ask(newsroom, thread, "What did Nadia Ferrow say?")
    assert "came out of the fog" in seen(speaker)
    unknown = await ask(newsroom, thread, "Who won the chess final in Hembrey?")
    assert "Not in the sources" in seen(unknown)


@pytest.mark.soak
@pytest.mark.parametrize("away", [timedelta(seconds=5), timedelta(minutes=30)])
async def test_a_kill_between_sending_and_recording_doubles_and_loses_nothing(
    tmp_path: Path, away: timedelta
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        discord = newsroom.discord
        await newsroom.start()
        await plan(newsroom)
        discord.fail_next("POST", "/channels/*/messages", Slow(30))
        newsroom.clock.set(MORNING.replace(minute=59, second=58))
        await discord.until_posts(CHANNEL, 1, 60)

        await newsroom.kill()
        newsroom.clock.advance(away)
        await newsroom.start()

        await until_logged(newsroom, "edition posted")
        assert len(discord.channel(CHANNEL).messages) == 1
        newsroom.clock.set(MORNING.replace(minute=59, second=58) + DAY)
        await discord.until_posts(CHANNEL, 2, 60)
        assert await newsroom.stop() == 0
        assert len(discord.channel(CHANNEL).messages) == 2
        assert discord.violations == []


async def until_logged(newsroom: Newsroom, phrase: str, seconds: float = 150) -> None:
    """Wait until the bot has logged the phrase."""
    async with asyncio.timeout(seconds):
        while phrase not in newsroom.log():  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(0.1)
