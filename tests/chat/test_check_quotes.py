"""*Check quotes* on any message: told to the member alone, posted in a thread if asked for."""

import discord
from msgspec.structs import replace

from bot.chat.client import NewsClient
from bot.chat.message_text import unmarked
from tests.chat.rooms import Room, a_room, buttons, plain, text_of
from tests.fakes import FakeArchive

HULL = "The hull of the barge needs new plates"


async def checked(room: Room, text: str) -> str:
    """Have a message with the text checked, and return what the member is told."""
    await room.desk.read_sources(now=room.parts.clock())
    message = await room.editor.send(room.channel, text)
    told = await room.editor.context_menu(room.channel, "Check quotes", message)
    assert told.ephemeral
    assert told.response
    return plain(text_of(told.response.message))


async def test_an_exact_quotation_is_told_with_who_where_and_when() -> None:
    async with a_room() as room:
        told = await checked(room, f"“{HULL},” said Mira Tolland. Right?")

        assert "1 quotation checked: 1 exact" in told
        assert f"“{HULL}”\n> — Mira Tolland" in told
        assert "[Harbour Courier](https://courier.example/crane), 17 Sep, 04:00" in told


async def test_an_altered_quotation_shows_the_difference_in_bold() -> None:
    async with a_room() as room:
        told = await checked(room, '"The hull of the barge needs no new plates"')

        assert "**Altered** · The hull of the barge needs **no** new plates" in told
        assert f"“{HULL}”" in told


async def test_someone_elses_words_are_given_to_whom_the_archive_gives_them() -> None:
    async with a_room() as room:
        told = await checked(room, f"“{HULL}”, said Jonas Hale.")

        assert "**Someone else's words**" in told
        assert "— Mira Tolland" in told


async def test_what_is_not_in_the_archive_is_not_found() -> None:
    async with a_room() as room:
        told = await checked(room, "“Lanterns are lit everywhere”")

        assert "**Not found** · Lanterns are lit everywhere" in told
        assert "not that nobody said them" in told


async def test_a_message_without_quotations_is_said_to_have_none() -> None:
    async with a_room() as room:
        await room.desk.read_sources(now=room.parts.clock())
        message = await room.editor.send(room.channel, "Shall we eat?")
        told = await room.editor.context_menu(room.channel, "Check quotes", message)

        assert told.response
        assert text_of(told.response.message) == "There is no quotation in this text."
        assert not buttons(told.response.message, "Post in thread")


async def test_our_own_cards_can_be_checked() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        told = await room.editor.context_menu(
            room.channel, "Check quotes", room.channel.history()[0]
        )

        assert told.response
        assert "2 quotations checked: 2 exact" in plain(text_of(told.response.message))


async def test_a_forwarded_message_can_be_checked() -> None:
    async with a_room() as room:
        await room.desk.read_sources(now=room.parts.clock())
        first = await room.editor.send(room.channel, f"“{HULL}”")
        forwarded = await room.editor.forward(first, room.channel)
        told = await room.editor.context_menu(room.channel, "Check quotes", forwarded)

        assert told.response
        assert "1 exact" in text_of(told.response.message)


async def test_what_was_found_is_posted_in_the_messages_thread_even_after_a_restart() -> None:
    async with a_room() as room:
        await room.desk.read_sources(now=room.parts.clock())
        message = await room.editor.send(room.channel, f"“{HULL}”")
        told = await room.editor.context_menu(room.channel, "Check quotes", message)
        await room.env.restart_bot(NewsClient(room.parts))
        assert told.response

        for _ in range(2):  # the second press finds the thread that the first one opened
            posted = await room.editor.click(told.response.message, label="Post in thread")
            assert posted.ephemeral
            assert posted.response
            assert "Posted in #Quotes of mira, checked" in plain(text_of(posted.response.message))

        (thread,) = room.channel.threads
        assert "1 exact" in room.texts(thread)[-1]
        assert not [text for text in room.texts() if "checked:" in text]


async def test_within_a_thread_it_is_posted_there() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        edition = room.channel.history()[0]
        await room.editor.click(edition, custom_id=buttons(edition, "Discuss")[0])
        (thread,) = room.channel.threads
        message = await room.editor.send(thread, f"“{HULL}” it is.")
        told = await room.editor.context_menu(thread, "Check quotes", message)
        assert told.response

        await room.editor.click(told.response.message, label="Post in thread")

        assert "1 exact" in room.texts(thread)[-1]
        assert [one.id for one in room.channel.threads] == [thread.id]


async def test_what_was_killed_since_is_not_posted() -> None:
    async with a_room() as room:
        await room.desk.read_sources(now=room.parts.clock())
        message = await room.editor.send(room.channel, f"“{HULL}”")
        told = await room.editor.context_menu(room.channel, "Check quotes", message)
        archive = room.desk.tools.archive
        assert isinstance(archive, FakeArchive)
        for key, article in archive.articles.items():
            archive.articles[key] = replace(article, withdrawn="killed")
        assert told.response

        await room.editor.click(told.response.message, label="Post in thread")

        (thread,) = room.channel.threads
        assert "1 not found" in room.texts(thread)[-1]
        assert "Harbour Courier" not in room.texts(thread)[-1]


async def test_a_message_that_was_deleted_is_said_to_be_gone() -> None:
    async with a_room() as room:
        message = await room.editor.send(room.channel, f"“{HULL}”")
        told = await room.editor.context_menu(room.channel, "Check quotes", message)
        await room.editor.delete(message)
        assert told.response

        gone = await room.editor.click(told.response.message, label="Post in thread")

        assert gone.response
        assert "it was deleted" in text_of(gone.response.message)
        assert room.channel.threads == []


async def test_nobody_has_posted_for_them_what_they_may_not_post_themselves() -> None:
    async with a_room() as room:
        mute = room.guild.add_member(room.env.create_user("nils"))
        closed = discord.PermissionOverwrite(create_public_threads=False)
        channel = room.guild.create_text_channel(
            "closed", overwrites={room.guild.default_role: closed}
        )
        message = await room.editor.send(channel, f"“{HULL}”")
        told = await mute.context_menu(channel, "Check quotes", message)
        assert told.response

        refused = await mute.click(told.response.message, label="Post in thread")

        assert refused.response
        assert "You may not start threads in #closed" in plain(text_of(refused.response.message))
        assert channel.threads == []


async def test_missing_permissions_of_ours_are_named() -> None:
    async with a_room() as room:
        admins = room.guild.create_role(
            "Admins", permissions=discord.Permissions(administrator=True)
        )
        admin = room.guild.add_member(room.env.create_user("ada"), roles=[admins])
        silent = discord.PermissionOverwrite(send_messages_in_threads=False)
        channel = room.guild.create_text_channel(
            "closed", overwrites={room.guild.default_role: silent}
        )
        message = await admin.send(channel, f"“{HULL}”")
        told = await admin.context_menu(channel, "Check quotes", message)
        assert told.response

        refused = await admin.click(told.response.message, label="Post in thread")

        assert refused.response
        assert "Give me there: Send Messages in Threads." in plain(
            text_of(refused.response.message)
        )
        assert channel.threads == []


def test_markup_is_taken_off_as_readers_see_it() -> None:
    card = "> “The hull \\*needs\\* plates”\n> — Mira · [Courier](https://a.example/x_y) <@!12>"

    assert unmarked(card) == "> “The hull *needs* plates”\n> — Mira · Courier"
    assert unmarked("## Crane\n-# small **“bold _and_ more”** ||hidden||") == (
        "Crane\nsmall “bold and more” hidden"
    )
    assert unmarked("snake_case_name 2 * 3 * 4") == "snake_case_name 2 * 3 * 4"
