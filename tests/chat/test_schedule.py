import discord
from msgspec.structs import replace

from bot.news import EVERY_DAY
from tests.chat.rooms import Room, a_room, plain, text_of


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


async def test_editions_are_planned_for_text_channels() -> None:
    async with a_room(check_errors=False) as room:
        channel = room.client.get_channel(room.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.create_thread(name="Lunch", type=discord.ChannelType.public_thread)
        (thread,) = room.channel.threads

        result = await room.editor.slash(thread, "schedule add", at="07:00")

        assert result.response
        assert "posted in text channels" in text_of(result.response.message)


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
