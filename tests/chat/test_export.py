"""`/export`: a stored briefing as a file, as it may be shown now."""

import json

import pytest

from bot.exports import verification_report
from bot.sources.ninjs import is_ninjs, read_ninjs
from tests.chat.asking import a_reader, answered, hold, text_in
from tests.chat.rooms import Room, a_room


async def exported(room: Room, **options: object) -> tuple[str, bytes]:
    """Return name and content of the file that the command gives."""
    result = await room.editor.slash(room.channel, "export", **options)
    assert result.ephemeral
    assert result.response
    (file,) = result.response.attachments
    return file.filename, await file.read()


async def test_a_briefing_is_exported_in_each_form() -> None:
    async with a_room() as room:
        await answered(room, "brief")

        name, markdown = await exported(room, form="markdown")
        assert name.startswith("briefing-")
        assert name.endswith(".md")
        assert "## 1\\. " in markdown.decode()
        name, proof = await exported(room, form="json")
        assert "VERIFIED" in verification_report(proof, name)
        name, item = await exported(room, form="ninjs")
        assert name.endswith(".ninjs.json")
        (read,) = read_ninjs(json.loads(item))
        assert is_ninjs(json.loads(item))
        assert read.headline == "Briefing, Thursday 17 September 2026, 06:00 UTC"
        assert "The hull of the barge needs new plates" in read.body


async def test_a_reader_may_export_and_name_the_briefing() -> None:
    async with a_room() as room:
        reader = await a_reader(room)
        await answered(room, "brief", about="library")
        first = await room.desk.tools.archive.find_dossier("latest")
        assert first
        await answered(room, "brief", about="harbour")

        result = await reader.slash(
            room.channel, "export", form="markdown", briefing=first.briefing.id
        )

        assert result.response
        (file,) = result.response.attachments
        assert b"library" in await file.read()


async def test_before_the_first_briefing_there_is_nothing_to_export() -> None:
    async with a_room(check_errors=False) as room:
        told = await answered(room, "export", form="json")
        assert told == "There is no briefing yet. /brief makes one."
        assert "No briefing has the id 'zzzzzz'" in await answered(
            room, "export", form="json", briefing="zzzzzz"
        )


@pytest.mark.parametrize("form", ["markdown", "json", "ninjs"])
async def test_what_was_killed_since_is_in_no_file(form: str) -> None:
    async with a_room() as room:
        await answered(room, "brief")
        await hold(room.desk.tools.archive, "Harbour Courier")

        _, content = await exported(room, form=form)

        assert b"library" in content
        assert b"Tolland" not in content


async def test_a_file_that_discord_does_not_take_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.chat.files.MAX_BYTES", 10)
    async with a_room(check_errors=False) as room:
        await answered(room, "brief")
        result = await room.editor.slash(room.channel, "export", form="json")
        assert "Discord takes 10" in text_in(result)
