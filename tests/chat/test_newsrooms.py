"""Newsrooms: nothing crosses from one to another, whatever command, menu or button is used."""

from copy import deepcopy

import discord
import pytest
from msgspec.structs import replace

from bot.chat.views import edition_view
from bot.delivery.compact import edition_messages
from bot.errors import DeliveryError
from bot.news import Post
from tests.chat.filling import every_command, use
from tests.chat.rooms import a_room, buttons, plain, text_of
from tests.chat.two_newsrooms import SECRETS, Two, everything, schedule_in, two_newsrooms
from tests.fakes import FakeArchive
from tests.laws.desks import NOW

COMMANDS = every_command()
TYPED = {"": "harbour", "schedule": "watch", "at": "07:00", "zone": "UTC", "language": "en"}


def state(two: Two) -> object:
    """Return what our newsroom keeps."""
    archive = two.ours.parts.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    kept = (
        archive.articles,
        archive.dossiers,
        archive.posts.posts,
        archive.posts.threads,
        archive.timetable.saved,
        archive.timetable.recorded,
        archive.operations.channels,
        archive.servers.kept,
    )
    return deepcopy(kept)


@pytest.mark.parametrize("name", COMMANDS)
async def test_no_command_shows_or_changes_anything_of_another_newsroom(name: str) -> None:
    async with two_newsrooms() as two:
        before = state(two)

        result = await use(two.theirs.chief, two.theirs.channel, COMMANDS[name], TYPED)

        assert result.acknowledged
        said = everything(two.theirs, result)
        assert not [secret for secret in SECRETS if secret.casefold() in said.casefold()]
        assert state(two) == before


@pytest.mark.parametrize(
    ("name", "option"),
    [
        (name, one.display_name)
        for name, command in COMMANDS.items()
        if isinstance(command, discord.app_commands.Command)
        for one in command.parameters
        if one.autocomplete
    ],
)
async def test_no_suggestion_tells_of_another_newsroom(name: str, option: str) -> None:
    async with two_newsrooms() as two:
        for typed in ("", "w", "Morning", "crane", "harb"):
            choices = await two.theirs.chief.autocomplete(two.theirs.channel, name, option, typed)
            said = str(choices).replace(typed, "") if typed else str(choices)
            assert not [secret for secret in SECRETS if secret.casefold() in said.casefold()]


@pytest.mark.parametrize("label", ["Discuss"])
async def test_a_button_of_another_newsrooms_edition_leads_nowhere(label: str) -> None:
    async with two_newsrooms() as two:
        dossier = await two.ours.parts.desk.tools.archive.find_dossier("latest")
        assert dossier
        (message,) = edition_messages(dossier, two.ours.parts.desk.zone)
        channel = two.client.get_channel(two.theirs.channel.id)
        assert isinstance(channel, discord.TextChannel)
        posted = await channel.send(view=edition_view(message, dossier))

        custom_id = buttons(posted, label)[0]
        result = await two.theirs.chief.click(posted, custom_id=custom_id)

        assert result.response
        said = text_of(result.response.message)
        assert not [secret for secret in SECRETS if secret in said]
        assert two.theirs.channel.threads == []


async def test_a_question_in_a_thread_is_answered_by_its_own_newsroom_alone() -> None:
    async with two_newsrooms() as two:
        posts = two.ours.parts.posts
        message = two.ours.channel.history()[0]
        await two.ours.chief.click(message, custom_id=buttons(message, "Discuss")[0])
        (thread,) = two.ours.channel.threads
        known = await posts.find_thread(thread.id)
        assert known
        room = two.client.get_channel(two.theirs.channel.id)
        assert isinstance(room, discord.TextChannel)
        elsewhere = await room.create_thread(name="x", type=discord.ChannelType.public_thread)
        await posts.add_thread(
            replace(known, thread_id=elsewhere.id, channel_id=room.id, story_id="another")
        )

        (theirs,) = two.theirs.channel.threads
        await two.theirs.chief.send(theirs, "Who runs the ferry line?")

        assert len(theirs.history()) == 1


async def test_no_edition_is_posted_in_a_server_of_another_newsroom() -> None:
    async with two_newsrooms() as two:
        dossier = await two.ours.parts.desk.brief(now=NOW)
        made = dossier.briefing
        for channel in (two.theirs.channel, two.ours.channel):
            post = Post("k/1", channel.id, made.id, made.version)
            port = two.client.channels_of(two.ours.parts)
            if channel is two.ours.channel:
                assert await port.send(post, dossier, may_send=lambda: True)
                continue
            with pytest.raises(DeliveryError, match="does not belong to this newsroom") as caught:
                await port.send(post, dossier, may_send=lambda: True)
            assert caught.value.closed
        assert two.theirs.channel.history() == []


async def test_a_server_of_no_newsroom_is_shown_nothing_but_the_command_that_adds_it() -> None:
    async with a_room(check_errors=False) as room:
        other = room.env.create_guild("Elsewhere")
        channel = other.create_text_channel("news")
        stranger = other.add_member(room.env.create_user("ann"))

        result = await stranger.slash(channel, "brief")

        (answer,) = result.followups
        assert f"nutgraf newsroom add {other.id}" in plain(text_of(answer.message))
        assert channel.history() == [] or "crane" not in str(room.texts(channel))
        assert list(await room.parts.servers.servers()) == [
            await room.parts.servers.find_server(room.guild.id)
        ]


async def test_the_first_server_that_the_bot_comes_to_claims_its_newsroom() -> None:
    async with a_room(check_errors=False) as room:
        await room.parts.servers.remove_server(room.guild.id)
        for name in ("First", "Second"):
            guild = room.client.get_guild(room.env.create_guild(name).id)
            room.client.dispatch("guild_join", guild)  # which simcord does not tell of
            await room.env.settle()

        (server,) = await room.parts.servers.servers()
        first = room.client.get_guild(server.id)
        assert first
        assert first.name == "First"


async def test_among_several_newsrooms_no_server_claims_one() -> None:
    async with two_newsrooms() as two:
        await two.theirs.parts.servers.remove_server(two.theirs.guild.id)

        result = await two.theirs.chief.slash(two.theirs.channel, "brief")

        (answer,) = result.followups
        assert "belongs to no newsroom" in text_of(answer.message)
        assert await two.theirs.parts.servers.servers() == ()


async def test_each_newsroom_briefs_its_own_news() -> None:
    async with two_newsrooms() as two:
        await two.theirs.chief.slash(two.theirs.channel, "brief")

        (text,) = [text_of(m) for m in two.theirs.channel.history()]
        assert "New library for Ostervik school" in text
        assert "crane" in text_of(two.ours.channel.history()[0])
        assert schedule_in(two.ours).id == "watch"
