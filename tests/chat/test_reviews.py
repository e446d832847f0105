"""Approving an edition in Discord: its buttons, menus and note, through a restart."""

from datetime import timedelta
from typing import Any

import discord
from msgspec.structs import replace
from simcord.actors import MemberActor

from bot.chat.client import NewsClient
from bot.news import Review
from bot.news.schedules import REVIEW_LEAD
from bot.posting import Desks, work
from bot.waking import Waker
from tests.builders import a_schedule
from tests.chat.rooms import Room, a_room, buttons, plain, text_of
from tests.fakes import FakeArchive
from tests.laws.desks import NOW

DUE = NOW + timedelta(minutes=20)


def archive_of(room: Room) -> FakeArchive:
    archive = room.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    return archive


async def show_edition(room: Room, people: int = 1) -> Review:
    """Plan an edition that needs approval, and have it shown."""
    archive, client = archive_of(room), room.client
    await room.desk.read_sources(now=NOW)
    news = room.guild.create_text_channel("editions")
    planned = a_schedule("77", f"{DUE:%H:%M}", zone="UTC", created_at=NOW - timedelta(days=2))
    planned = replace(
        planned,
        newsroom_id=room.guild.id,
        channel_id=news.id,
        approvals=people,
        review_channel_id=room.channel.id,
    )
    await archive.timetable.save_schedule(planned, seen_until=NOW)
    desks = Desks(
        room.desk,
        archive,
        archive.jobs,
        archive.posts,
        archive.timetable,
        client.channels,
        archive.operations,
        client.teller,
        archive.reviews,
    )
    assert REVIEW_LEAD > DUE - NOW
    await Waker(archive.timetable, lambda: NOW, check_seconds=30).on_due("77")
    while job := await archive.jobs.claim("w", now=NOW, lease=timedelta(minutes=2)):
        await work(job, "w", desks, now=NOW)
    (review,) = archive.reviews.reviews.values()
    return review


def control(room: Room) -> discord.Message:
    """Return the message with the buttons."""
    return [m for m in room.channel.history() if buttons(m, "Edit")][-1]


async def press(room: Room, label: str, who: MemberActor | None = None) -> str:
    message = control(room)
    (custom_id,) = buttons(message, label)
    result = await (who or room.editor).click(message, custom_id=custom_id)
    assert result.response is not None
    return plain(text_of(result.response.message))


async def test_two_editors_approve_it_and_everybody_sees_who() -> None:
    async with a_room(check_errors=False) as room:
        review = await show_edition(room, people=2)
        assert "It takes the approval of 2 different people" in plain(text_of(control(room)))
        assert "1 of 2" in await press(room, "Approve")
        assert "Approved by: mira" in plain(text_of(control(room)))
        assert "different people" in await press(room, "Approve")
        assert archive_of(room).reviews.reviews[review.key].state == "waiting"
        may = discord.Permissions(manage_channels=True)
        role = room.guild.create_role("Editors", permissions=may)
        second = room.guild.add_member(room.env.create_user("sten"), roles=[role])
        assert "Approved" in await press(room, "Approve", second)
        assert archive_of(room).reviews.reviews[review.key].state == "approved"
        assert not buttons(control(room), "Approve")


async def test_a_reader_may_not() -> None:
    async with a_room(check_errors=False) as room:
        review = await show_edition(room)
        reader = room.guild.add_member(room.env.create_user("ola"))
        assert "for a newsroom's editors" in await press(room, "Approve", reader)
        assert archive_of(room).reviews.reviews[review.key].state == "waiting"


async def test_a_hold_is_released_after_a_restart() -> None:
    async with a_room(check_errors=False) as room:
        review = await show_edition(room)
        assert "Held" in await press(room, "Hold")
        assert "Held by: mira" in plain(text_of(control(room)))
        await room.env.restart_bot(NewsClient(room.parts))
        assert "takes approval anew" in await press(room, "Release")
        assert "Approved" in await press(room, "Approve")
        assert archive_of(room).reviews.reviews[review.key].state == "approved"


async def test_an_editor_drops_a_quote_and_the_next_version_asks_anew() -> None:
    async with a_room(check_errors=False) as room:
        review = await show_edition(room)
        offered = await choose(room, await edit_menu(room), ["1"])
        values = options(offered)
        kept = [value for value in values if value.startswith("s")]
        assert len(kept) < len(values)
        said = await choose(room, offered, kept)
        assert "Version 2 is shown in a moment" in plain(text_of(said))
        after = archive_of(room).reviews.reviews[review.key]
        assert after.version == 2
        edition = archive_of(room).dossiers[review.briefing_id, 2].briefing
        before = archive_of(room).dossiers[review.briefing_id, 1].briefing
        assert before.briefs[0].quotes
        assert edition.briefs[0].quotes == ()
        assert edition.briefs[0].sentences == before.briefs[0].sentences


async def edit_menu(room: Room) -> discord.Message:
    message = control(room)
    (custom_id,) = buttons(message, "Edit")
    result = await room.editor.click(message, custom_id=custom_id)
    assert result.response is not None
    found: discord.Message = result.response.message
    return found


def menu(message: discord.Message) -> dict[str, Any]:
    def walk(node: object) -> list[dict[str, Any]]:
        if isinstance(node, dict):
            own = [node] if node.get("type") == 3 else []
            return own + [m for value in node.values() for m in walk(value)]
        return [m for item in node for m in walk(item)] if isinstance(node, list) else []

    (found,) = walk([component.to_dict() for component in message.components])
    return found


def options(message: discord.Message) -> list[str]:
    return [option["value"] for option in menu(message)["options"]]


async def choose(room: Room, message: discord.Message, values: list[str]) -> discord.Message:
    result = await room.editor.select(message, values, custom_id=menu(message)["custom_id"])
    assert result.response is not None
    found: discord.Message = result.response.message
    return found
