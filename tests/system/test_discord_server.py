"""The loopback Discord, as the real discord.py meets it: in this process and in one of its own."""

import asyncio
import contextlib
import io
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

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
from tests.discord_server.small_bot import SmallBot

pytestmark = pytest.mark.system

ROOT = Path(__file__).resolve().parents[2]

INTENTS = discord.Intents(guilds=True, guild_messages=True)

Start = Callable[..., Awaitable[SmallBot]]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running
        assert running.violations == []


@pytest.fixture
async def start(server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    websocket = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(websocket, "DEFAULT_GATEWAY", websocket.DEFAULT_GATEWAY)
    async with contextlib.AsyncExitStack() as stack:

        async def run(intents: discord.Intents = INTENTS, token: str | None = None) -> SmallBot:
            point_discord_at(server.base_url)
            bot = SmallBot(intents)
            await stack.enter_async_context(bot)
            await bot.login(token or server.token)
            task = asyncio.create_task(bot.connect())
            stack.push_async_callback(asyncio.wait, [task])
            stack.push_async_callback(bot.close)
            await asyncio.wait(
                [task, asyncio.create_task(bot.wait_until_ready())],
                return_when=asyncio.FIRST_COMPLETED,
            )
            if task.done():
                task.result()
            return bot

        yield run


@pytest.fixture
async def bot(start: Start) -> SmallBot:
    return await start()


def text_channel(bot: SmallBot, name: str = "briefings") -> discord.TextChannel:
    found = discord.utils.get(bot.get_all_channels(), name=name)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_client_logs_in_becomes_ready_and_registers_its_commands(
    server: DiscordServer, bot: SmallBot
) -> None:
    assert bot.user
    assert bot.user.name == "Nutgraf"
    assert [guild.name for guild in bot.guilds] == ["The newsroom"]
    assert [c.name for c in bot.guilds[0].text_channels] == ["briefings", "newsroom"]
    assert {command["name"] for command in server.commands.listed()} == {"brief", "schedule"}
    assert server.gateway.identified == 1


async def test_a_slash_command_is_deferred_and_then_answered_with_a_card(
    server: DiscordServer, bot: SmallBot
) -> None:
    assert bot.is_ready()
    asked = await server.slash("brief", {"about": "harbour"})
    assert await asked.acknowledged() < 1
    card = await asked.reply()
    assert card.text == "All about harbour"
    assert card.custom_ids == ("discuss", "ask", "tone")
    assert not card.is_ephemeral
    assert server.channel("briefings").messages == [card]
    assert server.pings == []


async def test_subcommands_completions_and_follow_ups(server: DiscordServer, bot: SmallBot) -> None:
    assert bot.is_ready()
    choices = await server.autocomplete("schedule add", {"hour": 7, "zone": "europe"})
    assert [choice["value"] for choice in choices] == ["Europe/Berlin", "Europe/Lisbon"]
    asked = await server.slash("schedule add", {"hour": 7, "zone": "Europe/Lisbon"})
    first, second = await asked.answered(2)
    assert (first.text, second.text) == ("Daily at 7:00, Europe/Lisbon.", "Noted.")
    assert first.is_ephemeral
    assert second.is_ephemeral
    assert server.channel("briefings").messages == []
    with pytest.raises(ValueError, match="required"):
        await server.slash("schedule add", {"hour": 7})
    with pytest.raises(LookupError, match="no 'remove'"):
        await server.slash("schedule remove")


async def test_a_button_starts_a_thread_in_which_a_question_is_answered(
    server: DiscordServer, bot: SmallBot
) -> None:
    card = await (await server.slash("brief")).reply()
    await (await server.press(card, "Discuss")).acknowledged()
    thread = await server.until(lambda: card.thread, "a thread")
    assert thread
    assert (thread.name, thread.id) == ("The harbour", card.id)
    await server.until(lambda: thread.messages, "the first post")
    asked = await server.say(thread, "Who pays for it?", "reader")
    await server.until(lambda: len(thread.messages) == 3, "an answer")
    answer = thread.messages[-1]
    assert answer.text == "Not in the sources."
    assert answer.payload["message_reference"]["message_id"] == str(asked.id)
    assert answer.pings == ()
    inside = await (await server.slash("brief", channel=thread)).reply()
    assert inside.channel is thread
    assert bot.heard == [""]  # no intent for what people write, and the bot was not mentioned


async def test_a_form_is_opened_filled_in_and_answered_to_one_person(
    server: DiscordServer, bot: SmallBot
) -> None:
    assert bot.is_ready()
    card = await (await server.slash("brief")).reply()
    opened = await server.press(card, "ask", "reader")
    with pytest.raises(ValueError, match="required"):
        await server.submit_modal(opened, {"question": ""})
    sent = await server.submit_modal(opened, {"question": "Who pays?"})
    reply = await sent.reply()
    assert (reply.text, reply.is_ephemeral) == ("You ask: Who pays?", True)


async def test_a_choice_changes_the_message_it_is_made_in(
    server: DiscordServer, bot: SmallBot
) -> None:
    assert bot.is_ready()
    card = await (await server.slash("brief")).reply()
    chosen = await server.choose(card, "tone", ["warm"])
    changed = await chosen.reply()
    assert changed is card
    assert (card.text, card.edits) == ("Tone: warm", 2)
    with pytest.raises(LookupError, match="no 'discuss' here"):
        await server.press(card, "discuss")


async def test_what_people_write_is_seen_only_with_the_intent_or_a_mention(
    server: DiscordServer, start: Start
) -> None:
    blind = await start()
    await server.say("newsroom", "Good morning")
    await server.say("newsroom", f"{server.world.bot.mention} good morning")
    await server.say(server.direct(), "Direct")
    silent, mentioned = await blind.until_heard(2)
    assert silent == ""
    assert mentioned.endswith("good morning")
    seeing = await start(discord.Intents(INTENTS.value, message_content=True, dm_messages=True))
    await server.say("newsroom", "Good evening")
    await server.say(server.direct(), "Direct")
    assert await seeing.until_heard(2) == ["Good evening", "Direct"]


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


async def test_a_command_may_be_for_one_server_and_for_some_of_its_members(
    server: DiscordServer, bot: SmallBot
) -> None:
    @discord.app_commands.command(name="appoint", description="Make someone an editor")
    @discord.app_commands.default_permissions(manage_guild=True)
    async def appoint(
        interaction: discord.Interaction, who: discord.Member, where: discord.TextChannel
    ) -> None:
        roles = [role.name for role in who.roles[1:]]
        await interaction.response.send_message(f"{who.name} {roles} {where}", ephemeral=True)

    bot.tree.add_command(appoint, guild=discord.Object(server.guild.id))
    await bot.tree.sync(guild=discord.Object(server.guild.id))
    server.grant("Chiefs", Permission.MANAGE_GUILD)
    who, where = server.member("editor").user, server.channel("newsroom")
    reply = await (
        await server.slash("appoint", {"who": who, "where": where}, member="chief")
    ).reply()
    assert reply.text == "editor ['Editors'] newsroom"
    with pytest.raises(PermissionError, match="reader is not offered /appoint"):
        await server.slash("appoint", {"who": who, "where": where}, member="reader")
    second = server.world.add_guild("Another", ("desk",), {"chief": ("Chiefs",)})
    desk = server.channel("desk", second)
    with pytest.raises(LookupError, match="no command 'appoint'"):
        await server.slash("appoint", {"who": who, "where": where}, member="chief", channel=desk)
    elsewhere = await (await server.slash("brief", member="chief", channel=desk)).reply()
    assert elsewhere.channel.guild is second


async def test_a_command_may_be_sent_in_a_direct_message(
    server: DiscordServer, bot: SmallBot
) -> None:
    assert bot.is_ready()
    direct = server.direct("reader")
    alone = await (await server.slash("brief", channel=direct, member="reader")).reply()
    assert direct.messages == [alone]


async def test_an_entry_of_a_messages_menu_is_given_the_message(
    server: DiscordServer, bot: SmallBot
) -> None:
    @discord.app_commands.context_menu(name="Withdraw")
    async def withdraw(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"No more {message.content}", ephemeral=True)

    bot.tree.add_command(withdraw, guild=discord.Object(server.guild.id))
    await bot.tree.sync(guild=discord.Object(server.guild.id))
    written = await server.say("newsroom", "rumours")
    assert (await (await server.use_on(written, "Withdraw")).reply()).text == "No more rumours"


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


@pytest.mark.parametrize("end", ["close", "drop", "reconnect", "resumable"])
async def test_a_broken_connection_is_resumed_and_nothing_is_missed(
    server: DiscordServer, start: Start, end: str
) -> None:
    bot = await start(discord.Intents(INTENTS.value, message_content=True))
    if end == "close":
        server.gateway.close(4000)
    elif end == "drop":
        server.gateway.drop()
    elif end == "reconnect":
        server.gateway.reconnect()
    else:
        server.gateway.invalidate(resumable=True)
    await server.say("newsroom", "While you were away")
    await server.until(lambda: server.gateway.resumed == 1, "a resumed session")
    assert await bot.until_heard(1) == ["While you were away"]
    assert server.gateway.identified == 1


async def test_a_discord_that_was_away_is_found_again(server: DiscordServer, bot: SmallBot) -> None:
    await server.stop()
    await server.until_gone()
    with pytest.raises(aiohttp.ClientConnectorError):
        await text_channel(bot).send("Edition", nonce="edition-1")
    await server.start()
    await text_channel(bot).send("Edition", nonce="edition-1")
    await server.until_connected()
    assert (server.gateway.identified, server.gateway.resumed) == (1, 1)
    assert len(server.channel().messages) == 1


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


async def test_an_invalid_session_is_begun_anew(server: DiscordServer, bot: SmallBot) -> None:
    server.gateway.invalidate()
    await server.until(lambda: server.gateway.identified == 2, "a new session")
    card = await (await server.slash("brief")).reply()
    assert card.text == "All about everything"
    assert bot.is_ready()


async def test_an_intent_that_the_portal_does_not_allow_ends_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    websocket = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(websocket, "DEFAULT_GATEWAY", websocket.DEFAULT_GATEWAY)
    async with DiscordServer(Setting(privileged=Intent.NONE)) as server:
        point_discord_at(server.base_url)
        intents = discord.Intents(INTENTS.value, message_content=True)
        async with SmallBot(intents) as bot:
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await bot.start(server.token)


async def test_an_interaction_has_one_answer_in_time_and_a_token_for_a_quarter_of_an_hour(
    server: DiscordServer, bot: SmallBot
) -> None:
    asked = await server.slash("brief")
    await asked.reply()
    callback = f"{server.api_url}/interactions/{asked.id}/{asked.token}/callback"
    answer = f"{server.api_url}/webhooks/{bot.application_id}/{asked.token}"
    async with aiohttp.ClientSession() as web:
        async with web.post(callback, json={"type": 5}) as again:
            assert (again.status, (await again.json())["code"]) == (400, 40060)
        async with web.post(callback.replace(asked.token, "x"), json={"type": 5}) as unknown:
            assert (unknown.status, (await unknown.json())["code"]) == (404, 10062)
        async with web.post(answer, json={"content": "More"}) as more:
            assert more.status == 200
        server.clock.advance(15 * 60)
        async with web.post(answer, json={"content": "Late"}) as late:
            assert (late.status, (await late.json())["code"]) == (401, 50027)


async def test_a_bot_that_is_busy_for_three_seconds_did_not_respond(
    server: DiscordServer, start: Start
) -> None:
    await (await start()).close()
    asked = await server.slash("brief")
    with pytest.raises(TimeoutError, match="acknowledgement of brief"):
        await asked.acknowledged()
    callback = f"{server.api_url}/interactions/{asked.id}/{asked.token}/callback"
    async with aiohttp.ClientSession() as web, web.post(callback, json={"type": 5}) as late:
        assert (late.status, (await late.json())["code"]) == (404, 10062)


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


@contextlib.asynccontextmanager
async def process_of_its_own(server: DiscordServer) -> AsyncIterator[asyncio.subprocess.Process]:
    command = [sys.executable, "-m", "tests.discord_server.small_bot"]
    process = await asyncio.create_subprocess_exec(
        *command, server.base_url, server.token, cwd=ROOT
    )
    try:
        await server.until_connected(20)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await server.until_gone()


async def test_a_bot_in_a_process_of_its_own_is_killed_and_started_again(
    server: DiscordServer,
) -> None:
    async with process_of_its_own(server) as process:
        await server.until_registered("brief")
        server.fail_next("PATCH", "/webhooks/*", Slow(60))
        card = await (await server.slash("brief", {"about": "ferries"})).reply()
        process.send_signal(signal.SIGKILL)  # the card is there, but the bot has no answer yet
        assert await process.wait() == -signal.SIGKILL
    async with process_of_its_own(server):
        await (await server.press(card, "discuss")).acknowledged()
        assert await server.until(lambda: card.thread, "a thread")
    assert server.channel().messages == [card]
    assert server.gateway.identified == 2
