from datetime import UTC, datetime

from bot.briefing.changing import without_story
from bot.news import Correction
from bot.reissuing import reissue
from tests.chat.newsrooms import archive_of, do_jobs, latest
from tests.chat.rooms import Room, a_room, buttons, plain, text_of
from tests.laws.desks import NOW

SINCE = datetime(2020, 1, 1, tzinfo=UTC)


async def leave_out_first(room: Room) -> str:
    """Reissue the last briefing without its first story, and return the story's id."""
    dossier = await latest(room)
    story_id = dossier.briefing.briefs[0].story.id
    why = Correction("k1", NOW, "Sound Post withdrew its report.", story_id)
    await reissue(archive_of(room), dossier.briefing.id, without_story(story_id), why)
    return story_id


async def test_an_answer_to_brief_is_corrected_where_it_stands() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        (before,) = room.channel.history()
        await leave_out_first(room)
        await do_jobs(room)

        after, beside = sorted(room.channel.history(), key=lambda message: message.id)
        assert after.id == before.id
        assert "version 2" in text_of(after)
        assert len(buttons(after, "Discuss")) == len(buttons(before, "Discuss")) - 1
        assert "Sound Post withdrew its report." in plain(text_of(beside))
        assert beside.reference
        assert beside.reference.message_id == before.id


async def test_the_buttons_of_a_corrected_message_still_lead_to_their_stories() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        told = [brief.story.id for brief in (await latest(room)).briefing.briefs]
        gone = await leave_out_first(room)
        await do_jobs(room)
        (after,) = [m for m in room.channel.history() if buttons(m, "Discuss")]
        (button,) = buttons(after, "Discuss")
        await room.editor.click(after, custom_id=button)

        (thread,) = archive_of(room).posts.threads.values()
        assert thread.story_id in told
        assert thread.story_id != gone


async def test_what_is_told_beside_stands_once_though_its_answer_was_lost() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        await leave_out_first(room)
        archive = archive_of(room)
        await do_jobs(room)
        (beside,) = [p for p in archive.posts.posts.values() if p.shows == "correction"]

        assert await room.client.channels.find(beside, SINCE) == beside.message_id
