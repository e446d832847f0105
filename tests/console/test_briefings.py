"""The terminal desk knows the words of the chat: link, ask, export."""

from pathlib import Path

import pytest

from bot.console.chat import answer
from bot.delivery.plain import to_plain
from bot.desk import Desk
from bot.exports import verification_report
from tests.chat.rooms import NEWS
from tests.laws.desks import NOW, a_desk


async def told(desk: Desk, line: str) -> str:
    """Return what the desk answers, as plain text."""
    return to_plain(await answer(desk, line, now=NOW))


async def test_a_link_is_briefed_and_nothing_but_the_web_is_read() -> None:
    desk = a_desk(NEWS, sources=())
    assert "Harbour crane stands still" in await told(desk, "link https://courier.example/crane")
    assert "is no web address" in await told(desk, "link /etc/passwd")
    assert "Which address?" in await told(desk, "link")


async def test_a_briefing_is_written_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk = a_desk(NEWS)
    assert "No briefing" in await told(desk, "export json")
    await told(desk, "brief")

    for form, ending in (("", ".md"), ("json", ".json"), ("ninjs", ".ninjs.json")):
        assert await told(desk, f"export {form}") == (
            f"Written to briefing-{(await latest(desk))}{ending}.\n"
        )
    proof = tmp_path / f"briefing-{await latest(desk)}.json"
    assert "VERIFIED" in verification_report(proof.read_bytes(), proof.name)
    assert "A briefing is exported as markdown, json, ninjs" in await told(desk, "export pdf")


async def latest(desk: Desk) -> str:
    """Return the id of the last briefing."""
    dossier = await desk.tools.archive.find_dossier("latest")
    assert dossier
    return dossier.briefing.id


async def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_desk(NEWS)
    await told(desk, "brief")
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"briefing-{await latest(desk)}.md").mkdir()

    assert ".md: cannot be written" in await told(desk, "export")


async def test_all_of_them_are_in_the_help() -> None:
    help_ = await told(a_desk(NEWS), "help")
    for word in ("link URL", "ask QUESTION", "export [FORM]", "quotes [speaker]", "sources"):
        assert word in help_
