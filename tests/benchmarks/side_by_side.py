"""Measures our quotes beside textacy and sayswho: the same documents, the same run, one scorer.

usage: python -m tests.benchmarks.side_by_side PYTHON_OF_THE_PEERS

A peer that cannot run here is named with the reason, and has no figures. Speed is documents by CPU
second of the whole process, less the CPU of a run over no documents (start and model).
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.demo.wire import load_wire

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "quotes"
SETS = ("dev", "challenge_dev")
OURS = [sys.executable, "-c", "from bot.cli import main; main()", "lab", "quotes"]


def main(peers: str) -> None:
    """Print a table with one line for each system and set."""
    print(
        f"{'system':10}{'set':16}{'docs':>5}"
        f"{'span F1':>9}{'speaker':>9}{'joint F1':>9}{'docs/s':>8}"
    )
    systems = {"nutgraf": OURS}
    script = str(Path(__file__).with_name("peers.py"))
    systems |= {name: [peers, script, name] for name in ("textacy", "sayswho")}
    with tempfile.TemporaryDirectory() as folder:
        for name, command in systems.items():
            try:
                start, _ = run(command, b"")
                for documents in sets(Path(folder)):
                    print(measured(name, command, documents, start))
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{name:10}skipped: {reason(error)}")


def sets(folder: Path) -> list[Path]:
    """Return the files of documents: the shared sets, or else the sample wire, unlabelled."""
    if SHARED.exists():
        return [SHARED / f"{name}.jsonl" for name in SETS]
    print(f"{SHARED} is not there: speed on the sample wire, no scores")
    path = folder / "wire.jsonl"
    lines = [json.dumps({"id": i.id, "text": i.body}) for i in load_wire().items("after")]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return [path]


def measured(name: str, command: list[str], documents: Path, start: float) -> str:
    """Return the line of one system on one set."""
    lines = documents.read_bytes()
    count = len([line for line in lines.splitlines() if line.strip()])
    seconds, predictions = run(command, lines)
    scores = score(documents, predictions) if documents.is_relative_to(SHARED) else None
    figures = (
        [scores["span_exact"]["f1"], scores["speaker_accuracy"], scores["joint_exact"]["f1"]]
        if scores
        else []
    )
    shown = "".join(f"{figure * 100:9.1f}" for figure in figures) or " " * 27
    return f"{name:10}{documents.stem:16}{count:5}{shown}{count / (seconds - start):8.1f}"


def run(command: list[str], lines: bytes) -> tuple[float, bytes]:
    """Return the CPU seconds of a command with these lines as input, and what it printed."""
    before = used()
    done = subprocess.run(command, input=lines, capture_output=True, check=True, cwd=ROOT)  # noqa: S603
    return used() - before, done.stdout


def used() -> float:
    """Return the CPU seconds of all children that have ended."""
    total = resource.getrusage(resource.RUSAGE_CHILDREN)
    return total.ru_utime + total.ru_stime


def score(documents: Path, predictions: bytes) -> dict[str, Any]:
    """Return what the shared scorer says."""
    with tempfile.TemporaryDirectory() as folder:
        given, result = Path(folder) / "predictions.jsonl", Path(folder) / "scores.json"
        given.write_bytes(predictions)
        command = [sys.executable, str(SHARED / "score.py"), str(documents), str(given)]
        subprocess.run(  # noqa: S603 - our own command
            [*command, "--json", str(result)], check=True, capture_output=True
        )
        scores: dict[str, Any] = json.loads(result.read_text("utf-8"))
    return scores


def reason(error: OSError | subprocess.CalledProcessError) -> str:
    """Return the last line that a tool left, or why it could not be started."""
    if isinstance(error, subprocess.CalledProcessError):
        lines: list[bytes] = error.stderr.splitlines()
        return lines[-1].decode(errors="replace") if lines else str(error)
    return str(error)


if __name__ == "__main__":
    main(sys.argv[1])
