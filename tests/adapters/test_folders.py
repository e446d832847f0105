"""Watching a folder: what is complete is read once, and nothing else is touched."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.folders import MAX_FILES, MAX_NAMED, WatchedFolders
from bot.errors import FetchError
from bot.ports import Dropped, Folders, TriedFile
from tests.fakes import FakeDroppedFiles, FakeFolders

NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)
SOON = timedelta(seconds=5)


def drop(folder: Path, name: str, content: bytes = b"Ferry", *, at: datetime = LONG_AGO) -> Path:
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


class Watch:
    """A folder that is watched, and everything read that is ready."""

    def __init__(self, folder: Path, memory: FakeDroppedFiles | None = None) -> None:
        self.path = folder
        self.address = f"{folder}/"
        self.memory = memory or FakeDroppedFiles()
        self.folders = WatchedFolders(self.memory, max_bytes=1_000)

    async def ready(self, now: datetime = NOW) -> list[str]:
        look = await self.folders.look(self.address, now=now)
        return [file.name for file in look.ready]

    async def read(self, now: datetime = NOW, *, reason: str = "") -> list[str]:
        look = await self.folders.look(self.address, now=now)
        tried = [TriedFile(f.key, f.stamp, f.name, reason) for f in look.ready]
        await self.folders.note(self.address, tried, now=now)
        return [file.name for file in look.ready]

    async def only(self) -> Dropped:
        (file,) = (await self.folders.look(self.address, now=NOW)).ready
        return file

    async def why_not(self, file: Dropped) -> str:
        with pytest.raises(FetchError) as caught:
            await self.folders.fetch(self.address, file)
        return caught.value.reason


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    folder = tmp_path / "incoming"
    folder.mkdir()
    return Watch(folder)


async def test_each_file_is_read_once_the_newest_first(watch: Watch) -> None:
    drop(watch.path, "a.txt")
    drop(watch.path, "b.txt", at=LONG_AGO + SOON)

    assert await watch.read() == ["b.txt", "a.txt"]
    assert await watch.read() == []
    drop(watch.path, "c.txt")
    assert await watch.read() == ["c.txt"]


async def test_a_restart_reads_nothing_twice(watch: Watch) -> None:
    drop(watch.path, "a.txt")
    await watch.read()

    assert await Watch(watch.path, watch.memory).read() == []


async def test_a_changed_file_is_read_again(watch: Watch) -> None:
    drop(watch.path, "a.txt")
    await watch.read()
    drop(watch.path, "a.txt", b"Ferry stops")

    assert await watch.read() == ["a.txt"]
    assert await watch.read() == []


async def test_a_file_that_is_being_written_is_waited_for(watch: Watch) -> None:
    drop(watch.path, "a.txt", b"Fer", at=NOW)
    assert await watch.ready(NOW) == []
    drop(watch.path, "a.txt", b"Ferry st", at=NOW + SOON)
    assert await watch.ready(NOW + SOON) == []
    assert await watch.ready(NOW + 2 * SOON) == ["a.txt"]


async def test_a_file_that_is_moved_in_is_read_at_once(watch: Watch, tmp_path: Path) -> None:
    drop(tmp_path, "a.txt").rename(watch.path / "a.txt")

    assert await watch.ready() == ["a.txt"]


async def test_a_file_from_the_future_is_waited_for_like_any_other(watch: Watch) -> None:
    drop(watch.path, "a.txt", at=NOW + timedelta(days=1))
    assert await watch.ready() == []

    assert await watch.ready(NOW + SOON) == ["a.txt"]


@pytest.mark.parametrize(
    "name",
    [".hidden.txt", ".a.txt.swp", "a.txt~", "#a.txt#", "a.txt.part", "A.TMP", "~$a.docx",
     ".#lock", "a.filepart"],
)  # fmt: skip
async def test_what_editors_and_transfers_leave_is_passed_over(watch: Watch, name: str) -> None:
    drop(watch.path, name)

    assert await watch.ready() == []


async def test_no_link_folder_or_pipe_is_read(watch: Watch, tmp_path: Path) -> None:
    outside = drop(tmp_path, "outside.txt")
    (watch.path / "link.txt").symlink_to(outside)
    (watch.path / "inner").mkdir()
    drop(watch.path / "inner", "a.txt")
    os.mkfifo(watch.path / "pipe.txt")

    assert await watch.ready() == []


async def test_a_file_that_becomes_a_link_or_a_pipe_is_not_followed(
    watch: Watch, tmp_path: Path
) -> None:
    path = drop(watch.path, "a.txt")
    file = await watch.only()
    path.unlink()
    assert await watch.why_not(file) == "cannot be read (No such file or directory)"
    path.symlink_to(drop(tmp_path, "outside.txt"))
    assert (await watch.why_not(file)).startswith("cannot be read (")
    path.unlink()
    os.mkfifo(path)
    assert await watch.why_not(file) == "is no plain file"


async def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_look(
    watch: Watch,
) -> None:
    drop(watch.path, "a.txt")
    file = await watch.only()
    drop(watch.path, "a.txt", b"Ferry stops")

    assert await watch.why_not(file) == "was changed while it was read"


async def test_a_file_is_given_with_its_bytes_and_its_path(watch: Watch) -> None:
    drop(watch.path, "a.txt")
    document = await watch.folders.fetch(watch.address, await watch.only())

    assert document.content == b"Ferry"
    assert document.address == str(watch.path / "a.txt")


async def test_a_large_file_is_refused(watch: Watch) -> None:
    drop(watch.path, "a.txt", bytes(1_001))

    assert await watch.why_not(await watch.only()) == "is larger than 0.001 MB"


async def test_what_cannot_be_read_is_named_until_it_changes_or_goes(watch: Watch) -> None:
    path = drop(watch.path, "a.txt")
    assert await watch.read(reason="is a PDF") == ["a.txt"]
    for again in (watch, Watch(watch.path, watch.memory)):
        look = await again.folders.look(again.address, now=NOW)
        assert [(u.address, u.reason) for u in look.unread] == [(str(path), "is a PDF")]
        assert look.ready == ()
    drop(watch.path, "a.txt", b"Ferry stops")
    assert (await watch.folders.look(watch.address, now=NOW)).unread == ()
    await watch.read(reason="is a PDF")
    path.unlink()
    assert (await watch.folders.look(watch.address, now=NOW)).unread == ()


async def test_many_unreadable_files_are_counted(watch: Watch) -> None:
    for number in range(MAX_NAMED + 5):
        drop(watch.path, f"{number:03}.txt")
    await watch.read(reason="is a PDF")
    unread = (await watch.folders.look(watch.address, now=NOW)).unread

    assert len(unread) == MAX_NAMED + 1
    assert unread[-1].reason == "5 more files in it cannot be read"


async def test_a_full_folder_is_given_in_portions(watch: Watch) -> None:
    for number in range(MAX_FILES + 1):
        drop(watch.path, f"{number}.txt")
    look = await watch.folders.look(watch.address, now=NOW)
    assert (len(look.ready), look.is_all) == (MAX_FILES, False)
    await watch.read()
    assert len(await watch.read()) == 1


async def test_a_name_that_is_no_text_is_read_and_printed_as_one(watch: Watch) -> None:
    path = os.fsencode(watch.path) + b"/\xff\x1b[31m\n.txt"
    with open(path, "wb") as file:  # noqa: ASYNC230, PTH123 - a path in bytes
        file.write(b"Ferry")
    os.utime(path, (0, 0))
    document = await watch.folders.fetch(watch.address, await watch.only())

    assert document.content == b"Ferry"
    assert document.address.isprintable()


async def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="there is no such folder"):
        await WatchedFolders(FakeDroppedFiles()).look(f"{tmp_path}/none/", now=NOW)
    drop(tmp_path, "a.txt")
    with pytest.raises(FetchError, match="cannot be read"):
        await WatchedFolders(FakeDroppedFiles()).look(f"{tmp_path}/a.txt/", now=NOW)


async def test_nothing_in_the_folder_is_changed(watch: Watch) -> None:
    path = drop(watch.path, "a.txt")
    before = path.stat()
    await watch.folders.fetch(watch.address, await watch.only())
    await watch.read()

    after = path.stat()
    assert (before.st_mtime_ns, before.st_ctime_ns) == (after.st_mtime_ns, after.st_ctime_ns)
    assert list(watch.path.iterdir()) == [path]


class Both:
    """The same folder, on the file system or in the fake."""

    def __init__(self, kind: str, path: Path) -> None:
        self.path = path / "in"
        self.path.mkdir()
        self.fake = FakeFolders({"in/": {}}) if kind == "fake" else None
        self.folders: Folders = self.fake or WatchedFolders(FakeDroppedFiles())
        self.address = "in/" if self.fake else f"{self.path}/"

    def drop(self, name: str, content: bytes) -> None:
        if self.fake:
            self.fake.files["in/"][name] = content
        else:
            drop(self.path, name, content)

    async def read(self, reason: str = "") -> list[bytes]:
        look = await self.folders.look(self.address, now=NOW)
        found = [await self.folders.fetch(self.address, file) for file in look.ready]
        tried = [TriedFile(f.key, f.stamp, f.name, reason) for f in look.ready]
        await self.folders.note(self.address, tried, now=NOW)
        return [document.content for document in found]

    async def unread(self) -> list[tuple[str, str]]:
        look = await self.folders.look(self.address, now=NOW)
        return [(u.address.removeprefix(self.address), u.reason) for u in look.unread]


@pytest.mark.parametrize("kind", ["fake", "real"])
async def test_every_folder_gives_what_is_new_once(kind: str, tmp_path: Path) -> None:
    both = Both(kind, tmp_path)
    both.drop("a.txt", b"Ferry")
    assert [await both.read(), await both.read()] == [[b"Ferry"], []]
    both.drop("a.txt", b"Ferry stops")
    assert await both.read() == [b"Ferry stops"]
    with pytest.raises(FetchError, match="there is no such folder"):
        await both.folders.look(f"{tmp_path}/none/", now=NOW)


@pytest.mark.parametrize("kind", ["fake", "real"])
async def test_every_folder_names_what_failed_until_it_changes(kind: str, tmp_path: Path) -> None:
    both = Both(kind, tmp_path)
    both.drop("a.txt", b"Ferry")
    await both.read(reason="is a PDF")
    assert await both.unread() == [("a.txt", "is a PDF")]
    both.drop("a.txt", b"Ferry stops")
    assert await both.unread() == []
    assert await both.read() == [b"Ferry stops"]
    assert await both.unread() == []
