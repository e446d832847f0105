"""What the engines of an archive promise when it closes."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.archive.engines import dispose_when_idle, reading_engine


def test_a_cancelled_reader_gives_its_connection_back_before_the_loop_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def cancelled_while_closing(steps: int) -> None:
        engine = reading_engine(tmp_path / "archive.db", busy_timeout_seconds=1)
        lent = asyncio.Event()

        async def read() -> None:
            async with engine.begin():
                lent.set()
                await asyncio.Event().wait()

        reading = asyncio.create_task(read())
        await lent.wait()
        reading.cancel()
        for _ in range(steps):
            await asyncio.sleep(0)
        await dispose_when_idle(engine)

    for steps in range(12):
        asyncio.run(cancelled_while_closing(steps))

    assert [record.getMessage() for record in caplog.records] == []
