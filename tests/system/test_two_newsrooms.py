"""One process serves two newsrooms: each posts and answers in its own servers alone."""

from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from tests.system.newsroom import MORNING, a_newsroom, set_up, write_settings
from tests.system.test_walk import seen

pytestmark = [pytest.mark.system, pytest.mark.soak]


async def test_two_newsrooms_in_one_process_share_neither_news_nor_schedules(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        discord = newsroom.discord
        second = discord.world.add_guild("Another", ("desk",), {"editor": ("Editors",)})
        desk = discord.channel("desk", second)
        wire = newsroom.wire
        write_settings(tmp_path, wire, wire.feeds[:1])
        config = tmp_path / "config/nutgraf.toml"
        blocks = "".join(
            f'[[newsroom]]\nname = "{name}"\ndatabase = "data/{name}.db"\nservers = [{guild.id}]\n'
            for name, guild in (("one", discord.guild), ("two", second))
        )
        one_source = config.read_text().replace("[[source]]\n", '[[source]]\nnewsroom = "one"\n')
        config.write_text(one_source + blocks, encoding="utf-8")
        for name, guild in (("one", discord.guild), ("two", second)):
            await set_up(tmp_path, guild.id, database=f"data/{name}.db")
        await newsroom.start()

        planned = await discord.slash("schedule add", {"at": "07:00", "zone": "UTC"})
        assert "Edition planned" in (await planned.reply(seconds=20)).text
        newsroom.clock.set(MORNING.replace(minute=59, second=58))
        (edition,) = await discord.until_posts("briefings", 1, 60)
        assert "Briefing, Thursday 17 September 2026, 07:00 UTC" in seen(edition)

        told = await discord.slash("brief", channel=desk)
        # why, only the member is told: it has no sources
        assert (await told.reply(seconds=30)).text == "No answer."
        await discord.until(lambda: not desk.messages, "an empty channel", 20)
        assert await newsroom.stop() == 0
        assert "Traceback" not in newsroom.log()
        async with SqliteArchive.open(tmp_path / "data/two.db") as archive:
            assert await archive.timetable.schedules() == ()
            assert await archive.find_dossier("latest") is None
