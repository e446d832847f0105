"""Who is answered in a story's thread: modes, memory, restarts, lost threads, other bots."""

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.chat.client import NewsClient
from bot.chat.parts import Parts
from bot.errors import ArchiveError
from bot.news import Post, StoryThread, ThreadMemory, Turn
from tests.chat.rooms import Room, a_room, buttons, plain, text_of
from tests.chat.test_threads import open_thread, told
from tests.fakes import FakePosts

CROSS = "How many people cross the sound?"


async def choose(room: Room, thread: ChannelHandle, mode: str) -> str:
    """Choose a mode in the thread's first post, and return what is said to it."""
    result = await room.editor.select(thread.history()[0], [mode])
    assert result.ephemeral
    assert result.response
    return plain(text_of(result.response.message))


def menus(message: discord.Message) -> list[discord.SelectMenu]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [item for row in rows for item in row.children if isinstance(item, discord.SelectMenu)]


def quiet_client(parts: Parts) -> NewsClient:
    """Return the client as it runs without the Message Content Intent."""
    return NewsClient(parts, reads_messages=False)


async def test_the_first_post_says_what_is_answered() -> None:
    async with a_room() as room:
        thread = await open_thread(room)

        assert "end in a question mark" in room.texts(thread)[0]
        assert len(thread.history()) == 1


async def test_a_thread_may_answer_mentions_and_replies_alone_even_after_a_restart() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        assert "mentions of me and replies" in await choose(room, thread, "mentions")
        assert "question mark" not in room.texts(thread)[0]
        assert "Sources (1 origin)" in plain(room.texts(thread)[0])
        await room.env.restart_bot(NewsClient(room.parts))
        us = room.client.user
        assert us

        await room.editor.send(thread, CROSS)
        assert room.texts(thread)[-1] == CROSS
        await room.editor.send(thread, f"<@{us.id}> {CROSS}")
        assert "Two hundred people" in told(room, thread)


async def test_a_thread_may_answer_everything() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        await choose(room, thread, "all")

        await room.editor.send(thread, "how many people cross the sound")

        assert "Two hundred people" in told(room, thread)


async def test_readers_do_not_choose_what_is_answered() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        reader = room.guild.add_member(room.env.create_user("nils"))

        refused = await reader.select(thread.history()[0], ["all"])

        assert refused.response
        assert "editor" in text_of(refused.response.message)
        assert (await room.parts.threads.memory_of(thread.id)).mode == "questions"


async def test_two_people_who_ask_in_turn_do_not_confuse_each_other() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        nils = room.guild.add_member(room.env.create_user("nils"))

        await room.editor.send(thread, "What did Mira Tolland say?")
        await nils.send(thread, CROSS)
        await room.env.restart_bot(NewsClient(room.parts))
        await room.editor.send(thread, "And what did she say about the hull?")

        assert "“The hull of the barge needs new plates”" in told(room, thread)
        memory = await room.parts.threads.memory_of(thread.id)
        assert [turn.question for turn in memory.turns][:2] == [
            "What did Mira Tolland say?",
            CROSS,
        ]


async def test_bots_webhooks_and_news_of_discord_are_not_answered() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        other = room.env.create_user("clerk", bot=True)
        before = len(thread.history())

        member = room.guild.add_member(other)
        await member.send(thread, CROSS)

        assert len(thread.history()) == before + 1


async def test_without_the_text_of_messages_mentions_are_answered_and_the_thread_says_so() -> None:
    async with a_room(client=quiet_client) as room:
        thread = await open_thread(room)
        us = room.client.user
        assert us

        assert "Message Content Intent" in room.texts(thread)[0]
        assert not menus(thread.history()[0])
        await room.editor.send(thread, f"<@{us.id}> {CROSS}")
        assert "Two hundred people" in told(room, thread)


async def test_a_thread_that_was_deleted_is_opened_anew_with_its_memory() -> None:
    async with a_room(check_errors=False) as room:
        thread = await open_thread(room)
        await choose(room, thread, "mentions")
        await room.editor.send(thread, f"{room.client.user and room.client.user.mention} {CROSS}")
        opened = room.client.get_channel(thread.id)
        assert isinstance(opened, discord.Thread)
        await opened.delete()
        message = room.channel.history()[0]

        again = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        assert again.response
        new = room.channel.threads[-1]
        assert new.id != thread.id
        assert f"Its thread was deleted; discussed in <#{new.id}>" in text_of(
            again.response.message
        )
        assert "Sources (1 origin)" in plain(room.texts(new)[0])
        memory = await room.parts.threads.memory_of(new.id)
        assert memory.mode == "mentions"
        assert [turn.question for turn in memory.turns] == [CROSS]
        once_more = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])
        assert once_more.response
        assert f"Discussed in <#{new.id}>" in text_of(once_more.response.message)


@pytest.mark.parametrize(
    ("state", "said"),
    [({"locked": True, "archived": True}, "is locked"), ({"archived": True}, "was archived")],
)
async def test_an_archived_or_locked_thread_is_said_to_be_so(
    state: dict[str, bool], said: str
) -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        opened = room.client.get_channel(thread.id)
        assert isinstance(opened, discord.Thread)
        await opened.edit(**state)  # type: ignore[arg-type] # of two kinds
        message = room.channel.history()[0]

        again = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        assert again.response
        assert said in text_of(again.response.message)
        assert f"<#{thread.id}>" in text_of(again.response.message)


async def test_a_story_of_a_forum_is_discussed_in_a_post_of_its_own() -> None:
    async with a_room() as room:
        forum, post = await a_forum_post(room)
        message = post.history()[-1]
        await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        opened = forum.threads[-1]
        assert opened.name == "Harbour crane stands still until Friday"
        assert "Sources (1 origin)" in plain(room.texts(opened)[0])
        assert len(opened.history()) == 1
        await room.editor.send(opened, CROSS)
        assert "Two hundred people" in told(room, opened)


async def test_a_forums_post_that_tells_one_story_is_its_thread() -> None:
    async with a_room() as room:
        _, post = await a_forum_post(room)
        message = post.history()[-1]
        edition = buttons(message, "Discuss")[0].split(":")[3]
        dossier = await room.desk.tools.archive.find_dossier(edition)
        assert dossier
        posts = room.parts.posts
        assert isinstance(posts, FakePosts)
        stories = (dossier.briefing.briefs[0].story.id,)
        posts.posts["s/1"] = Post(
            "s/1", 1, edition, 1, message_id=post.id, target="forum", stories=stories
        )

        result = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        assert result.response
        assert f"<#{post.id}>" in text_of(result.response.message)
        await room.editor.send(post, CROSS)
        assert "Two hundred people" in told(room, post)


async def test_when_the_memory_cannot_be_read_who_addresses_us_is_told() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        us = room.client.user
        assert us

        async def broken(thread_id: int) -> StoryThread | None:
            raise ArchiveError(f"The store is locked, so thread {thread_id} is unknown.")

        room.parts.posts.find_thread = broken  # type: ignore[method-assign]
        await room.editor.send(thread, CROSS)
        assert room.texts(thread)[-1] == CROSS
        await room.editor.send(thread, f"<@{us.id}> {CROSS}")
        assert "The store is locked" in told(room, thread)


async def test_an_answer_is_given_even_if_its_question_cannot_be_remembered() -> None:
    async with a_room() as room:
        thread = await open_thread(room)

        async def broken(thread_id: int, turn: Turn) -> None:
            raise ArchiveError(f"The store is full: {thread_id}, {turn.message_id}.")

        room.parts.threads.remember = broken  # type: ignore[method-assign]
        await room.editor.send(thread, CROSS)

        assert "Two hundred people" in told(room, thread)
        assert await room.parts.threads.memory_of(thread.id) == ThreadMemory()


async def a_forum_post(room: Room) -> tuple[ChannelHandle, ChannelHandle]:
    """Return a forum, and a post of it in which a briefing stands."""
    forum = room.guild.create_forum_channel("stories")
    channel = room.client.get_channel(forum.id)
    assert isinstance(channel, discord.ForumChannel)
    await channel.create_thread(name="Editions", content="Here they stand.")
    (post,) = forum.threads
    await room.editor.slash(post, "brief")
    return forum, post
