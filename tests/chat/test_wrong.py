from dataclasses import replace

import pytest
from discord import Message
from simcord.results import InteractionResult

from bot.chat.client import NewsClient
from bot.delivery.citing import quote_block
from tests.chat.newsrooms import archive_of, do_jobs, latest
from tests.chat.rooms import NEWS, Room, a_room, buttons, page, plain, text_of
from tests.fakes_stories import FakeStories

CRANE = (
    "The harbour crane at Tern Island will stand still until Friday, the port company said.",
    "“The hull of the barge needs new plates,” said Mira Tolland, who runs the ferry line.",
    "“Nobody told the council of it,” said Jonas Hale, a member of the council.",
)
CALLED = "Something's wrong"


@pytest.fixture
def contents() -> dict[str, bytes]:
    first = "https://courier.example/crane"
    return {**NEWS, first: page("Harbour crane stands still until Friday", CRANE)}


async def a_story(room: Room) -> Message:
    """Brief the day, discuss its first story, and return the first post of its thread."""
    archive = archive_of(room)
    tools = replace(room.desk.tools, reports=archive.reports, stories=FakeStories())
    room.desk.tools = room.parts.desk.tools = tools
    await room.editor.slash(room.channel, "brief")
    (message,) = room.channel.history()
    await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])
    return room.channel.threads[-1].history()[0]


async def said_by(room: Room, words: str) -> str:
    """Return what the latest version prints below the quote with these words."""
    for brief in (await latest(room)).briefing.briefs:
        for quote in brief.quotes:
            if words in quote.pieces[0].words:
                block = quote_block(brief.references, quote)
                return "".join(run.text for run in block.attribution)
    return ""


def shown(result: InteractionResult) -> Message:
    """Return what the member sees."""
    assert result.response
    return result.response.message


async def choose(room: Room, message: Message, label: str) -> InteractionResult:
    """Press *Something's wrong* and choose what the label begins with."""
    pressed = await room.editor.click(message, label=CALLED)
    menu = shown(pressed)
    return await room.editor.select(menu, [label])


async def test_a_wrong_speaker_is_corrected_on_the_card_and_remembered(
    contents: dict[str, bytes],
) -> None:
    async with a_room(contents) as room:
        message = await a_story(room)
        asked = await choose(room, message, "speaker:0")
        assert "Who said it instead?" in text_of(shown(asked))
        mine = await room.editor.select(shown(asked), ["0"])
        await room.editor.click(shown(mine), label="Confirm")
        await do_jobs(room)

        card = next(m for m in room.channel.history() if buttons(m, "Discuss"))
        assert "corrected by an editor" in plain(text_of(card))
        assert "version 2" in text_of(card)
        thread = [plain(text) for text in room.texts(room.channel.threads[-1])]
        (told,) = [text for text in thread if "wrong speaker" in text]
        assert "Before: Mira Tolland" in told.replace("*", "")
        assert "Now: Jonas Hale" in told.replace("*", "")

        await room.editor.slash(room.channel, "brief")
        again = await said_by(room, "hull of the barge")
        assert again.startswith("Jonas Hale (speaker corrected by an editor)")


async def test_what_is_no_quote_is_gone_and_comes_back_when_that_is_undone(
    contents: dict[str, bytes],
) -> None:
    async with a_room(contents) as room:
        message = await a_story(room)
        first = (await latest(room)).briefing.briefs[0].quotes[0].pieces[0].words
        mine = await choose(room, message, "noquote:0")
        await room.editor.click(shown(mine), label="Confirm")
        await do_jobs(room)
        assert not await said_by(room, first)

        listed = await room.editor.slash(room.channel, "desk corrections")
        assert "1: not a quote." in plain(text_of(shown(listed))).replace("*", "")
        await room.editor.slash(room.channel, "desk corrections", undo=1)
        await do_jobs(room)
        assert await said_by(room, first)
        assert (await latest(room)).briefing.version == 3


async def test_a_readers_report_is_decided_by_an_editor_after_a_restart(
    contents: dict[str, bytes],
) -> None:
    async with a_room(contents) as room:
        message = await a_story(room)
        operations = room.guild.create_text_channel("operations")
        await archive_of(room).operations.set_channel(room.guild.id, operations.id)
        reader = room.guild.add_member(room.env.create_user("sten"))
        pressed = await reader.click(message, label=CALLED)
        told = await reader.select(shown(pressed), ["noquote:0"])
        assert "An editor decides on it" in text_of(shown(told))
        await do_jobs(room)

        (asked,) = operations.history()
        assert "not a quote." in plain(text_of(asked))
        refused = await reader.click(asked, label="Confirm")
        assert "for a newsroom's editors" in text_of(shown(refused))
        assert (await latest(room)).briefing.version == 1

        await room.env.restart_bot(NewsClient(room.parts))
        done = await room.editor.click(asked, label="Confirm")
        assert "confirmed" in text_of(shown(done))
        assert (await latest(room)).briefing.version == 2
        late = await room.editor.click(asked, label="Dismiss")
        assert "confirmed already" in text_of(shown(late))


async def test_something_else_is_said_in_the_members_own_words(contents: dict[str, bytes]) -> None:
    async with a_room(contents) as room:
        message = await a_story(room)
        modal = await choose(room, message, "other")
        mine = await room.editor.submit_modal(modal, {"text": "The crane is a *tug*."})
        await room.editor.click(shown(mine), label="Dismiss")

        (ruling,) = archive_of(room).reports.kept.values()
        assert (ruling.state, ruling.report.text) == ("dismissed", "The crane is a *tug*.")
        assert (await latest(room)).briefing.version == 1


async def test_two_stories_that_are_one_are_told_as_one(contents: dict[str, bytes]) -> None:
    async with a_room(contents) as room:
        message = await a_story(room)
        mine = await choose(room, message, "merge:1")
        await room.editor.click(shown(mine), label="Confirm")
        await do_jobs(room)

        (brief,) = (await latest(room)).briefing.briefs
        assert len(brief.references) == 2
        card = next(m for m in room.channel.history() if buttons(m, "Discuss"))
        assert len(buttons(card, "Discuss")) == 1
