"""Commands, buttons and forms on the loopback Discord, answered by the real discord.py."""

import aiohttp
import discord
import pytest

from tests.discord_server.permissions import Permission
from tests.discord_server.server import DiscordServer
from tests.discord_server.small_bot import SmallBot, Start

pytestmark = [pytest.mark.system, pytest.mark.soak]


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


async def test_the_first_follow_up_after_a_deferral_takes_its_place(
    server: DiscordServer, bot: SmallBot
) -> None:
    @discord.app_commands.command(name="think", description="Think, then answer")
    async def think(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        first = await interaction.followup.send("First", wait=True)
        second = await interaction.followup.send("Second", wait=True)
        await second.edit(content="Corrected")
        await first.delete()
        with pytest.raises(discord.NotFound):
            await interaction.edit_original_response(content="Gone")
        await interaction.followup.send(f"{(await second.fetch()).content}, last")

    bot.tree.add_command(think)
    await bot.tree.sync()
    asked = await server.slash("think")
    assert (await asked.reply(lambda message: message.text == "First")).is_ephemeral
    last = await asked.reply(lambda message: message.text.endswith("last"))
    assert [m.text for m in server.channel().messages] == ["Corrected", "Corrected, last"]
    assert last is server.channel().messages[1]


async def test_an_answer_that_does_not_fit_the_question_is_refused(
    server: DiscordServer, bot: SmallBot
) -> None:
    await bot.close()
    asked = await server.slash("brief")
    callback = f"{server.api_url}/interactions/{asked.id}/{asked.token}/callback"
    follow_up = f"{server.api_url}/webhooks/{server.world.application_id}/{asked.token}"
    choices = [{"name": "a", "value": "a"}]
    bodies: list[object] = [{"type": 8, "data": {"choices": choices}}, {"type": 6}, {"type": 7}]
    async with aiohttp.ClientSession() as web:
        for body in bodies:
            async with web.post(callback, json=body) as answer:
                assert (answer.status, (await answer.json())["code"]) == (400, 50035)
        async with web.post(follow_up, json={"content": "Too early"}) as early:
            assert (early.status, (await early.json())["code"]) == (404, 10015)
    assert asked.answer is None
