"""What polling costs: 10,000 conditional polls over 2,500 hosts, and beside `reader` (PyPI).

The server, our polls and reader's each have a process of their own. For the comparison, name an
interpreter that has reader: NUTGRAF_READER_PYTHON=/path/to/python.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]
SOURCES, HOSTS = 10_000, 2_500
FEW, FEW_HOSTS = 500, 125
READER = os.environ.get("NUTGRAF_READER_PYTHON", "")
WORKERS = 20
"""Threads of reader, which has two cores here; more were no faster."""

Figures = dict[str, float]


@pytest.fixture
def port() -> Iterator[str]:
    command = (sys.executable, "-m", "tests.benchmarks.feed_server")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdout
        yield server.stdout.readline().strip()
        server.kill()


def rounds(*command: object) -> list[Figures]:
    """Return the figures that a process prints, one line for each round."""
    run = subprocess.run(  # noqa: S603
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def polled(database: Path, port: str, *, hosts: int, sources: int, share: float) -> list[Figures]:
    module = ("-m", "tests.benchmarks.poll_client")
    return rounds(sys.executable, *module, database, port, hosts, sources, share, 100)


def told(name: str, found: Figures, number: int) -> str:
    return (
        f"{name:<28}{1_000 * found['cpu_seconds'] / number:6.2f} ms CPU a poll"
        f"{number / found['wall_seconds']:8.0f} polls/s {found['peak_megabytes']:6.0f} MB"
    )


def test_ten_thousand_polls_with_and_without_hanging_servers(
    benchmark: BenchmarkFixture, tmp_path: Path, port: str
) -> None:
    found: dict[str, Figures] = {}

    def poll() -> None:
        for name, share in (("all well", 0), ("2 % each hang, fail, break", 0.02)):
            (found[name],) = polled(
                tmp_path / f"{share}.db", port, hosts=HOSTS, sources=SOURCES, share=share
            )

    benchmark.pedantic(poll, rounds=1)  # type: ignore[no-untyped-call]
    print()
    for name, figures in found.items():
        print(
            f"{told(name, figures, SOURCES)}; one answer p95 {figures['fetch_p95_seconds']:.2f} s, "
            f"95 % of those that answer done after {figures['done_p95_seconds']:.1f} s"
        )
    assert [f["answered"] for f in found.values()] == [SOURCES, 0.96 * SOURCES]
    for figures in found.values():
        assert figures["cpu_seconds"] / SOURCES <= 0.002
        assert figures["peak_megabytes"] <= 250


@pytest.mark.skipif(not READER, reason="NUTGRAF_READER_PYTHON names no interpreter with reader")
def test_five_hundred_feeds_beside_reader(
    benchmark: BenchmarkFixture, tmp_path: Path, port: str
) -> None:
    found: list[tuple[str, list[Figures]]] = []

    def poll() -> None:
        script = ROOT / "tests/benchmarks/poll_with_reader.py"
        theirs = (READER, script, tmp_path / "reader.db", port, FEW_HOSTS, FEW)
        ours = polled(tmp_path / "ours.db", port, hosts=FEW_HOSTS, sources=FEW, share=-1)
        found.append(("Nutgraf", ours))
        found.append(("reader, 1 worker", rounds(*theirs, 1)))
        theirs = (READER, script, tmp_path / "reader2.db", port, FEW_HOSTS, FEW)
        found.append((f"reader, {WORKERS} workers", rounds(*theirs, WORKERS)))

    benchmark.pedantic(poll, rounds=1)  # type: ignore[no-untyped-call]
    print()
    for name, (full, unchanged) in found:
        print(told(f"{name}: in full", full, FEW))
        print(told(f"{name}: 304", unchanged, FEW))
