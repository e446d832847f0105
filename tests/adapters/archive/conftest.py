"""The archives that the tests of this folder run on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.ports import Archive
from tests.fakes import FakeArchive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "nutgraf.db"


@pytest.fixture
async def stored(path: Path) -> AsyncIterator[SqliteArchive]:
    async with SqliteArchive.open(path) as archive:
        yield archive


@pytest.fixture(params=["fake", "sqlite"])
async def archive(request: pytest.FixtureRequest, path: Path) -> AsyncIterator[Archive]:
    if request.param == "fake":
        yield FakeArchive()
    else:
        async with SqliteArchive.open(path) as opened:
            yield opened
