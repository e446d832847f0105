"""Finding quotes: time in growing texts, marks that mislead, peak memory, documents a second."""

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.language import load_lexicon
from bot.news import Revision
from bot.quotes import find_quotes
from tests.builders import a_revision

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000
SIZES = (125_000, 250_000, 500_000, MEGABYTE)
SMALL_SIZES = (50_000, 100_000, 200_000)
SLOWER = 3.0
"""How much longer twice the text may take: 2 is linear, 4 quadratic; the rest is noise."""
MAX_MEGABYTES = 60
DOCUMENTS_A_SECOND = 100
"""Half of the aim of 200. With start-up 220 to 230 were measured while other processes shared the
two cores, 321 on a core that was free for moments."""

MEASURED = """
import resource, subprocess, sys
run = [sys.executable, "-c", "from bot.cli import main; main()", "lab", "quotes"]
with open(sys.argv[1], "rb") as lines:
    subprocess.run(run, stdin=lines, stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Runs the lab from a process that is small itself: a child's peak begins with its parent's."""
ARTICLE = """The harbour board met in Tolmar on Monday, and Mira Tolland was the first to speak.

“The quay will not be closed,” said Tolland, the board's chair. “Nobody has asked us to.”

Officials at the ministry called the plan “a risk to every ship in the bay,” but she disagreed.

“We have heard this for ten years,” she told reporters. According to a report, “no ship was hurt.”

Denis Ostrel, a fisherman from Vale who has worked there since 1994, wrote that “the old men know
where the rocks are,” and added: “Nobody asks the old men.”

"""
PROSE = """The board has met eleven times since the spring, when a coaster touched the
northern rocks in fog
and lay there for two tides before a tug from Vale could be found. Nobody was hurt, but the owners
of three smaller boats have since moved their moorings to the inner basin, which was dredged last
year at a cost of four million and is already too shallow for anything with a keel of its own.

Tolland has been chair since January. She came to the board from the pilots' office, where she had
spent nineteen years, and is known in the town for walking the quay every morning before the market
opens. The next meeting is in October; the ministry will send its own engineer, Pia Verrin, to it.

"""
TEXTS = {
    "article": ARTICLE,
    "opening marks": "“" * 40 + " said Tolland ",
    "opening marks, one paragraph": "“no ",
    "closing marks": "no” ",
    "straight marks": '"',
    "straight marks and words": '"no" " said " ',
    "single marks": "'no ’ ‘ ’s ",
    "guillemets": "« non » dit « ",
    "tex marks": "``no'' said '' ``",
    "nested": "“ ‘ “ ‘ no ’ ” ",
    "commas": "“no” Tolland, the chair, who, said, that, ",
    "cues": "“no” said told according to said ",
    "names": "“no” Mira Tolland and Denis Ostrel of the Board of the Port of ",
    "brackets": "“no” (said ( — Tolland ",
    "unclosed paragraphs": "“The quay is shut\n\n",
    "no space": "a“b”c'd",
    "capitals": "A",
    "apostrophes": "l'd'l'd'",
}


def of_size(size: int, piece: str) -> Revision:
    return a_revision(body=(piece * (size // len(piece) + 1))[:size])


def once(benchmark: BenchmarkFixture, run: Callable[[], object]) -> None:
    benchmark.pedantic(run, rounds=1)  # type: ignore[no-untyped-call]


def seconds(revision: Revision, language: str = "en") -> float:
    """Return the CPU seconds of the faster of two runs."""
    lexicon = load_lexicon(language)
    taken = []
    for _ in range(2):
        start = process_time()
        find_quotes(revision, lexicon)
        taken.append(process_time() - start)
    return min(taken)


@pytest.mark.parametrize("size", SIZES)
def test_quotes_in_a_growing_article(benchmark: BenchmarkFixture, size: int) -> None:
    found = benchmark(find_quotes, of_size(size, ARTICLE), load_lexicon())
    assert len(found) > size // len(ARTICLE) * 4


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_no_faster_than_the_text(benchmark: BenchmarkFixture, name: str) -> None:
    sizes = SIZES if name == "article" else SMALL_SIZES
    revisions = [of_size(size, TEXTS[name]) for size in sizes]
    taken: list[float] = []
    once(benchmark, lambda: taken.extend(map(seconds, revisions)))
    print(f"\n{name}: " + " ".join(f"{t:.2f}" for t in taken) + " s")
    assert all(big < SLOWER * small + 0.1 for small, big in pairwise(taken))


def test_peak_memory_and_speed_of_the_lab(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The documents hold about nine quoted pieces each, as 4 kB of the story set do."""
    lines = 400
    body = (ARTICLE + PROSE * 6)[:4_000]
    source = tmp_path / "documents.jsonl"
    source.write_text(
        "".join(json.dumps({"id": str(i), "text": f"{body}{i}"}) + "\n" for i in range(lines)),
        "utf-8",
    )
    command = [sys.executable, "-c", MEASURED, str(source)]
    found: list[str] = []
    once(benchmark, lambda: found.append(output_of(command)))
    used, peak = (float(figure) for figure in found[0].split())
    print(f"\nlab quotes: {lines / used:.0f} documents of 4 kB a CPU second, peak {peak:.0f} MB")
    assert peak <= MAX_MEGABYTES
    assert lines / used >= DOCUMENTS_A_SECOND


def output_of(command: list[str]) -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, check=True, cwd=ROOT, text=True
    )
    return done.stdout
