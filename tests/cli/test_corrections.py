"""`nutgraf corrections` and `nutgraf verify` of what an editor corrected."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.cli import cli
from bot.errors import UnknownError, VerificationError
from bot.exports import verification_report
from bot.news import (
    Attribution,
    Dossier,
    Speaker,
    WrongReport,
    to_json,
)
from tests.builders import BODY, NOON, a_brief, a_briefing, a_quote, an_article

REPORT = WrongReport("other", "b1", 1, "s1", NOON, "7", 5, text="The crane is a tug.")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def report(path: Path) -> None:
    async with SqliteArchive.open(path) as archive:
        await archive.reports.add(REPORT)


def typed(*words: str) -> str:
    result = CliRunner().invoke(cli, ["--database", "n.db", "corrections", *words])
    if result.exception:
        raise result.exception
    return result.stdout


def test_reports_are_listed_and_decided_in_a_shell(folder: Path) -> None:
    assert "Nothing was reported yet." in typed()
    asyncio.run(report(folder / "n.db"))

    assert "1: something else: The crane is a tug." in typed()
    assert "Report 1 is dismissed" in typed("--dismiss", "1")
    assert "dismissed" in typed()
    with pytest.raises(UnknownError, match="was dismissed already"):
        typed("--confirm", "1")
    with pytest.raises(UnknownError, match="no report 2"):
        typed("--undo", "2")


def exported(attribution: Attribution) -> bytes:
    article = an_article()
    quote = replace(
        a_quote(article, "The hull needs new plates"), attribution=attribution, kind="direct"
    )
    brief = a_brief(article, quotes=(quote,))
    return to_json(Dossier(briefing=a_briefing(brief), articles=(article,))).encode()


def test_a_speaker_that_an_editor_corrected_verifies_and_is_counted() -> None:
    start = BODY.index("Tern Island")
    name = an_article().latest.passage("body", start, start + len("Tern Island"))
    by_editor = Attribution(Speaker(name), confidence=1.0, certain=True, corrected=True)

    said = verification_report(exported(by_editor), "x.json")
    assert "VERIFIED" in said
    assert "but for 1 speaker that an editor corrected" in said
    with pytest.raises(VerificationError, match="is attributed otherwise"):
        verification_report(exported(replace(by_editor, corrected=False)), "x.json")
