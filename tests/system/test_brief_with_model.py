"""`nutgraf` as a process of its own with a real model, which babbles: a briefing comes out."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.news import Dossier, Taken, Written, from_json
from tests.adapters.model.small_server import KEY, MODEL, SmallServer, missing_packages
from tests.system.newsroom import ROOT

pytestmark = [
    pytest.mark.llm,
    pytest.mark.system,
    pytest.mark.skipif(
        bool(missing_packages()), reason=f"not installed: {', '.join(missing_packages())}"
    ),
]

SETTINGS = """
[model]
deadline_seconds = 100
max_tokens = 300

[[model.endpoint]]
name = "small"
base_url = "{address}"
summary_model = "{model}"
key_env = "SMALL_KEY"
concurrency = 1
"""
LOCAL = """
currency = "EUR"
[local]
input_per_million = 0
output_per_million = 0
"""
FERRY = """Ferry to Aldren Island stops for a month

The ferry to Aldren Island will stop on Monday for repairs to its hull, the harbour board said.

“We found two cracks below the waterline,” said Mara Lindqvist, who chairs the board.
"""


@pytest.fixture(scope="module")
def server() -> Iterator[SmallServer]:
    with SmallServer(context_tokens=4096) as started:
        yield started


def nutgraf(folder: Path, *arguments: str, key: str = KEY) -> tuple[int, str, str]:
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SMALL_KEY": key, "PYTHONIOENCODING": "utf-8"},
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.fixture
def folder(tmp_path: Path, server: SmallServer) -> Path:
    (tmp_path / "config").mkdir()
    settings = SETTINGS.format(address=server.address, model=MODEL)
    (tmp_path / "config" / "nutgraf.toml").write_text(settings)
    (tmp_path / "config" / "prices.toml").write_text(LOCAL)
    (tmp_path / "ferry.txt").write_text(FERRY)
    return tmp_path


def test_a_briefing_comes_out_and_says_what_the_model_had_in_it(folder: Path) -> None:
    code, out, err = nutgraf(folder, "brief", "ferry.txt", "--json")
    assert code == 0, err
    dossier = from_json(out, Dossier)  # which verifies it
    (brief,) = dossier.briefing.briefs
    parts = [part for sentence in brief.sentences for part in sentence.parts]

    assert any(isinstance(part, Taken) for part in parts)
    for part in parts:
        assert isinstance(part, Taken | Written)
    assert [q.pieces[0].words for q in brief.quotes] == ["We found two cracks below the waterline"]
    assert brief.how is not None
    assert brief.how.model or brief.how.note

    code, shown, err = nutgraf(folder, "show", dossier.briefing.id, "--plain")
    assert code == 0, err
    assert "Written by a model from " in shown or "without the model: " in shown
    (spent,) = json.loads(nutgraf(folder, "spending", "--json")[1])["today"]
    assert (spent["desk"], spent["model"], spent["unsettled"]) == ("newsroom", MODEL, 0)
    assert spent["tokens_in"] > 0


def test_the_doctor_says_how_each_model_answers(folder: Path) -> None:
    code, out, err = nutgraf(folder, "doctor")
    assert code == 0, err
    assert f"Model {MODEL} at small: answers in " in out

    code, out, err = nutgraf(folder, "doctor", key="wrong")
    assert code == 0, err
    assert "SMALL_KEY" in out


def test_a_wrong_key_costs_the_model_and_not_the_briefing(folder: Path) -> None:
    code, out, err = nutgraf(folder, "brief", "ferry.txt", "--plain", key="wrong")

    assert code == 0, err
    assert "Ferry to Aldren Island stops for a month" in out
    assert "without the model" in out or "model gave no reply" in out
