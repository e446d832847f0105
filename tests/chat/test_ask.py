"""`/ask`: an answer with citations from the story that is meant, gone on with in its thread."""

from bot.chat.client import NewsClient
from tests.chat.asking import answered, text_in
from tests.chat.rooms import NEWS, a_room, plain

QUESTION = "What did Mira Tolland say about the barge?"


async def test_a_question_is_answered_for_everybody_and_its_thread_opened() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        result = await room.editor.slash(room.channel, "ask", question=QUESTION)

        assert not result.ephemeral
        text = text_in(result)
        assert QUESTION in text
        assert "> “The hull of the barge needs new plates”" in text
        assert "https://courier.example/crane" in text
        (thread,) = room.channel.threads
        assert f"<#{thread.id}>" in text


async def test_the_thread_goes_on_after_a_restart() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        await answered(room, "ask", question=QUESTION)
        (thread,) = room.channel.threads
        await room.env.restart_bot(NewsClient(room.parts))

        await room.editor.send(thread, "How many people cross the sound?")

        assert "Two hundred people" in plain(room.texts(thread)[-1])


async def test_without_a_question_a_form_asks_for_it() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        shown = await room.editor.slash(room.channel, "ask")
        assert shown.modal
        (field,) = shown.modal["components"]
        assert field["label"] == "Your question"

        result = await room.editor.submit_modal(
            shown, {field["component"]["custom_id"]: "How many crowns did the shelves cost?"}
        )

        assert "40,000 crowns" in text_in(result)


async def test_what_no_story_speaks_of_is_refused_and_opens_no_thread() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        result = await room.editor.slash(
            room.channel, "ask", question="Who won the chess final in Brandmoor?"
        )

        assert text_in(result).endswith("No story of this window speaks of that. "
                                        "/brief shows what there is.")  # fmt: skip
        assert list(room.channel.threads) == []


async def test_what_the_story_does_not_say_opens_no_thread() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        text = await answered(room, "ask", question="How old is the harbour crane of Tern Island?")

        assert "Not in the sources" in text
        assert list(room.channel.threads) == []


async def test_a_channel_without_threads_gets_the_answer_alone() -> None:
    async with a_room(NEWS) as room:
        await answered(room, "brief")
        voice = room.guild.create_voice_channel("Lunch")
        result = await room.editor.slash(voice, "ask", question=QUESTION)

        assert "The hull of the barge" in text_in(result)
        assert "<#" not in text_in(result)
