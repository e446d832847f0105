"""Reading in processes that may die: whatever happens to one, only its document is lost."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.parsing import ReaderHere, Workers
from bot.adapters.parsing.messages import MAX_ITEMS, Answer, pack, to_answer
from bot.errors import ExtractError
from bot.ports import Document, Item, Reader, Reading
from tests.fakes import FakeReader

NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)
ITEM = "<item><title>Ferry {0} stops</title><description>For a month.</description></item>"
PAGE = b"<html><body><article><h1>Ferry stops</h1><p>" + b"The ferry stops on Monday. " * 20

system = pytest.mark.system


def rss(count: int) -> bytes:
    items = "".join(ITEM.format(n) for n in range(count))
    return f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>".encode()


FEED = Document("feed.xml", rss(3))
SLOW = Document("slow.xml", b"<html><body>" + b"<p>The <i>ferry</i> stops on Monday.</p>" * 19_900)
"""Takes a processor some seconds."""
BREAKS = Document(
    "b.xml",
    b"<rss version='2.0'><channel><item><description>&amp;#xD800;&#xD800;</description></item>",
)
"""The library that reads feeds stumbles over half of a surrogate pair."""


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(count=1) as started:
        yield started


@pytest.fixture(params=["fake", "here", pytest.param("workers", marks=system)])
async def reader(request: pytest.FixtureRequest) -> AsyncIterator[Reader]:
    if request.param == "workers":
        async with Workers() as started:
            yield started
    else:
        yield FakeReader() if request.param == "fake" else ReaderHere()


class Quoting(Document):
    """A document that a parser stumbles over, quoting it."""

    def __getattribute__(self, name: str) -> object:
        """Fail when somebody looks at its bytes."""
        if name == "content":
            raise ValueError("Not before Friday")
        return super().__getattribute__(name)


async def test_what_a_parser_quotes_of_a_document_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(ExtractError, match="cannot be read"):
        await ReaderHere().read(Quoting("held.xml", b""), now=NOW)
    (record,) = caplog.records
    assert vars(record)["at"]
    assert "before Friday" not in f"{caplog.text}{vars(record)}"


async def why_not(reader: Reader, document: Document) -> str:
    with pytest.raises(ExtractError) as caught:
        await reader.read(document, now=NOW)
    assert caught.value.address == document.address
    return caught.value.reason


async def some_process(workers: Workers) -> tuple[int, ...]:
    """Return the processes as soon as there is one."""
    async with asyncio.timeout(10):
        while not workers.process_ids:  # noqa: ASYNC110 - a process rings no bell
            await asyncio.sleep(0)
    return workers.process_ids


async def no_process(workers: Workers) -> None:
    """Return as soon as there is none."""
    async with asyncio.timeout(10):
        while workers.process_ids:  # noqa: ASYNC110 - the same
            await asyncio.sleep(0)


async def test_every_reader_reads_the_same(reader: Reader) -> None:
    reading = await reader.read(FEED, now=NOW)
    text = await reader.read(Document("a.txt", b"Ferry stops\n\nFor a month."), now=NOW)

    assert (reading.kind, reading.outlet, len(reading.items)) == ("feed", "Courier", 3)
    assert reading.items[2].title == "Ferry 2 stops"
    assert text.items[0].title == "Ferry stops"


async def test_every_reader_says_why_it_cannot_read(reader: Reader) -> None:
    assert await why_not(reader, Document("a", b"")) == "is empty"
    assert await why_not(reader, BREAKS) == "cannot be read (UnicodeEncodeError)"


@system
async def test_a_process_is_started_when_it_is_needed_and_used_again(workers: Workers) -> None:
    await workers.read(Document("a.txt", b"Ferry stops\n\nFor a month."), now=NOW)
    without = workers.process_ids
    await workers.read(FEED, now=NOW)
    first = workers.process_ids
    await why_not(workers, BREAKS)
    await workers.read(FEED, now=NOW)
    assert (len(without), len(first)) == (0, 1)
    assert workers.process_ids == first


@system
async def test_a_large_parent_does_not_make_its_children_look_large(workers: Workers) -> None:
    weight = bytearray(b"x" * 250_000_000)
    await workers.read(FEED, now=NOW)
    first = workers.process_ids
    await workers.read(FEED, now=NOW)

    assert len(weight) > 0
    assert workers.process_ids == first


@system
async def test_a_killed_process_costs_its_document_and_nothing_else(workers: Workers) -> None:
    reading = asyncio.create_task(why_not(workers, SLOW))
    waiting = asyncio.create_task(workers.read(FEED, now=NOW))
    (victim,) = await some_process(workers)
    os.kill(victim, signal.SIGKILL)

    assert await reading == "ends the process that reads it (SIGKILL)"
    assert len((await waiting).items) == 3
    assert victim not in workers.process_ids


@system
async def test_a_process_that_died_while_it_waited_costs_nothing(workers: Workers) -> None:
    await workers.read(FEED, now=NOW)
    (victim,) = workers.process_ids
    os.kill(victim, signal.SIGKILL)
    await no_process(workers)

    assert len((await workers.read(FEED, now=NOW)).items) == 3


@system
async def test_a_document_has_only_so_much_time() -> None:
    async with Workers(count=1, seconds=1) as workers:
        assert await why_not(workers, SLOW) == "takes longer than 1 seconds to read"
        assert len((await workers.read(FEED, now=NOW)).items) == 3


@system
async def test_a_document_has_only_so_much_memory() -> None:
    large = Document("large.xml", rss(1).replace(b"Ferry", b"a" * 15_000_000))
    async with Workers(count=1, megabytes=60) as workers:
        assert await why_not(workers, large) == "needs more than 60 MB to be read"
        assert len((await workers.read(FEED, now=NOW)).items) == 3


@system
async def test_who_gives_up_leaves_no_answer_to_the_next(workers: Workers) -> None:
    given_up = asyncio.create_task(workers.read(SLOW, now=NOW))
    await some_process(workers)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up

    assert len((await workers.read(FEED, now=NOW)).items) == 3


@system
async def test_no_more_processes_than_allowed_and_none_left_behind() -> None:
    before = set(psutil.Process().children())
    async with Workers(count=2) as workers:
        pages = [Document(f"{n}.html", PAGE) for n in range(6)]
        readings = await asyncio.gather(*(workers.read(page, now=NOW) for page in pages))
        assert {reading.kind for reading in readings} == {"page"}
        assert len(workers.process_ids) == 2
        busy = asyncio.create_task(workers.read(SLOW, now=NOW))
        await asyncio.sleep(0)
    with pytest.raises(ExtractError):
        await busy
    assert set(psutil.Process().children()) <= before


@system
async def test_a_process_with_nothing_to_do_leaves() -> None:
    async with Workers(rest_seconds=0) as workers:
        await workers.read(FEED, now=NOW)
        await no_process(workers)


@system
async def test_a_reading_process_is_told_no_secret(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUTGRAF_DISCORD_TOKEN", "secret")
    await workers.read(FEED, now=NOW)

    (process,) = workers.process_ids
    assert set(psutil.Process(process).environ()) <= {"PYTHONPATH", "LC_CTYPE"}


@system
async def test_a_label_that_cannot_cross_is_the_documents_failure(workers: Workers) -> None:
    odd = Document("a.xml", rss(1), charset="\udcff")

    assert await why_not(workers, odd) == "comes with a label that is no text"


@system
async def test_a_process_that_was_taken_over_cannot_name_a_file_to_be_read(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Answer(Reading("feed", "x", (Item(address="/etc/passwd", teaser=True),)))
    (tmp_path / "answer").write_bytes(pack(answer))
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\ncat {tmp_path}/answer; cat >/dev/null\n", encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(script))

    assert await why_not(workers, FEED) == "made the process that reads it talk nonsense"


@system
async def test_what_crosses_is_bounded_by_what_anybody_may_take(workers: Workers) -> None:
    reading = await workers.read(Document("a.xml", rss(MAX_ITEMS + 5)), now=NOW)

    assert len(reading.items) == MAX_ITEMS


@given(st.binary())
def test_an_answer_is_a_reading_a_reason_or_nonsense(body: bytes) -> None:
    try:
        answer = to_answer(body)
    except msgspec.DecodeError:
        return
    assert isinstance(answer, Answer)


def test_an_answer_survives_the_way() -> None:
    answer = Answer(Reading("feed", "Courier", ()), is_last=True)

    assert to_answer(pack(answer)[4:]) == answer
