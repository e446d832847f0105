from dataclasses import replace as with_tools
from datetime import timedelta

import discord
from msgspec.structs import replace

from bot.chat.schedule_commands import ScheduleCommands
from bot.errors import DeliveryError
from bot.news import EVERY_DAY, Filters, Schedule, Timing
from bot.prompt_files import ANY_EDITION
from tests.chat.rooms import NEWS, Room, a_room, plain, text_of
from tests.fakes_timetable import FakeTeller
from tests.laws.desks import a_desk


async def said(room: Room, command: str, **options: object) -> str:
    """Run a command as the editor and return what it answers."""
    result = await room.editor.slash(room.channel, command, **options)
    assert result.ephemeral
    found = [result.response, *result.followups]
    return plain("\n".join(text_of(answer.message) for answer in found if answer))


async def test_a_planned_edition_shows_its_plan_and_is_saved() -> None:
    async with a_room() as room:
        text = await said(room, "schedule add", at="07:00", zone="Europe/London")

        assert "Daily at 07:00, Europe/London, in #news." in text
        assert "Thursday 17" not in text  # it is 07:00 there already
        assert "Friday 18 September 2026, 07:00 BST" in text
        assert "Sunday 20 September 2026, 07:00 BST" in text
        (schedule,) = await room.parts.timetable.schedules(room.guild.id)
        assert (schedule.channel_id, schedule.created_by) == (room.channel.id, room.editor.id)
        assert (schedule.timing.times, schedule.timing.weekdays) == (("07:00",), EVERY_DAY)
        assert room.changes == [room.parts.clock()]


async def test_without_a_zone_the_desks_own_counts() -> None:
    async with a_room() as room:
        assert "07:00, UTC" in await said(room, "schedule add", at="07:00")


async def test_words_that_are_no_time_are_refused_with_an_example() -> None:
    async with a_room(check_errors=False) as room:
        text = await said(room, "schedule add", at="soonish")

        assert "soonish" in text
        assert await room.parts.timetable.schedules() == ()


async def test_missing_permissions_are_named_and_nothing_is_saved() -> None:
    async with a_room(check_errors=False) as room:
        silent = discord.PermissionOverwrite(send_messages=False, create_public_threads=False)
        everyone = room.guild.default_role
        closed = room.guild.create_text_channel("closed", overwrites={everyone: silent})

        text = await said(room, "schedule add", at="07:00", channel=closed)

        assert "#closed" in text
        assert "Give me there: Send Messages and Create Public Threads." in text
        assert "View Channel" not in text
        assert await room.parts.timetable.schedules() == ()


async def test_nobody_plans_editions_where_they_may_not_post() -> None:
    async with a_room(check_errors=False) as room:
        silent = discord.PermissionOverwrite(send_messages=False)
        closed = room.guild.create_text_channel("closed", overwrites={room.editor: silent})

        text = await said(room, "schedule add", at="07:00", channel=closed)

        assert text == "You may not post in #closed yourself."


async def test_editions_are_planned_for_threads_forums_and_oneself() -> None:
    async with a_room() as room:
        channel = room.client.get_channel(room.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.create_thread(name="Lunch", type=discord.ChannelType.public_thread)
        (thread,) = room.channel.threads
        forum = room.guild.create_forum_channel("desk")

        await room.editor.slash(thread, "schedule add", at="07:00")
        assert "in #desk" in await said(room, "schedule add", at="08:00", channel=forum)
        await said(room, "schedule add", at="09:00", to_me=True)

        schedules = await room.parts.timetable.schedules(room.guild.id)
        assert sorted(schedule.target for schedule in schedules) == ["direct", "forum", "thread"]
        assert {thread.id, forum.id} < {schedule.channel_id for schedule in schedules}


async def test_a_paused_edition_is_listed_as_paused() -> None:
    async with a_room() as room:
        await said(room, "schedule add", at="07:00")
        (schedule,) = await room.parts.timetable.schedules()
        await room.parts.timetable.save_schedule(
            replace(schedule, paused=True), seen_until=room.parts.clock()
        )

        assert "Daily at 07:00, UTC, in #news (paused)" in await said(room, "schedule list")


async def test_planning_is_for_those_who_manage_channels() -> None:
    async with a_room(check_errors=False) as room:
        reader = room.guild.add_member(room.env.create_user("reader"))
        commands = await room.client.tree.fetch_commands()
        planning = next(command for command in commands if command.name == "schedule")
        room.guild.set_command_permissions(planning, {reader: True})

        result = await reader.slash(room.channel, "schedule list")

        assert result.response
        assert result.ephemeral
        assert "Manage Channels" in text_of(result.response.message)


async def test_an_edition_is_listed_suggested_and_stopped() -> None:
    async with a_room() as room:
        assert "No edition is planned" in await said(room, "schedule list")
        await said(room, "schedule add", at="weekdays 07:00")
        assert "Weekdays at 07:00, UTC, in #news; next: Thursday" in await said(
            room, "schedule list"
        )

        choices = await room.editor.autocomplete(
            room.channel, "schedule remove", "schedule", "week"
        )
        (choice,) = choices
        assert choice["name"] == "Weekdays at 07:00, UTC, in #news"
        assert "Stopped" in await said(room, "schedule remove", schedule=choice["value"])
        assert await room.parts.timetable.schedules() == ()
        assert len(room.changes) == 2


async def test_an_edition_of_another_server_is_not_there() -> None:
    async with a_room(check_errors=False) as room:
        await said(room, "schedule add", at="07:00")
        (schedule,) = await room.parts.timetable.schedules()
        other = room.env.create_guild("Elsewhere")
        await room.parts.servers.add_server(other.id, now=room.parts.clock())
        channel = other.create_text_channel("news")
        owner = other.add_member(
            room.env.create_user("ann"),
            roles=[
                other.create_role("Editors", permissions=discord.Permissions(manage_channels=True))
            ],
        )

        result = await owner.slash(channel, "schedule remove", schedule=schedule.id)

        assert result.response
        assert "no such edition" in text_of(result.response.message)
        assert await room.parts.timetable.schedules() == (schedule,)


async def only(room: Room) -> Schedule:
    (schedule,) = await room.parts.timetable.schedules()
    return schedule


async def test_what_an_edition_chooses_is_saved_shown_and_listed() -> None:
    desk = a_desk(NEWS)
    desk.tools = with_tools(desk.tools, editions={"morning": ANY_EDITION})
    async with a_room(desk=desk) as room:
        text = await said(
            room,
            "schedule add",
            at="every 2 hours from 6 to 22:00 not 12:00-13:00",
            name="Ports",
            sources="https://POST.example/library",
            origins=2,
            stories=3,
            language="en",
            prompt="morning",
            missed="all",
            when_empty="silent",
        )

        assert "Every 2 hours from 06:00 to 22:00, not 12:00-13:00, UTC, in #news." in text
        assert "Only from https://post.example/library." in text
        saved = await only(room)
        sources = ("https://post.example/library",)
        assert saved.filters == Filters((), sources, 2, 3, "en", "morning")
        assert (saved.missed, saved.when_empty, saved.name) == ("all", "silent", "Ports")
        line = await said(room, "schedule list")
        assert "Ports: every 2 hours" in line
        assert "stories of at least 2 origins; at most 3 stories" in line
        assert "all missed runs are made up for; silent when nothing passes" in line


async def test_a_topic_that_nobody_knows_is_refused() -> None:
    async with a_room(check_errors=False) as room:
        assert "There is no topic “ports” here." in await said(
            room, "schedule add", at="07:00", topics="ports"
        )
        assert await room.parts.timetable.schedules() == ()


async def test_an_edition_is_changed_and_keeps_what_was_not_named() -> None:
    async with a_room() as room:
        await said(room, "schedule add", at="07:00", stories=3, missed="skip")
        before = await only(room)
        text = await said(room, "schedule edit", schedule=before.id, at="1st of the month 08:00")

        assert "Edition changed" in text
        assert "On the 1st of each month at 08:00, UTC, in #news." in text
        assert "Thursday 1 October 2026, 08:00 UTC" in text
        after = await only(room)
        assert after == replace(
            before,
            timing=Timing("UTC", ("08:00",), dates=("01",)),
            text="1st of the month 08:00",
            name="on the 1st of each month at 08:00, UTC",
        )
        await said(room, "schedule edit", schedule=before.id, zone="Asia/Kathmandu", stories=0)
        changed = await only(room)
        assert changed.timing == Timing("Asia/Kathmandu", ("08:00",), dates=("01",))
        assert changed.filters.max_stories == 0
        assert len(room.changes) == 3


async def test_an_edition_moves_to_a_channel_only_where_it_may_be_posted() -> None:
    async with a_room(check_errors=False) as room:
        await said(room, "schedule add", at="07:00")
        silent = discord.PermissionOverwrite(read_message_history=False)
        everyone = room.guild.default_role
        closed = room.guild.create_text_channel("closed", overwrites={everyone: silent})
        before = await only(room)

        text = await said(room, "schedule edit", schedule=before.id, channel=closed)

        assert "Give me there: Read Message History." in text
        assert await only(room) == before


async def test_an_edition_rests_and_comes_again() -> None:
    async with a_room() as room:
        await said(room, "schedule add", at="07:00")
        schedule = await only(room)
        assert "Paused: Daily at 07:00" in await said(room, "schedule pause", schedule=schedule.id)
        assert "paused already" in await said(room, "schedule pause", schedule=schedule.id)
        assert (await only(room)).paused
        resumed = await said(room, "schedule resume", schedule=schedule.id)
        assert "Edition resumed" in resumed
        assert "Thursday 17 September 2026, 07:00 UTC" in resumed
        assert await only(room) == schedule


async def test_why_the_bot_paused_an_edition_is_listed_with_how_its_last_run_went() -> None:
    async with a_room() as room:
        await said(room, "schedule add", at="07:00")
        schedule, timetable = await only(room), room.parts.timetable
        due = room.parts.clock() - timedelta(hours=1)
        await timetable.record_due(schedule.id, due)
        await timetable.finish_occurrence(
            schedule.id, due, "posted", outcome="2 stories, from 9 articles.", at=due
        )
        assert "; last: 17 Sep, 05:00, posted on time (2 stories, from 9 articles)" in await said(
            room, "schedule list"
        )
        why = "#news does not exist any more."
        await timetable.pause_schedule(schedule.id, because=why, now=due)
        assert f"in #news (paused: {why})" in await said(room, "schedule list")


async def test_a_resumed_edition_needs_its_channel() -> None:
    async with a_room(check_errors=False) as room:
        await said(room, "schedule add", at="07:00")
        await said(room, "schedule pause", schedule=(await only(room)).id)
        moved = replace(await only(room), channel_id=1)
        await room.parts.timetable.save_schedule(moved, seen_until=room.parts.clock())

        text = await said(room, "schedule resume", schedule=moved.id)

        assert "does not exist any more" in text
        assert (await only(room)).paused


async def test_a_preview_shows_the_next_runs_and_saves_nothing() -> None:
    async with a_room() as room:
        text = await said(room, "schedule preview", at="weekdays 07:00", zone="Europe/London")
        assert "Not saved yet" in text
        assert "Friday 18 September 2026, 07:00 BST" in text
        assert await room.parts.timetable.schedules() == ()


async def test_a_preview_of_an_edition_shows_it_as_it_would_be_now() -> None:
    async with a_room() as room:
        await said(room, "schedule add", at="07:00", sources="https://post.example/library")
        text = await said(room, "schedule preview", schedule=(await only(room)).id)
        assert "New library for Ostervik school" in text
        assert "crane" not in text
        assert room.texts() == []


async def test_while_an_editor_types_the_next_three_runs_are_shown() -> None:
    async with a_room() as room:
        (choice,) = await room.editor.autocomplete(
            room.channel, "schedule add", "at", "weekdays 7 and 17:30"
        )
        assert choice["value"] == "weekdays 7 and 17:30"
        assert choice["name"] == (
            "Weekdays at 07:00 and 17:30, UTC: Thu 17 Sep 07:00, Thu 17 Sep 17:30, Fri 18 Sep 07:00"
        )
        (choice,) = await room.editor.autocomplete(room.channel, "schedule add", "at", "soonish")
        assert "“soonish” is not a time" in choice["name"]


async def test_an_edition_is_ordered_at_once() -> None:
    async with a_room() as room:
        await said(room, "schedule add", at="07:00")
        schedule = await only(room)
        assert "comes to #news in a moment" in await said(
            room, "schedule run", schedule=schedule.id
        )
        now = room.parts.clock()
        assert await room.parts.timetable.find_occurrence(schedule.id, now)
        assert "on its way" in await said(room, "schedule run", schedule=schedule.id)


async def test_a_paused_edition_is_not_ordered() -> None:
    async with a_room(check_errors=False) as room:
        await said(room, "schedule add", at="07:00")
        schedule = await only(room)
        await said(room, "schedule pause", schedule=schedule.id)
        assert "Resume it first" in await said(room, "schedule run", schedule=schedule.id)


async def test_who_plans_is_written_to_once_unless_operations_have_a_channel() -> None:
    async with a_room() as room:
        await said(room, "schedule add", at="07:00")
        await said(room, "schedule add", at="08:00")
        sent = [r for r in room.env.http_requests if r.path == "/users/@me/channels"]
        assert len(sent) == 1
        assert "told directly" in await said(room, "desk show")

        assert "told in #news" in await said(room, "desk set", operations=room.channel)
        assert "Operations are told in #news." in await said(room, "desk show")


async def test_nothing_is_planned_while_nobody_would_hear_of_failures() -> None:
    async with a_room(check_errors=False) as room:
        teller = FakeTeller()
        teller.errors[room.editor.id] = DeliveryError("Closed.", permanent=True)
        for command in room.client.tree.get_commands():
            if isinstance(command, ScheduleCommands):
                command.teller = teller
        text = await said(room, "schedule add", at="07:00")

        assert "I cannot write to you directly" in text
        assert await room.parts.timetable.schedules() == ()
        await said(room, "desk set", operations=room.channel)
        assert "Edition planned" in await said(room, "schedule add", at="07:00")


async def test_operations_are_told_where_the_bot_may_post() -> None:
    async with a_room(check_errors=False) as room:
        silent = discord.PermissionOverwrite(send_messages=False)
        everyone = room.guild.default_role
        closed = room.guild.create_text_channel("closed", overwrites={everyone: silent})
        assert "I cannot post in #closed" in await said(room, "desk set", operations=closed)
        assert await room.parts.operations.channel_of(room.guild.id) is None
