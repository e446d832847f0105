"""`nutgraf demo` shows editions by a timetable, the second of them with what is new alone."""

from itertools import pairwise
from pathlib import Path

import pytest

from bot.demo.command import run_demo
from bot.errors import ArchiveError
from bot.exports import read_export, verification_report

WITHDRAWN = "keeps its own weather secret"
UNDER_EMBARGO = "the page we needed had been taken out with some care"

pytestmark = [pytest.mark.system, pytest.mark.soak]


async def test_the_demo_plans_an_edition_and_the_next_one_tells_what_is_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    await run_demo(folder)

    said = capsys.readouterr().out
    assert said.count("\nBriefing, Wednesday 16 September 2026, 19:30 UTC\n") == 1
    plan, evening, between, morning, noon = _parts(said)
    assert "/schedule add at:daily 06:00, 12:05 and 19:30" in plan
    assert "next: Wednesday 16 September 2026, 19:30 UTC" in plan
    assert "Update: " not in evening
    assert "Update: " in morning
    assert "New since 16 Sep, 19:30:" in morning
    assert "told before." in morning
    assert "\nCorrection: Harbour Courier corrected its report." in between
    assert "An earlier version of this article said" in between
    assert "\nCorrection: Corvane Dispatch Agency took its report back." in between
    assert "this terminal" in between
    assert "<#" not in said
    assert WITHDRAWN in evening
    assert WITHDRAWN not in between + morning + noon
    assert UNDER_EMBARGO not in plan + evening + between + morning
    assert UNDER_EMBARGO in noon
    export = folder / "briefing.json"
    assert "verified" in verification_report(read_export(export), str(export)).lower()


def _parts(said: str) -> list[str]:
    begins = (
        "Briefing, Wednesday 16 September 2026, 19:30 UTC",
        "The night passes",
        "Briefing, Thursday 17 September 2026, 06:00 UTC",
        "Briefing, Thursday 17 September 2026, 12:05 UTC",
    )
    at = [0, *(said.index(words) for words in begins), len(said)]
    return [said[begin:end] for begin, end in pairwise(at)]


async def test_the_demo_leaves_a_folder_alone_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ArchiveError, match=r"mine\.txt"):
        await run_demo(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"
