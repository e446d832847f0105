"""Hostile documents through the real reading process: each ends in a sentence, soon and small."""

import gzip
import json
import re
import sys
import tarfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.parsing import Workers
from bot.errors import ExtractError
from bot.ports import Document

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(sys.platform != "linux", reason="reads peak memory from /proc"),
]

NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[4] / "shared"
MAX_MEGABYTES = 300
MAX_SECONDS = 60  # by the clock of a machine that others use too
SECRET = "do not tell"  # noqa: S105 - what no reading may contain

LAUGHS = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
RSS = "<rss version='2.0'><channel><title>Courier</title>{}</channel></rss>"
NITF = "<nitf><head/><body><body.head><hedline><hl1>{}</hl1></hedline></body.head></body></nitf>"


def bomb(root: str, document: str) -> bytes:
    return f"<!DOCTYPE {root} [<!ENTITY l0 'lol'>{LAUGHS}]>{document}".encode()


def encoded(*parts: str) -> bytes:
    return "".join(parts).encode()


def item(title: str) -> str:
    return f"<item><title>{title}</title><description>For a month.</description></item>"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "laughs in a feed": lambda: bomb("rss", RSS.format(item("&l9;"))),
    "laughs in NITF": lambda: bomb("nitf", NITF.format("&l9;")),
    "quadratic": lambda: encoded(
        f"<!DOCTYPE rss [<!ENTITY a '{'a' * 100_000}'>]>", RSS.format(item("&a;" * 20_000))
    ),
    "a DTD from elsewhere": lambda: (
        b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">' + RSS.format(item("Ferry")).encode()
    ),
    "10 MB title": lambda: RSS.format(item("a" * 10_000_000)).encode(),
    "10 MB title of a page": lambda: (
        b"<html><head><title>" + b"a" * 10_000_000 + b"</title></head></html>"
    ),
    "10 MB title in JSON": lambda: json.dumps(
        {"items": [{"title": "a" * 10_000_000, "content_html": "<p>For a month."}]}
    ).encode(),
    "NUL bytes": lambda: RSS.format(item("Fer\0ry")).replace("\0", "\0" * 1_000_000).encode(),
    "NUL bytes in a page": lambda: b"<html><body><p>" + b"\0" * 5_000_000 + b"The ferry stops.</p>",
    "100,000 items": lambda: RSS.format("".join(item(str(n)) for n in range(100_000))).encode(),
    "100,000 items in JSON": lambda: json.dumps(
        {"items": [{"id": str(n), "content_html": "<p>For a month."} for n in range(100_000)]}
    ).encode(),
    "a tag with 200,000 attributes": lambda: encoded(
        "<rss ", *(f"a{n}='1' " for n in range(200_000)), "><channel/></rss>"
    ),
    "200,000 nested tags": lambda: encoded(
        "<rss><channel>", "<a>" * 200_000, "</a>" * 200_000, "</channel></rss>"
    ),
    "200,000 nested tags in a page": lambda: b"<html><body>" + b"<div>" * 200_000 + b"Ferry",
    "200,000 nested lists": lambda: b"[" * 200_000 + b"<",
    "packed twice": lambda: gzip.compress(gzip.compress(bytes(200_000_000))),
    "packed zeros": lambda: gzip.compress(b"<rss>" + bytes(200_000_000)),
    "brotli that nobody named": lambda: b"\xcf\xff\xff\x7f\xf8'\x00\xe2\xb1<\xc0" * 50,
    "zstd that nobody named": lambda: b"\x28\xb5\x2f\xfd\xa4<" + b"\xff" * 3_000,
    "a wrong charset": lambda: (
        b"<?xml version='1.0' encoding='utf-16'?>" + RSS.format("\xe9").encode()
    ),
    "a charset that is none": lambda: b"<html><meta charset='base64'><p>" + b"\x80\xff" * 100_000,
    "4 MB of one word": lambda: b"<html><body><p>" + b"<b>a" * 1_000_000,
}
"""Each made when it is used: together they take seconds and gigabytes."""


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(count=1, megabytes=MAX_MEGABYTES) as started:
        yield started


def peak_megabytes(process: int) -> float:
    """Return the most memory that the process had, 0 if it has just ended."""
    with suppress(OSError):
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(peak[1]) / 1000 if peak else 0
    return 0


async def read(workers: Workers, document: Document) -> str:
    """Return all that was read, or the sentence, and check what it took."""
    began = time.perf_counter()
    try:
        reading = await workers.read(document, now=NOW)
        said = repr(reading)
    except ExtractError as error:
        said = error.reason
        assert re.fullmatch(r"[a-z].{5,200}[^.]", said), said
    assert time.perf_counter() - began < MAX_SECONDS
    for process in workers.process_ids:
        assert peak_megabytes(process) < MAX_MEGABYTES
    return said


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_ends_in_a_sentence_or_a_harmless_reading(
    workers: Workers, name: str
) -> None:
    said = await read(workers, Document(name, HOSTILE[name]()))

    assert "lollollol" not in said


@pytest.mark.parametrize(
    "entity",
    ['SYSTEM "{}"', 'SYSTEM "file://{}"', 'PUBLIC "x" "file://{}"'],
    ids=["path", "address", "public"],
)
async def test_no_document_makes_the_process_read_a_file(
    workers: Workers, tmp_path: Path, entity: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    doctype = f"<!DOCTYPE rss [<!ENTITY x {entity.format(secret)}>]>"
    for document in (RSS.format(item("Ferry &x;")), NITF.format("Ferry &x;")):
        assert SECRET not in await read(workers, Document("x", (doctype + document).encode()))


async def test_after_all_of_them_the_next_document_is_read(workers: Workers) -> None:
    for name in ("laughs in a feed", "200,000 nested tags in a page", "packed twice"):
        await read(workers, Document(name, HOSTILE[name]()))

    assert "Ferry" in await read(workers, Document("x", RSS.format(item("Ferry")).encode()))


@pytest.mark.soak
@pytest.mark.skipif(not (SHARED / "data/feeds").is_dir(), reason="needs ../shared/data")
async def test_every_bad_file_of_the_shared_set_is_read_or_refused(
    workers: Workers, tmp_path: Path
) -> None:
    unpacked = tmp_path / "feeds"
    unpacked.mkdir()
    with tarfile.open(SHARED / "data/feeds/feeds.tar.xz") as files:
        bad = [member for member in files if member.name.removeprefix("./").startswith("bad/")]
        files.extractall(unpacked, members=bad, filter="data")
    listed = (SHARED / "data/feeds/bad.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {one["file"]: one for one in map(json.loads, listed)}

    for name, one in wanted.items():
        said = await read(workers, Document(name, (unpacked / name).read_bytes()))
        secret = one.get("secret")
        assert not secret or secret not in said
        for title in one.get("titles", ()):
            assert title in said, name
