"""Whatever goes wrong in a command, the member is told a sentence, and the log finds it again."""

import logging
import re

import pytest

from bot.errors import ArchiveError
from tests.chat.asking import answered, text_in
from tests.chat.rooms import NEWS, Room, a_room

READING = [
    ("brief", {}),
    ("story", {"name": "harbour"}),
    ("quotes", {}),
    ("ask", {"question": "What did Mira Tolland say?"}),
]
FINDING = [
    ("export", {"form": "json"}),
    ("link", {"url": "https://courier.example/crane"}),
]
SOURCES = [
    ("sources list", {}),
    ("sources health", {}),
    ("sources test", {"what": "https://courier.example/crane"}),
    ("sources add", {"address": "https://courier.example/new"}),
    ("sources pause", {"source": "courier"}),
    ("sources resume", {"source": "courier"}),
    ("sources remove", {"source": "courier"}),
    ("sources import", {"file": ("a.opml", b"<opml version='2.0'><body/></opml>")}),
    ("sources export", {}),
]


def broken(room: Room, error: Exception) -> None:
    """Have everything fail from now on that reads articles or sources."""

    async def fail() -> tuple[()]:
        raise error

    async def find(_: str) -> None:
        raise error

    archive = room.desk.tools.archive
    archive.articles_since = lambda _: fail()  # type: ignore[method-assign,assignment]
    archive.find_article = find  # type: ignore[method-assign,assignment]
    archive.find_dossier = lambda *_: fail()  # type: ignore[method-assign,assignment]
    subscriptions = room.desk.subscriptions
    subscriptions.subscriptions = fail  # type: ignore[method-assign]
    subscriptions.find_subscription = find  # type: ignore[method-assign,assignment]


@pytest.mark.soak
@pytest.mark.parametrize(("command", "options"), [*READING, *FINDING, *SOURCES])
async def test_what_nobody_expected_has_a_reference_that_finds_the_log_entry(
    command: str, options: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    async with a_room(NEWS, check_errors=False) as room:
        await answered(room, "brief")
        broken(room, RuntimeError("the disk is on fire"))
        with caplog.at_level(logging.ERROR):
            result = await room.editor.slash(room.channel, command, **options)

        told = text_in(result)
        found = re.search(r"The log has it under (\d+)\.", told)
        assert found, told
        assert "fire" not in told
        (entry,) = [r for r in caplog.records if hasattr(r, "reference")]
        assert f"{entry.reference}" == found[1]
        assert entry.exc_info
        assert all(answer.ephemeral for answer in result.followups)


@pytest.mark.parametrize(("command", "options"), [*READING, *FINDING, *SOURCES])
async def test_what_can_be_expected_is_told_as_it_is(
    command: str, options: dict[str, object]
) -> None:
    async with a_room(NEWS, check_errors=False) as room:
        await answered(room, "brief")
        broken(room, ArchiveError("The archive is full. Make room on its disk."))

        told = await answered(room, command, **options)

        assert "The archive is full. Make room on its disk." in told
