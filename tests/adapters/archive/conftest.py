"""The archives that the tests of this folder run on."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from tests.fakes import FakeArchive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "nutgraf.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive without articles, to copy: migrating each one anew takes five times as long."""
    path = tmp_path_factory.mktemp("empty") / "nutgraf.db"

    async def make() -> None:
        async with SqliteArchive.open(path):
            pass

    asyncio.run(make())
    return path


@pytest.fixture
async def stored(path: Path, empty: Path) -> AsyncIterator[SqliteArchive]:
    path.parent.mkdir()
    shutil.copy(empty, path)
    async with SqliteArchive.open(path) as archive:
        yield archive


@pytest.fixture(params=["fake", "sqlite"])
def archive(request: pytest.FixtureRequest) -> SqliteArchive | FakeArchive:
    if request.param == "fake":
        return FakeArchive()
    stored: SqliteArchive = request.getfixturevalue("stored")
    return stored
