"""The REST side of the loopback Discord: messages, threads, limits and faults."""

import asyncio
import io

import aiohttp
import discord
import pytest

from tests.discord_server.channels import Kind
from tests.discord_server.checks import NOTE, load_validator
from tests.discord_server.entry import point_discord_at
from tests.discord_server.faults import LostReply, Outage, RateLimited, Refused, Slow
from tests.discord_server.permissions import Intent, Permission
from tests.discord_server.rates import Rate
from tests.discord_server.server import DiscordServer, Setting
from tests.discord_server.small_bot import INTENTS, SmallBot, Start, text_channel

pytestmark = [pytest.mark.system, pytest.mark.soak]

BUTTON = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}

TEXT = {"type": 10, "content": "x"}


async def test_a_channel_takes_no_flag_that_only_an_interaction_may_set(
    server: DiscordServer, bot: SmallBot
) -> None:
    address = f"{server.api_url}/channels/{text_channel(bot).id}/messages"
    headers = {"Authorization": f"Bot {server.token}"}
    body = {"content": "For all to see", "flags": 1 << 6 | 1 << 2}
    async with (
        aiohttp.ClientSession(headers=headers) as web,
        web.post(address, json=body) as answer,
    ):
        assert (await answer.json())["flags"] == 1 << 2
    assert len(server.channel().messages) == 1


async def test_history_is_paged_edited_and_deleted(server: DiscordServer, bot: SmallBot) -> None:
    channel = text_channel(bot)
    sent = [await channel.send(f"Number {n}") for n in range(5)]
    read = [message.content async for message in channel.history(limit=3)]
    assert read == ["Number 4", "Number 3", "Number 2"]
    later = [m.content async for m in channel.history(after=sent[2], oldest_first=True)]
    assert later == ["Number 3", "Number 4"]
    await sent[0].edit(content="Corrected")
    await sent[1].delete()
    assert (await channel.fetch_message(sent[0].id)).content == "Corrected"
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(sent[1].id)
    assert [m.text for m in server.channel("briefings").messages][:2] == ["Corrected", "Number 2"]
    foreign = await server.say("briefings", "Mine")
    with pytest.raises(discord.Forbidden, match="50005"):
        await channel.get_partial_message(foreign.id).edit(content="Yours")


async def test_a_repeated_nonce_returns_the_first_message_for_some_minutes(
    server: DiscordServer, bot: SmallBot
) -> None:
    channel = text_channel(bot)
    first = await channel.send("Edition", nonce="edition-1")
    again = await channel.send("Edition", nonce="edition-1")
    elsewhere = await text_channel(bot, "newsroom").send("Edition", nonce="edition-1")
    assert first.id == again.id != elsewhere.id
    server.clock.advance(170)
    assert (await channel.send("Edition", nonce="edition-1")).id == first.id
    server.clock.advance(20)
    assert (await channel.send("Edition", nonce="edition-1")).id != first.id
    assert len(server.channel("briefings").messages) == 2


async def test_a_lost_reply_leaves_the_message_and_a_refused_one_does_not(
    server: DiscordServer, bot: SmallBot
) -> None:
    channel = text_channel(bot)
    server.fail_next("POST", "/channels/*/messages", LostReply())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("Edition", nonce="edition-1")
    assert [message.text for message in server.channel("briefings").messages] == ["Edition"]
    again = await channel.send("Edition", nonce="edition-1")
    assert [message.id for message in server.channel("briefings").messages] == [again.id]
    server.fail_next("POST", "/channels/*/messages", Refused())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("Edition", nonce="edition-2")
    assert len(server.channel("briefings").messages) == 1


async def test_outages_limits_and_slow_answers_are_sat_out(
    server: DiscordServer, bot: SmallBot
) -> None:
    channel, clock = text_channel(bot), asyncio.get_running_loop()
    server.fail_next("POST", "/channels/*/messages", RateLimited(retry_after=0.2))
    server.fail_next("POST", "/channels/*/messages", Outage(502))
    server.fail_next("POST", "/channels/*/messages", Slow(0.2))
    began = clock.time()
    await channel.send("Edition")
    assert clock.time() - began > 0.4
    assert len(server.faults) == 0
    assert len(server.channel("briefings").messages) == 1


async def test_an_error_after_the_effect_is_repeated_without_a_second_message(
    server: DiscordServer, bot: SmallBot
) -> None:
    place = "/channels/*/messages"
    server.fail_next("POST", place, Outage(504, after_effect=True))
    sent = await text_channel(bot).send("Edition", nonce="edition-1")
    assert [message.id for message in server.channel().messages] == [sent.id]
    assert [path for method, path, _ in server.requests if path.endswith("messages")] == [
        f"/channels/{sent.channel.id}/messages"
    ] * 2


async def test_the_headers_tell_how_often_one_may_ask() -> None:
    async with DiscordServer(Setting(rate=Rate(requests=2, seconds=0.5))) as server:
        headers = {"Authorization": f"Bot {server.token}"}
        async with aiohttp.ClientSession(server.base_url, headers=headers) as web:
            answers = [await web.get("/api/v10/users/@me") for _ in range(3)]
            assert [answer.status for answer in answers] == [200, 200, 429]
            left = [answer.headers["X-RateLimit-Remaining"] for answer in answers]
            assert left == ["1", "0", "0"]
            assert 0 < (await answers[2].json())["retry_after"] <= 0.5


async def test_a_client_that_heeds_the_headers_is_never_refused(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    async with DiscordServer(Setting(rate=Rate(requests=2, seconds=0.5))) as server:
        point_discord_at(server.base_url)
        async with SmallBot(INTENTS) as bot:
            await bot.login(server.token)
            channel = bot.get_partial_messageable(server.channel().id)
            for number in range(5):
                await channel.send(f"Number {number}")
    assert "rate limited" not in caplog.text


async def test_missing_permissions_have_discords_codes(
    server: DiscordServer, bot: SmallBot
) -> None:
    channel = text_channel(bot)
    server.deny("briefings", Permission.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden, match="50013"):
        await channel.send("Edition")
    server.deny("briefings", Permission.VIEW_CHANNEL)
    with pytest.raises(discord.Forbidden, match="50001"):
        await channel.send("Edition")
    server.allow("briefings", Permission.SEND_MESSAGES)
    sent = await channel.send("Edition")
    server.deny("briefings", Permission.CREATE_PUBLIC_THREADS)
    with pytest.raises(discord.Forbidden, match="50013"):
        await sent.create_thread(name="The harbour")


async def test_a_wrong_token_is_refused(server: DiscordServer, start: Start) -> None:
    with pytest.raises(discord.LoginFailure):
        await start(token=server.token[::-1])
    assert not server.gateway.is_connected


async def test_threads_start_once_with_a_short_name_or_without_a_message(
    server: DiscordServer, bot: SmallBot
) -> None:
    channel = text_channel(bot)
    sent = await channel.send("Edition")
    await sent.create_thread(name="Once")
    for name, code in (("Twice", "160004"), ("n" * 101, "50035"), ("", "50035")):
        with pytest.raises(discord.HTTPException, match=code):
            await sent.create_thread(name=name)
    kind = discord.ChannelType.public_thread
    alone = await channel.create_thread(name="Alone", type=kind, auto_archive_duration=60)
    await alone.send("First")
    await alone.edit(archived=True)
    names = [(thread.name, thread.archived) for thread in server.channel("briefings").threads]
    assert names == [("Once", False), ("Alone", True)]
    await alone.send("Second")  # which opens it again
    assert not server.channel("briefings").threads[1].archived
    server.violations.clear()  # Discord's document refuses the two names as well


async def test_messages_over_a_limit_and_mentions_are_noticed(
    server: DiscordServer, bot: SmallBot
) -> None:
    channel = text_channel(bot)
    with pytest.raises(discord.HTTPException, match="2000 or fewer"):
        await channel.send("x" * 2001)
    server.violations.clear()
    reader = server.member("reader").user
    quiet = discord.AllowedMentions.none()
    await channel.send(f"@everyone {reader.mention}", allowed_mentions=quiet)
    assert server.pings == []
    loud = discord.AllowedMentions(users=True, everyone=False)
    await channel.send(f"@everyone {reader.mention}", allowed_mentions=loud)
    assert [message.pings for message in server.pings] == [(f"user:{reader.id}",)]


async def test_files_arrive_and_may_be_taken_back(server: DiscordServer, bot: SmallBot) -> None:
    uploads = [discord.File(io.BytesIO(word), f"{word.decode()}.txt") for word in (b"one", b"two")]
    sent = await text_channel(bot).send("Edition", files=uploads)
    (message,) = server.channel().messages
    assert message.files == {"one.txt": b"one", "two.txt": b"two"}
    await sent.edit(attachments=sent.attachments[1:])
    assert [listed["filename"] for listed in message.payload["attachments"]] == ["two.txt"]


async def test_a_post_of_a_forum_is_a_thread_with_a_message(
    server: DiscordServer, bot: SmallBot
) -> None:
    server.world.add_channel(server.guild, "archive", Kind.FORUM)
    forum = await bot.fetch_channel(server.channel("archive").id)
    assert isinstance(forum, discord.ForumChannel)
    made = await forum.create_thread(name="Edition", content="As a post")
    (thread,) = server.channel("archive").threads
    assert made.thread.id == made.message.id == thread.id
    assert [message.text for message in thread.messages] == ["As a post"]
    await made.thread.add_user(discord.Object(server.member("reader").user.id))
    assert thread.member_ids == {server.world.bot.id, server.member("reader").user.id}


async def test_a_pinned_message_is_listed(server: DiscordServer, bot: SmallBot) -> None:
    channel = text_channel(bot)
    sent = await channel.send("Edition")
    with pytest.raises(discord.Forbidden, match="50013"):
        await sent.pin()
    server.allow("briefings", Permission.PIN_MESSAGES)
    await sent.pin()
    assert [message.id async for message in channel.pins()] == [sent.id]
    await sent.unpin()
    assert [message.id async for message in channel.pins()] == []


async def test_history_tells_what_people_wrote_only_if_the_portal_allows_it() -> None:
    for allowed, content in ((Intent.NONE, ""), (Intent.MESSAGE_CONTENT, "A tip")):
        async with DiscordServer(Setting(privileged=allowed)) as server:
            tip = await server.say("newsroom", "A tip")
            await server.say("newsroom", f"{server.world.bot.mention} look", reply_to=tip)
            address = f"{server.api_url}/channels/{tip.channel.id}/messages"
            headers = {"Authorization": f"Bot {server.token}"}
            async with aiohttp.ClientSession(headers=headers) as web, web.get(address) as answer:
                newest, oldest = await answer.json()
            assert oldest["content"] == newest["referenced_message"]["content"] == content
            assert newest["content"].endswith("look")


async def test_commands_are_added_changed_and_taken_away(
    server: DiscordServer, bot: SmallBot
) -> None:
    @discord.app_commands.command(name="extra", description="Extra")
    async def extra(interaction: discord.Interaction) -> None:
        await interaction.response.defer()

    before = {command["name"]: command["id"] for command in server.commands.listed()}
    bot.tree.add_command(extra)
    await bot.tree.sync()
    after = {command["name"]: command["id"] for command in server.commands.listed()}
    assert after.items() >= before.items()
    fetched = {command.name: command for command in await bot.tree.fetch_commands()}
    changed = await fetched["extra"].edit(description="Extra, extra")
    assert (changed.id, changed.description) == (fetched["extra"].id, "Extra, extra")
    await changed.delete()
    with pytest.raises(discord.NotFound, match="10063"):
        await changed.delete()
    assert {command["name"] for command in server.commands.listed()} == set(before)


async def test_moderation_needs_its_permissions(server: DiscordServer, bot: SmallBot) -> None:
    channel = text_channel(bot)
    foreign = await server.say("briefings", "Noise")
    thread = await (await channel.send("Edition")).create_thread(name="Talk")
    with pytest.raises(discord.Forbidden, match="50013"):
        await channel.get_partial_message(foreign.id).delete()
    with pytest.raises(discord.Forbidden, match="50013"):
        await thread.edit(locked=True)
    server.allow("briefings", Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS)
    await channel.get_partial_message(foreign.id).delete()
    await thread.edit(locked=True, archived=True)
    with pytest.raises(discord.HTTPException, match="50083"):
        await thread.send("Too late")
    await thread.delete()
    with pytest.raises(discord.NotFound, match="10003"):
        await thread.send("Too late")
    assert len(server.channel().messages) == 1
    assert server.channel().threads == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": "  "},
        {"content": "x", "nonce": "n" * 26},
        {"content": "x", "enforce_nonce": True},
        {"embeds": [{"title": "x"}] * 11},
        {"embeds": [{"description": "x" * 3001}] * 2},
        {"components": [{"type": 1, "components": [BUTTON]}] * 2},
        {"components": [{"type": 1, "components": [{**BUTTON, "label": "x" * 81}]}]},
        {"components": [{"type": 1, "components": [{**BUTTON, "custom_id": "x" * 101}]}]},
        {"components": [TEXT]},
        {"components": [TEXT] * 41, "flags": 1 << 15},
        {"components": [{**TEXT, "content": "x" * 4001}], "flags": 1 << 15},
        {"components": [TEXT], "content": "x", "flags": 1 << 15},
        {"content": "x", "message_reference": {"message_id": "1"}},
    ],
)
async def test_a_message_that_discord_does_not_take_is_refused(
    server: DiscordServer, body: dict[str, object]
) -> None:
    address = f"{server.api_url}/channels/{server.channel().id}/messages"
    headers = {"Authorization": f"Bot {server.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as web,
        web.post(address, json=body) as answer,
    ):
        assert answer.status == 400
    assert server.channel().messages == []
    server.violations.clear()  # Discord's document refuses most of them as well


async def test_requests_that_discord_does_not_describe_are_collected() -> None:
    if load_validator() is None:
        pytest.skip(NOTE)
    async with DiscordServer() as server:
        place = f"{server.api_url}/channels/{server.channel().id}/messages"
        headers = {"Authorization": f"Bot {server.token}"}
        async with aiohttp.ClientSession(headers=headers) as web:
            await (await web.post(place, json={"content": "x", "nonce": "n" * 30})).read()
            await (await web.get(f"{server.api_url}/voice/regions")).read()
        assert [violation.method for violation in server.violations] == ["POST", "GET"]
