"""`nutgraf sources` as a process of its own: its exit codes, and beside a newsroom that runs."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from tests.source_desk.desks import a_feed, an_item
from tests.system.newsroom import ROOT, a_newsroom, write_settings

pytestmark = [pytest.mark.system, pytest.mark.soak]


async def nutgraf(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of `nutgraf sources …`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sources", *arguments),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "gone.xml"), "gone.xml: there is no such file."),
        (("add", "http://127.0.0.1:9/feed"), "refused: 127.0.0.1 is a loopback address; allow it"),
        (("remove", "nobody"), "No source is called 'nobody'; `sources list` names them."),
        (("import", "feed.xml"), "feed.xml: is no OPML list."),
    ],
)
async def test_bad_input_ends_with_two_and_one_sentence_on_standard_error(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "feed.xml").write_bytes(a_feed(an_item()))
    code, out, err = await nutgraf(tmp_path, *arguments)

    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


async def test_what_is_done_ends_with_zero_and_what_is_refused_on_trial_with_two(
    tmp_path: Path,
) -> None:
    (tmp_path / "feed.xml").write_bytes(a_feed(an_item()))
    assert (await nutgraf(tmp_path, "add", "feed.xml"))[0] == 0
    assert (await nutgraf(tmp_path, "test", "feed.xml"))[0] == 0
    code, out, err = await nutgraf(tmp_path, "test", "gone.xml")

    assert (code, err) == (2, "")
    assert "Would not be read: there is no such file." in out


async def test_sources_are_kept_while_another_process_holds_the_archive(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(a_feed(an_item()))
    async with SqliteArchive.open(tmp_path / "data/nutgraf.db", exclusive=True) as archive:
        assert (await nutgraf(tmp_path, "add", "feed.xml", "--urgent"))[0] == 0
        (kept,) = await archive.subscriptions.subscriptions()

    assert (kept.address, kept.urgent) == ("feed.xml", True)


async def test_a_running_newsroom_reads_what_is_added_without_being_started_again(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        late = newsroom.wire.feeds[1]
        path = late.address.removeprefix(newsroom.wire.base_url)
        write_settings(tmp_path, newsroom.wire, newsroom.wire.feeds[:1])
        await newsroom.start()
        assert newsroom.wire.requests.get(path, 0) == 0
        code, _, err = await nutgraf(tmp_path, "add", late.address, "--as-is", "--outlet", "Late")
        assert (code, err) == (0, "")
        async with asyncio.timeout(30):
            while True:
                (found,) = json.loads((await nutgraf(tmp_path, "list", "late", "--json"))[1])
                if found["read_at"]:
                    break
        assert await newsroom.stop() == 0

    assert (found["outlet"], found["failures"], newsroom.wire.requests[path]) == ("Late", 0, 1)
