"""The scripted talks in threads of the simulated Discord."""

import pytest
from simcord.builders import ChannelHandle

from bot.chat.client import NewsClient
from bot.demo.wire import NOW
from bot.desk_stops import stopped
from tests.chat.rooms import Room, a_room, buttons, plain
from tests.talks import TALKS, Ask, Doing, Talk, hold_talk, wire_desk


class Threads:
    """The threads of a room's stories, by the words that find them, and two who ask in them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._threads: dict[str, ChannelHandle] = {}
        self._other = room.guild.add_member(room.env.create_user("nils"))

    async def ask(self, ask: Ask, story: str) -> str:
        """Discuss the story, unless it is discussed, and ask in its thread."""
        if story not in self._threads:
            self._threads[story] = await self._open(story)
        thread = self._threads[story]
        asking = self._room.editor if ask.by == "editor" else self._other
        before = len(thread.history())
        await asking.send(thread, ask.question)
        return plain("\n".join(self._room.texts(thread)[before + 1 :]))

    async def do(self, doing: Doing, words: str) -> None:
        """Run the command, in a thread where one is open; a restart forgets what is in memory."""
        room = self._room
        where = next(iter(self._threads.values()), room.channel)
        match doing:
            case "restart":
                await room.env.restart_bot(NewsClient(room.parts))
            case "release":
                number = (await stopped(room.desk))[-1].id
                await room.editor.slash(where, "release", number=number)
            case "brief":
                await room.editor.slash(where, "brief")
            case "kill story":
                await room.editor.slash(where, doing, name=words)
            case _:
                await room.editor.slash(where, doing, words=words)

    async def _open(self, story: str) -> ChannelHandle:
        told = await self._room.editor.slash(self._room.channel, "story", name=story)
        assert told.response
        message = told.response.message
        await self._room.editor.click(message, custom_id=buttons(message, "Discuss")[0])
        return self._room.channel.threads[-1]


@pytest.mark.parametrize("talk", TALKS, ids=[talk.name for talk in TALKS])
async def test_a_talk_keeps_to_its_sources_from_turn_to_turn(talk: Talk) -> None:
    async with a_room(desk=await wire_desk(), clock=lambda: NOW) as room:
        await hold_talk(talk, Threads(room), room.desk.tools.archive)
