import asyncio
import logging

import discord
import pytest
import simcord

from bot.chat.client import NewsClient, run
from bot.errors import ArchiveError, DeliveryError, SettingsError
from tests.chat.rooms import NEWS, SHARED, a_room, assert_valid, buttons, parts_of, plain, text_of
from tests.laws.desks import a_desk


async def test_commands_are_registered_once_and_again_only_when_they_change() -> None:
    async with a_room() as room:
        assert not await room.client.tree.sync_if_changed()
        await room.env.restart_bot(NewsClient(room.parts))
        puts = [r for r in room.env.http_requests if r.method == "PUT"]
        assert len(puts) == 1

        room.client.tree.remove_command("brief")
        assert await room.client.tree.sync_if_changed()


async def test_every_request_is_checked_against_discords_description() -> None:
    if not SHARED.exists():
        pytest.skip("needs ../shared/discord: without it no request body was checked")
    body = {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41}

    with pytest.raises(AssertionError, match="40"):
        assert_valid("POST", "/channels/1/messages", body)


async def test_only_the_intents_that_are_needed_are_asked_for() -> None:
    client = NewsClient(parts_of(a_desk(NEWS))[0])

    asked = {name for name, on in client.intents if on}

    assert asked == {"guilds", "guild_messages", "message_content"}


async def test_an_expected_error_is_told_to_the_member_alone() -> None:
    async with a_room(desk=a_desk({}, []), check_errors=False) as room:
        result = await room.editor.slash(room.channel, "brief")

        (answer,) = result.followups
        assert answer.ephemeral
        assert result.response is None
        assert "This desk has no sources yet." in text_of(answer.message)
        assert room.channel.history(viewer=room.guild.add_member(room.env.create_user("x"))) == []


async def test_an_unexpected_error_is_logged_once_under_the_id_that_the_member_sees(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = a_desk(NEWS)

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    desk.brief = broken  # type: ignore[method-assign, assignment] # nobody expects it
    async with a_room(desk=desk, check_errors=False) as room:
        with caplog.at_level(logging.ERROR):
            result = await room.editor.slash(room.channel, "brief")

        (answer,) = result.followups
        (record,) = caplog.records
        assert record.exc_info
        assert str(record.__dict__["reference"]) in text_of(answer.message)
        assert "boom" not in text_of(answer.message)


async def test_a_press_that_fails_is_told_to_the_member() -> None:
    async with a_room(check_errors=False) as room:
        await room.editor.slash(room.channel, "brief")
        (message,) = room.channel.history()
        room.env.inject_error("POST", "/channels/*/threads", status=403, code=50013)

        result = await room.editor.click(message, custom_id=_first(message))

        assert result.response
        assert "I may not post in #news" in plain(text_of(result.response.message))
        assert room.channel.threads == []


async def test_a_member_who_cannot_be_told_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with a_room(desk=a_desk({}, []), check_errors=False) as room:
        room.env.inject_error("*", "/webhooks/*", status=500, times=None)

        await room.editor.slash(room.channel, "brief")

        (record,) = [r for r in caplog.records if r.name.startswith("bot.")]
        assert record.message == "member not told"
        assert "no sources" in record.__dict__["told"]


async def test_an_interaction_that_came_too_late_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with a_room(check_errors=False) as room:
        room.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)

        await room.editor.slash(room.channel, "brief")

        (record,) = [r for r in caplog.records if r.name.startswith("bot.")]
        assert record.message == "interaction acknowledged too late"


async def test_a_question_that_fails_is_answered_with_a_sentence() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        (message,) = room.channel.history()
        await room.editor.click(message, custom_id=_first(message))
        (thread,) = room.channel.threads

        async def locked(*_: object) -> None:
            raise ArchiveError("The archive is locked by another program.")

        archive = room.desk.tools.archive
        archive.find_article = locked  # type: ignore[method-assign, assignment]
        await room.editor.send(thread, "Who runs the ferry line?")

        assert "The archive is locked" in text_of(thread.history()[-1])


@pytest.mark.parametrize(
    ("error", "kind", "sentence"),
    [
        (discord.LoginFailure("no"), SettingsError, "refuses the bot's token"),
        (discord.PrivilegedIntentsRequired(None), SettingsError, "Message Content Intent"),
        (OSError("no route"), DeliveryError, "could not be reached"),
    ],
)
async def test_a_failed_sign_in_says_what_to_do(
    error: Exception, kind: type[Exception], sentence: str
) -> None:
    class Refused(NewsClient):
        async def start(self, token: str, *, reconnect: bool = True) -> None:  # noqa: ARG002
            raise error

    client = Refused(parts_of(a_desk(NEWS))[0])

    with pytest.raises(kind, match=sentence):
        await run(client, "token")
    assert client.is_closed()


async def test_a_stopped_client_is_closed() -> None:
    class Idle(NewsClient):
        async def start(self, token: str, *, reconnect: bool = True) -> None:  # noqa: ARG002
            await asyncio.Event().wait()

    client = Idle(parts_of(a_desk(NEWS))[0])
    running = asyncio.create_task(run(client, "token"))
    await asyncio.sleep(0)
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    assert client.is_closed()


async def test_a_missing_intent_is_refused_by_the_simulated_discord_too() -> None:
    client = NewsClient(parts_of(a_desk(NEWS))[0])
    intents = discord.Intents.all()
    intents.message_content = False

    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with simcord.run(client, approved_intents=intents):
            pass


def _first(message: discord.Message) -> str:
    return buttons(message, "Discuss")[0]
