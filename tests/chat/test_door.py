"""The door: who gets in to do what, wherever they ask, and how often."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from simcord.builders import UserHandle
from simcord.results import InteractionResult

from bot.chat.limits import LIMITS, Limit, Limits
from bot.chat.replies import is_elsewhere
from bot.chat.rights import RIGHTS, ROLES, Role, highest, require_role, role_of
from bot.errors import OftenError, RightsError
from bot.news import Server
from tests.chat.filling import every_command, use
from tests.chat.rooms import Room, a_room, plain, text_of
from tests.chat.two_newsrooms import Newsroom, Two, two_newsrooms
from tests.laws.desks import NOW

COMMANDS = every_command()
TYPED = {"": "harbour", "at": "07:00", "zone": "UTC", "language": "en"}
GUARDED = [name for name in COMMANDS if RIGHTS[name] != "reader"]
PERMISSIONS: Mapping[Role, discord.Permissions] = {
    "reader": discord.Permissions(send_messages=True),
    "editor": discord.Permissions(manage_channels=True),
    "chief": discord.Permissions(manage_guild=True, manage_channels=True),
}
IDS = st.frozensets(st.integers(1, 9), max_size=4)


def test_every_command_and_menu_has_its_line_in_the_table() -> None:
    assert set(COMMANDS) <= set(RIGHTS)
    assert set(LIMITS) - {"setup preview"} <= set(RIGHTS)


@pytest.mark.parametrize("name", GUARDED)
async def test_a_role_below_the_tables_gets_through_to_no_command(name: str) -> None:
    async with a_room(check_errors=False) as room:
        below = [role for role in ROLES if ROLES.index(role) < ROLES.index(RIGHTS[name])]
        for role in below:
            given_role = room.guild.create_role(role, permissions=PERMISSIONS[role])
            member = room.guild.add_member(room.env.create_user(role), roles=[given_role])
            for command in await room.client.tree.fetch_commands():
                room.guild.set_command_permissions(command, {member: True})

            result = await use(member, room.channel, COMMANDS[name], TYPED)

            assert f"This is for a newsroom's {RIGHTS[name]}s." in said(result)
            assert await room.parts.timetable.schedules() == ()
            assert await room.parts.operations.channel_of(room.guild.id) is None


@given(
    value=st.integers(0, discord.Permissions.all().value),
    has=IDS,
    readers=IDS,
    editors=IDS,
    chiefs=IDS,
    doing=st.sampled_from(sorted(RIGHTS)),
)
def test_whoever_gets_through_is_enough_by_a_mapped_role_or_by_permission(  # noqa: PLR0917
    value: int,
    has: frozenset[int],
    readers: frozenset[int],
    editors: frozenset[int],
    chiefs: frozenset[int],
    doing: str,
) -> None:
    mapped = {"reader": readers, "editor": editors, "chief": chiefs}
    server = Server(1, NOW, readers=tuple(readers), editors=tuple(editors), chiefs=tuple(chiefs))
    permissions = discord.Permissions(value)

    def holds(role: Role) -> bool:
        if mapped[role]:
            return bool(mapped[role] & has)
        return permissions.is_superset(PERMISSIONS_OF[role])

    enough = permissions.administrator or any(
        holds(role) for role in ROLES if ROLES.index(role) >= ROLES.index(RIGHTS[doing])
    )
    try:
        require_role(role_of(permissions, has, server), doing)
    except RightsError:
        assert not enough
    else:
        assert enough


PERMISSIONS_OF: Mapping[Role, discord.Permissions] = {
    "reader": discord.Permissions.none(),
    "editor": discord.Permissions(manage_channels=True),
    "chief": discord.Permissions(manage_guild=True),
}


def test_the_highest_of_several_roles_counts() -> None:
    assert highest(["reader", None, "chief", "editor"]) == "chief"
    assert highest([None]) is None
    assert highest([]) is None


async def test_a_mapped_role_lets_in_and_its_permission_no_longer_does() -> None:
    async with a_room(check_errors=False) as room:
        desk = room.guild.create_role("Desk")
        await map_roles(room, editors=(desk.id,))
        member = room.guild.add_member(room.env.create_user("sten"), roles=[desk])
        manager = room.guild.create_role("Managers", permissions=PERMISSIONS["editor"])
        other = room.guild.add_member(room.env.create_user("una"), roles=[manager])
        for command in await room.client.tree.fetch_commands():
            room.guild.set_command_permissions(command, {member: True})

        assert "No edition is planned" in said(await member.slash(room.channel, "schedule list"))
        refused = said(await other.slash(room.channel, "schedule list"))
        assert "It takes one of these roles: Desk." in refused


async def test_with_readers_mapped_others_are_told_nothing() -> None:
    async with a_room(check_errors=False) as room:
        await map_roles(room, readers=(room.guild.create_role("Staff").id,))
        guest = room.guild.add_member(room.env.create_user("guest"))

        result = await guest.slash(room.channel, "brief")

        assert "This is for a newsroom's readers." in said(result)
        assert "crane" not in said(result)


async def test_administrators_are_chiefs_whatever_is_mapped() -> None:
    async with a_room(check_errors=False) as room:
        await map_roles(room, readers=(1,), editors=(1,), chiefs=(1,))
        may_all = room.guild.create_role("A", permissions=discord.Permissions(administrator=True))
        admin = room.guild.add_member(room.env.create_user("ada"), roles=[may_all])

        assert "desk" in said(await admin.slash(room.channel, "desk show")).casefold()


async def test_in_a_direct_message_the_members_newsroom_answers() -> None:
    async with two_newsrooms() as two:
        user = a_user(two, two.theirs)

        result = await user.slash("newsroom")

        assert "In direct messages School answers you. Your newsrooms: School." in said(result)


async def test_a_briefing_is_given_in_direct_messages_too() -> None:
    async with two_newsrooms() as two:
        user = a_user(two, two.theirs)

        result = await user.slash("brief")

        assert "New library for Ostervik school" in said(result)
        assert "crane" not in said(result)


async def test_whoever_left_every_server_is_told_nothing_any_more() -> None:
    async with two_newsrooms() as two:
        user = a_user(two, two.theirs)
        assert "School" in said(await user.slash("newsroom"))
        two.theirs.guild.remove_member(user)

        result = await user.slash("newsroom")

        assert "You belong to no server of a newsroom of mine." in said(result)
        assert "School" not in said(result)


async def test_a_member_of_several_newsrooms_chooses_one_and_may_choose_again() -> None:
    async with two_newsrooms() as two:
        user = a_user(two, two.theirs, two.ours)
        before = said(await user.slash("newsroom"))
        assert "You have not chosen" in before
        assert "Your newsrooms: Harbour, School." in before

        assert "Harbour answers you" in said(await user.slash("newsroom", name="harbour"))
        assert "Harbour answers you. Your" in said(await user.slash("newsroom"))
        assert "You belong to no newsroom of that name" in said(
            await user.slash("newsroom", name="Elsewhere")
        )


async def test_a_newsroom_that_somebody_does_not_belong_to_cannot_be_chosen() -> None:
    async with two_newsrooms() as two:
        user = a_user(two, two.theirs)

        refused = said(await user.slash("newsroom", name="Harbour"))

        assert "You belong to no newsroom of that name. Yours are: School." in refused
        assert await two.ours.parts.servers.chosen_at(user.id) is None


async def test_a_direct_message_has_the_role_that_its_member_has_in_the_server() -> None:
    async with two_newsrooms() as two:
        staff = two.theirs.guild.create_role("Staff")
        servers = two.theirs.parts.servers
        await servers.change_server(
            two.theirs.guild.id, lambda server: replace(server, readers=(staff.id,))
        )
        guest, member = two.env.create_user("guest"), two.env.create_user("member")
        two.theirs.guild.add_member(guest)
        two.theirs.guild.add_member(member, roles=[staff])

        assert "for a newsroom's readers" in said(await guest.slash("newsroom"))
        assert "School answers you" in said(await member.slash("newsroom"))


async def test_where_a_member_brought_the_bot_along_their_own_newsroom_answers_them_alone() -> None:
    async with two_newsrooms() as two:
        user = a_user(two, two.theirs)
        alone = brought_along(two, user, {"1": str(user.id)})
        installed = brought_along(two, user, {"0": "999", "1": str(user.id)})

        assert (await two.client.door.enter(alone, "brief")).name == "School"
        assert is_elsewhere(alone)
        assert two.client.door.known(alone, "brief") is None
        with pytest.raises(RightsError, match="nutgraf newsroom add 999"):
            await two.client.door.enter(installed, "brief")


def brought_along(
    two: Two, user: UserHandle, owners: dict[str, str]
) -> discord.Interaction[discord.Client]:
    """Return an interaction in a server that is none of ours, as Discord describes it."""
    member = {
        "user": {"id": str(user.id), "username": user.name, "discriminator": "0", "avatar": None},
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": "8",
    }
    data = {
        "id": "1",
        "application_id": str(two.client.application_id),
        "type": 2,
        "token": "t",
        "version": 1,
        "guild_id": "999",
        "channel": {"id": "4", "type": 0, "permissions": "8", "name": "x", "position": 0},
        "channel_id": "4",
        "member": member,
        "app_permissions": "8",
        "locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": owners,
        "attachment_size_limit": 1,
        "data": {"id": "7", "name": "brief", "type": 1},
    }
    state = two.client._connection  # noqa: SLF001 - simcord cannot install for a member
    return discord.Interaction(data=data, state=state)  # type: ignore[arg-type]


async def test_what_is_costly_is_refused_after_its_limit_with_when_to_try_again() -> None:
    async with a_room(check_errors=False) as room:
        for _ in range(LIMITS["brief"].times):
            assert "within" not in said(await room.editor.slash(room.channel, "brief"))

        refused = said(await room.editor.slash(room.channel, "brief"))

        assert "You have asked for this 20 times within 10 minutes." in refused
        assert "Try again in 10 minutes." in refused
        other = room.guild.add_member(room.env.create_user("una"))
        assert "within" not in said(await other.slash(room.channel, "brief"))


@given(
    waits=st.lists(st.integers(0, 400), max_size=60),
    times=st.integers(1, 5),
    seconds=st.integers(1, 600),
)
def test_no_window_of_time_holds_more_than_its_limit(
    waits: list[int], times: int, seconds: int
) -> None:
    limit = Limit(times, timedelta(seconds=seconds))
    limits = Limits({"ask": limit})
    now = NOW
    let_in: list[datetime] = []
    for wait in waits:
        now += timedelta(seconds=wait)
        recent = [at for at in let_in if at > now - limit.within]
        try:
            limits.count(1, "ask", now=now)
        except OftenError:
            assert len(recent) == times
        else:
            assert len(recent) < times
            let_in.append(now)


def test_members_and_commands_are_counted_apart_and_what_is_cheap_not_at_all() -> None:
    limits = Limits({"ask": Limit(1, timedelta(minutes=1))})
    limits.count(1, "ask", now=NOW)
    limits.count(2, "ask", now=NOW)
    for _ in range(100):
        limits.count(1, "help", now=NOW)
    with pytest.raises(OftenError, match="Try again in 1 second"):
        limits.count(1, "ask", now=NOW + timedelta(seconds=59))
    limits.count(1, "ask", now=NOW + timedelta(minutes=1))


async def map_roles(room: Room, **mapped: tuple[int, ...]) -> None:
    """Map roles of Discord's in the room's server."""
    servers = room.parts.servers
    await servers.change_server(room.guild.id, lambda server: replace(server, **mapped))


def a_user(two: Two, *newsrooms: Newsroom) -> UserHandle:
    """Return somebody who belongs to the servers of these newsrooms."""
    user = two.env.create_user("sten")
    for newsroom in newsrooms:
        newsroom.guild.add_member(user)
    return user


def said(result: InteractionResult) -> str:
    """Return all that a member was answered."""
    answers = [result.response, *result.followups]
    return plain("\n".join(text_of(answer.message) for answer in answers if answer))
