"""Scores quotes and speakers on the shared development sets with their own script."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.language import load_lexicon
from bot.news import Quote
from bot.quotes import find_quotes
from bot.quotes.lines import quote_record
from tests.builders import a_revision

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "quotes"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["quotes"]

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/quotes"),
]


def quotes_of(text: str) -> tuple[Quote, ...]:
    return find_quotes(a_revision(body=text), load_lexicon())


def gold(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def score(name: str, folder: Path) -> dict[str, Any]:
    """Run the stage on a set and return what its score script says."""
    predictions = folder / f"{name}.jsonl"
    with predictions.open("w", encoding="utf-8") as out:
        for row in gold(name):
            records = [r for quote in quotes_of(row["text"]) for r in quote_record(quote)]
            out.write(json.dumps({"id": row["id"], "quotes": records}) + "\n")
    result = folder / f"{name}.score.json"
    command = [sys.executable, str(DATA / "score.py"), str(DATA / f"{name}.jsonl")]
    command += [str(predictions), "--json", str(result)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    scored: dict[str, Any] = json.loads(result.read_text("utf-8"))
    return scored


@pytest.mark.parametrize("name", ["dev", "challenge_dev"])
def test_quotes_and_speakers_reach_their_floors(name: str, tmp_path: Path) -> None:
    scored = score(name, tmp_path)
    found = {
        "span_f1": scored["span_exact"]["f1"],
        "speaker": scored["speaker_accuracy"],
        "joint_f1": scored["joint_exact"]["f1"],
        "via_f1": scored["via"]["f1"],
    }
    assert scored["verbatim_share"] == 1
    low = {key: round(found[key], 4) for key, floor in FLOORS[name].items() if found[key] < floor}
    assert not low


def test_speakers_that_are_printed_as_certain_are_right() -> None:
    """Of the certain ones on both sets few may be wrong, and most statements must be certain."""
    certain = wrong = labelled = 0
    for row in gold("dev") + gold("challenge_dev"):
        said = {q["start"]: q for q in row["quotes"] if q.get("speaker")}
        labelled += len(said)
        for quote in quotes_of(row["text"]):
            speaker = quote.speaker
            for piece in quote.pieces:
                true = said.get(piece.span.start)
                if true and speaker and quote.attribution.certain:
                    certain += 1
                    wrong += not is_same(speaker.name.words, true)
    assert wrong / certain <= FLOORS["certain"]["wrong_at_most"], f"{wrong} of {certain}"
    assert certain / labelled >= FLOORS["certain"]["coverage"], f"{certain} of {labelled}"


def is_same(name: str, true: dict[str, Any]) -> bool:
    """Tell whether a name shares its last word with one of the names in the annotation."""
    names = [true["speaker"], true.get("speaker_mention") or "", *true.get("speaker_aliases", [])]
    last = name.lower().split()[-1]
    return any(last in other.lower().replace(",", " ").split() for other in names)
