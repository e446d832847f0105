"""What every keeper of readers' marks promises: the same tests on SQLite and on the fake."""

from datetime import datetime, timedelta

import pytest

from bot.adapters.archive import SqliteArchive
from tests.builders import NOON
from tests.fakes import FakeArchive

HOUR = timedelta(hours=1)
Both = SqliteArchive | FakeArchive


async def test_a_mark_goes_forward_and_never_back(archive: Both) -> None:
    marks = archive.marks
    assert await marks.mark_of("discord 1") is None
    assert await marks.move_mark("discord 1", NOON) == NOON
    assert await marks.move_mark("discord 1", NOON - HOUR) == NOON
    assert await marks.mark_of("discord 1") == NOON
    assert await marks.move_mark("discord 1", NOON + HOUR) == NOON + HOUR
    assert await marks.mark_of("discord 1") == NOON + HOUR


async def test_each_reader_has_a_mark_of_their_own(archive: Both) -> None:
    await archive.marks.move_mark("discord 1", NOON)
    assert await archive.marks.mark_of("discord 2") is None


async def test_an_instant_without_a_zone_is_refused(archive: Both) -> None:
    with pytest.raises(ValueError, match="aware"):
        await archive.marks.move_mark("discord 1", datetime(2026, 3, 4, 12))  # noqa: DTZ001 - on purpose
