"""`nutgraf demo` shows editions by a timetable, the second of them with what is new alone."""

from pathlib import Path

import pytest

from bot.demo.command import run_demo
from bot.errors import ArchiveError
from bot.exports import read_export, verification_report

pytestmark = [pytest.mark.system, pytest.mark.soak]


async def test_the_demo_plans_an_edition_and_the_next_one_tells_what_is_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    await run_demo(folder)

    said = capsys.readouterr().out
    assert said.count("\nBriefing, Wednesday 16 September 2026, 19:30 UTC\n") == 1
    plan, evening, morning = _parts(said)
    assert "/schedule add at:daily 06:00 and 19:30" in plan
    assert "next: Wednesday 16 September 2026, 19:30 UTC" in plan
    assert "Update: " not in evening
    assert "Update: " in morning
    assert "New since 16 Sep, 19:30:" in morning
    assert "told before." in morning
    export = folder / "briefing.json"
    assert "verified" in verification_report(read_export(export), str(export)).lower()


def _parts(said: str) -> tuple[str, str, str]:
    first = said.index("Briefing, Wednesday 16 September 2026, 19:30 UTC")
    second = said.index("Briefing, Thursday 17 September 2026, 06:00 UTC")
    return said[:first], said[first:second], said[second:]


async def test_the_demo_leaves_a_folder_alone_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ArchiveError, match=r"mine\.txt"):
        await run_demo(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"
