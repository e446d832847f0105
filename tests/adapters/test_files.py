import io
import os
import tracemalloc
from pathlib import Path

import pytest

from bot.adapters.files import Files
from bot.errors import FetchError


async def why_not(address: Path | str, files: Files | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        await (files or Files()).fetch(str(address))
    return caught.value.reason


async def test_a_file_comes_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "näher dran.txt"
    path.write_bytes(b"\xffany bytes\0")
    document = await Files().fetch(str(path))
    assert document.content == b"\xffany bytes\0"
    assert document.address == document.final_address == str(path)


async def test_a_dash_means_standard_input() -> None:
    document = await Files(stdin=io.BytesIO(b"piped")).fetch("-")
    assert (document.address, document.content) == ("-", b"piped")


async def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    assert await why_not(tmp_path / "none.txt") == "there is no such file"
    assert await why_not(file / "inside") == "there is no such file"
    assert (
        await why_not(tmp_path)
        == "is a directory; name its files, or list it as a source with a / behind it"
    )
    assert await why_not("a\0b") == "is no path that a file can have"
    assert (await why_not("x" * 5000)).startswith("cannot be read (File name too long")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
async def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    assert await why_not(path) == "may not be read (permission denied)"


async def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    files = Files(max_bytes=1_000_000)
    path.write_bytes(bytes(1_000_000))
    assert len((await files.fetch(str(path))).content) == 1_000_000
    path.write_bytes(bytes(1_000_001))
    assert await why_not(path, files) == "is larger than 1 MB"


async def test_a_file_of_300_megabytes_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    tracemalloc.start()
    try:
        assert await why_not(path) == "is larger than 20 MB"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


async def test_endless_input_is_read_up_to_the_limit() -> None:
    class Endless(io.BytesIO):
        asked = 0

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert size > 0
            self.asked += size
            return bytes(size)

    stdin = Endless()
    assert await why_not("-", Files(max_bytes=5000, stdin=stdin)) == "is larger than 0.005 MB"
    assert stdin.asked == 5001


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
async def test_a_device_without_an_end_is_read_up_to_the_limit() -> None:
    assert await why_not("/dev/zero", Files(max_bytes=10_000)) == "is larger than 0.01 MB"
