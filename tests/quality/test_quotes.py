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
from bot.quotes.confidence import CERTAIN
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


def judged() -> tuple[list[tuple[float, bool]], int]:
    """Return confidence and rightness of every labelled piece with a speaker, and all labelled."""
    found: list[tuple[float, bool]] = []
    labelled = 0
    for row in gold("dev") + gold("challenge_dev"):
        said = {q["start"]: q for q in row["quotes"] if q.get("speaker")}
        labelled += len(said)
        for quote in quotes_of(row["text"]):
            for piece in quote.pieces:
                true = said.get(piece.span.start)
                if true and quote.speaker:
                    right = is_same(quote.speaker.name.words, true)
                    found.append((quote.attribution.confidence, right))
    return found, labelled


def test_speakers_that_are_printed_as_certain_are_right() -> None:
    """Of the certain ones on both sets few may be wrong, and most statements must be certain.

    With -s the curve is printed: at each threshold the share of all labelled pieces that would be
    certain, and how many of those name the wrong speaker. Measured, 257 labelled pieces:

        threshold  coverage  wrong
        0.86       .864      1
        0.88       .848      1  (the one in use)
        0.90       .759      0

    The sets are nearly solved, so the choice leans on articles of the story and summary sets too.
    Of 92 certain pieces in articles not read before, 7 named the wrong speaker; after their classes
    were mended, 4 of 124 in other articles not read before, two of them in links among the text.
    Three quarters of all statements there were certain.
    """
    found, labelled = judged()
    for percent in range(50, 100, 2):
        kept = [right for chance, right in found if chance >= percent / 100]
        print(f"{percent / 100:.2f} {len(kept) / labelled:6.3f} {len(kept) - sum(kept):4d}")  # noqa: T201
    certain = [right for chance, right in found if chance >= CERTAIN]
    wrong = len(certain) - sum(certain)
    assert wrong <= FLOORS["certain"]["wrong_at_most"] * len(certain), f"{wrong} of {len(certain)}"
    assert len(certain) >= FLOORS["certain"]["coverage"] * labelled, f"{len(certain)} of {labelled}"


def test_confidence_orders_speakers_from_doubtful_to_sure() -> None:
    """The surer half of all speakers is wrong less often than the other half."""
    found, _ = judged()
    ranked = [right for _, right in sorted(found)]
    half = len(ranked) // 2
    assert ranked[:half].count(False) > ranked[half:].count(False)


def is_same(name: str, true: dict[str, Any]) -> bool:
    """Tell whether a name shares its last word with one of the names in the annotation."""
    names = [true["speaker"], true.get("speaker_mention") or "", *true.get("speaker_aliases", [])]
    last = name.lower().split()[-1]
    return any(last in other.lower().replace(",", " ").split() for other in names)
