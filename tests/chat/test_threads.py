from datetime import timedelta

import discord
import pytest
from msgspec.structs import replace
from simcord.builders import ChannelHandle

from bot.chat.client import NewsClient
from bot.delivery.titles import thread_name
from bot.news import Article, StoryThread
from tests.chat.rooms import NEWS, Room, a_room, buttons, menus, page, plain, text_of
from tests.fakes import FakeArchive, FakeDocuments, FakePosts


async def open_thread(room: Room, story: int = 0) -> ChannelHandle:
    """Ask for a briefing and discuss one of its stories."""
    if not room.channel.history():
        await room.editor.slash(room.channel, "brief")
    message = room.channel.history()[0]
    await room.editor.click(message, custom_id=buttons(message, "Discuss")[story])
    return room.channel.threads[-1]


def crane(room: Room) -> Article:
    """Return the article about the crane."""
    archive = room.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    return next(a for a in archive.articles.values() if "crane" in a.latest.title)


def told(room: Room, thread: ChannelHandle) -> str:
    """Return what was said last in the thread."""
    return plain(room.texts(thread)[-1])


async def test_discuss_opens_a_thread_with_the_storys_card() -> None:
    async with a_room() as room:
        thread = await open_thread(room)

        assert thread.name == "Harbour crane stands still until Friday"
        first = plain(room.texts(thread)[0])
        assert "“The hull of the barge needs new plates”" in first
        assert "Sources (1 origin)" in first


async def test_a_second_press_leads_to_the_same_thread() -> None:
    async with a_room() as room:
        await open_thread(room)
        message = room.channel.history()[0]
        again = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        assert again.ephemeral
        assert again.response
        (thread,) = room.channel.threads
        assert f"<#{thread.id}>" in text_of(again.response.message)


async def test_each_story_has_a_thread_of_its_own() -> None:
    async with a_room() as room:
        await open_thread(room, 0)
        await open_thread(room, 1)

        assert len(room.channel.threads) == 2


async def test_questions_are_answered_from_the_sources_with_citations() -> None:
    async with a_room() as room:
        thread = await open_thread(room)

        await room.editor.send(thread, "What did Mira Tolland say?")
        assert "“The hull of the barge needs new plates”" in told(room, thread)

        await room.editor.send(thread, "How many people cross the sound?")
        assert "Two hundred people" in told(room, thread)
        assert "Harbour Courier [1]" in told(room, thread)


async def test_what_the_sources_do_not_say_is_said_to_be_not_there() -> None:
    async with a_room() as room:
        thread = await open_thread(room)

        await room.editor.send(thread, "What does the Prime Minister of Sweden think?")

        assert "Not in the sources of this story." in told(room, thread)


async def test_an_answer_is_a_reply_to_its_question() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        question = await room.editor.send(thread, "How long will the crane stand still?")

        answer = thread.last_message
        assert answer
        assert answer.reference
        assert answer.reference.message_id == question.id


async def test_a_mention_or_a_reply_asks_without_a_question_mark() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        us = room.env.bot.user
        assert us

        await room.editor.send(thread, f"<@{us.id}> who runs the ferry line")
        assert "Mira Tolland" in told(room, thread)
        before = len(thread.history())

        await room.editor.send(
            thread, "how many people cross the sound", reply_to=thread.last_message
        )
        assert len(thread.history()) == before + 2
        assert "Two hundred people" in told(room, thread)


async def test_other_talk_is_not_answered() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        other = room.channel.threads[0]
        before = len(thread.history()), len(room.channel.history())

        await room.editor.send(thread, "I will call the port company.")
        await room.editor.send(room.channel, "Who runs the ferry line?")

        assert (len(other.history()), len(room.channel.history())) == (before[0] + 1, before[1] + 1)


async def test_a_killed_article_is_neither_discussed_nor_quoted() -> None:
    async with a_room(check_errors=False) as room:
        thread = await open_thread(room)
        archive = room.desk.tools.archive
        article = crane(room)
        await archive.revise({article.id: lambda _: replace(article, withdrawn="killed")})

        await room.editor.send(thread, "What did Mira Tolland say?")
        assert "hull" not in told(room, thread)
        assert "was withdrawn" in told(room, thread)

        message = room.channel.history()[0]
        again = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])
        assert again.response
        assert "withdrawn" in text_of(again.response.message)
        opened = await room.editor.select(message, ["0"], custom_id=menus(message)[0])
        assert opened.response
        assert "hull" not in text_of(opened.response.message)


async def test_a_correction_is_what_answers_after_it() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        documents, address = room.desk.tools.documents, "https://courier.example/crane"
        assert isinstance(documents, FakeDocuments)
        documents.contents[address] = NEWS[address].replace(b"Two hundred", b"Three hundred")
        await room.desk.read_sources(now=room.parts.clock() + timedelta(hours=1))

        await room.editor.send(thread, "How many people cross the sound?")

        assert "Three hundred people" in told(room, thread)
        assert "changed since first read" in told(room, thread)


async def test_a_thread_whose_card_was_not_posted_gets_it_with_the_next_press() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        message = room.channel.history()[0]
        story = buttons(message, "Discuss")[0]
        room.env.inject_error("POST", "/channels/*/messages", status=500, times=None)
        failed = await room.editor.click(message, custom_id=story)
        assert failed.response
        assert "did not take the post" in text_of(failed.response.message)
        room.env.backend.faults.clear()

        await room.editor.click(message, custom_id=story)

        (thread,) = room.channel.threads
        assert len([text for text in room.texts(thread) if "Sources" in text]) == 1


async def test_missing_permissions_for_threads_are_named() -> None:
    async with a_room() as room:
        silent = discord.PermissionOverwrite(send_messages_in_threads=False)
        closed = room.guild.create_text_channel(
            "closed", overwrites={room.guild.default_role: silent}
        )
        await room.editor.slash(closed, "brief")
        message = closed.history()[0]

        result = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        assert result.response
        assert "Give me there: Send Messages in Threads." in plain(text_of(result.response.message))
        assert closed.threads == []


async def test_a_question_is_answered_even_if_the_sign_of_typing_fails() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        room.env.inject_error("POST", "/channels/*/typing", status=400)

        await room.editor.send(thread, "How many people cross the sound?")

        assert "Two hundred people" in told(room, thread)


async def test_a_briefing_within_a_thread_is_discussed_in_its_channel() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        await room.editor.slash(thread, "brief", about="library")
        message = thread.last_message
        assert message

        await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        assert {t.name for t in room.channel.threads} > {"Harbour crane stands still until Friday"}


async def test_a_mention_without_words_is_asked_back() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        us = room.client.user
        assert us

        await room.editor.send(thread, f"<@{us.id}>")

        assert told(room, thread) == "What would you like to know about this story?"


async def test_questions_in_other_threads_are_not_ours() -> None:
    async with a_room() as room:
        channel = room.client.get_channel(room.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.create_thread(name="Lunch", type=discord.ChannelType.public_thread)
        (thread,) = room.channel.threads

        await room.editor.send(thread, "Where shall we eat?")

        assert room.texts(thread) == ["Where shall we eat?"]


async def test_an_answer_that_discord_refuses_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        room.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

        await room.editor.send(thread, "How many people cross the sound?")

        (record,) = [r for r in caplog.records if r.name.startswith("bot.")]
        assert record.message == "question not answered"


async def test_a_story_that_is_not_stored_is_said_to_be_gone() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        archive = room.desk.tools.archive
        assert isinstance(archive, FakeArchive)
        archive.dossiers.clear()
        message = room.channel.history()[0]

        result = await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        assert result.response
        assert "not in the archive" in text_of(result.response.message)


async def test_of_two_processes_that_open_a_thread_one_gives_way() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        message = room.channel.history()[0]
        first, second = buttons(message, "Discuss")
        await room.editor.click(message, custom_id=first)
        kept = room.channel.threads[0]
        posts = room.parts.posts
        assert isinstance(posts, FakePosts)
        winner = posts.threads[kept.id]

        async def already(thread: StoryThread) -> StoryThread:
            return replace(winner, story_id=thread.story_id)

        posts.add_thread = already  # type: ignore[method-assign] # the other was quicker
        result = await room.editor.click(message, custom_id=second)

        assert result.response
        assert f"<#{kept.id}>" in text_of(result.response.message)
        loser = room.channel.threads[-1]
        (change,) = [r for r in room.env.http_requests if r.path == f"/channels/{loser.id}"]
        assert change.json == {"archived": True}


async def test_buttons_work_after_a_restart() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        await room.env.restart_bot(NewsClient(room.parts))
        message = room.channel.history()[0]
        thread = await open_thread(room)
        await room.editor.send(thread, "How many people cross the sound?")

        assert "Two hundred people" in told(room, thread)
        opened = await room.editor.select(message, ["0"], custom_id=menus(message)[0])
        assert opened.ephemeral
        assert opened.response
        assert "Sources" in text_of(opened.response.message)


async def test_a_hostile_headline_stays_data() -> None:
    title = "@everyone **free** [gift](https://evil.example) <@1> `x` discord.gg/abc"
    hostile = {"https://courier.example/x": page(title, ("Hello @here, the crane stands.",) * 2)}
    async with a_room(hostile) as room:
        thread = await open_thread(room)

        (text, *_) = room.texts()
        assert r"\@everyone \*\*free\*\*" in text
        assert "](https://evil" not in text
        assert r"discord.gg\/abc" in text
        assert len(thread.name or "") <= 100


def test_a_threads_name_is_one_line_of_at_most_100_characters() -> None:
    assert thread_name("Ferry\nstops") == "Ferry stops"
    assert thread_name("word " * 40) == "word " * 18 + "word…"
    assert len(thread_name("x" * 300)) == 100
    assert thread_name("\u200b ") == "Story"
