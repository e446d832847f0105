"""What every store of servers promises: the same tests on SQLite and on the fake."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from msgspec.structs import replace
from sqlalchemy import create_engine

from bot.adapters.archive import SqliteArchive
from bot.adapters.archive.migrations.versions import v0013_servers
from bot.adapters.archive.server_tables import operations_channel
from bot.news import Server
from tests.builders import NOON
from tests.fakes import FakeArchive

HOUR = timedelta(hours=1)
ONE, OTHER = 2**62 + 3, 5


async def test_the_first_server_that_comes_belongs_to_the_newsroom_and_no_other(
    archive: SqliteArchive | FakeArchive,
) -> None:
    ids = range(1, 10)
    claims = await asyncio.gather(*(archive.servers.claim_first(i, now=NOON) for i in ids))

    assert sum(claims) == 1
    (server,) = await archive.servers.servers()
    assert await archive.servers.claim_first(server.id, now=NOON + HOUR)
    assert await archive.servers.servers() == (server,)


async def test_servers_are_added_once_found_and_removed(
    archive: SqliteArchive | FakeArchive,
) -> None:
    assert await archive.servers.add_server(ONE, now=NOON)
    assert not await archive.servers.add_server(ONE, now=NOON + HOUR)
    assert await archive.servers.add_server(OTHER, now=NOON + HOUR)

    assert await archive.servers.servers() == (Server(ONE, NOON), Server(OTHER, NOON + HOUR))
    assert await archive.servers.remove_server(ONE)
    assert not await archive.servers.remove_server(ONE)
    assert await archive.servers.find_server(ONE) is None
    assert await archive.servers.find_server(OTHER) == Server(OTHER, NOON + HOUR)


async def test_what_is_set_for_a_server_is_kept_for_it_alone(
    archive: SqliteArchive | FakeArchive,
) -> None:
    await archive.servers.add_server(ONE, now=NOON)
    await archive.servers.add_server(OTHER, now=NOON)

    changed = await archive.servers.change_server(
        ONE, lambda server: replace(server, zone="Europe/London", chiefs=(7, 2**62))
    )

    assert changed == await archive.servers.find_server(ONE)
    assert changed == Server(ONE, NOON, zone="Europe/London", chiefs=(7, 2**62))
    assert await archive.servers.find_server(OTHER) == Server(OTHER, NOON)
    assert await archive.servers.change_server(8, lambda server: server) is None
    with pytest.raises(ValueError, match="another server"):
        await archive.servers.change_server(ONE, lambda _: Server(OTHER, NOON))


async def test_changes_at_the_same_time_are_all_kept(
    archive: SqliteArchive | FakeArchive,
) -> None:
    await archive.servers.add_server(ONE, now=NOON)

    async def with_reader(role_id: int) -> None:
        await archive.servers.change_server(
            ONE, lambda server: replace(server, readers=(*server.readers, role_id))
        )

    await asyncio.gather(*(with_reader(i) for i in range(1, 8)))

    found = await archive.servers.find_server(ONE)
    assert found
    assert sorted(found.readers) == list(range(1, 8))


async def test_a_members_last_choice_of_this_newsroom_is_remembered(
    archive: SqliteArchive | FakeArchive,
) -> None:
    assert await archive.servers.chosen_at(ONE) is None
    await archive.servers.choose(ONE, now=NOON)
    await archive.servers.choose(ONE, now=NOON + HOUR)

    assert await archive.servers.chosen_at(ONE) == NOON + HOUR
    assert await archive.servers.chosen_at(OTHER) is None


async def test_servers_that_an_older_archive_knows_go_on(path: Path) -> None:
    path.parent.mkdir()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "bot.adapters.archive:migrations")
        command.upgrade(config, v0013_servers.down_revision)
        connection.execute(operations_channel.insert().values(newsroom_id=ONE, channel_id=6))
    engine.dispose()

    async with SqliteArchive.open(path) as archive:
        (server,) = await archive.servers.servers()

    assert server == Server(ONE, server.added_at, welcomed=True)
