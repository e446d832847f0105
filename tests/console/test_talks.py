"""The scripted talks at the terminal desk."""

import pytest

from bot.console.asking import Asking
from bot.console.chat import answer
from bot.delivery.plain import to_plain
from bot.demo.wire import NOW
from bot.desk import Desk
from bot.desk_stops import stopped
from tests.talks import TALKS, Ask, Doing, Talk, hold_talk, wire_desk


class Terminal:
    """A sitting of each person at terminals of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sittings: dict[tuple[str, str], Asking] = {}

    async def ask(self, ask: Ask, story: str) -> str:
        """Discuss the story, unless it is discussed, and ask."""
        sitting = self._sittings.get((ask.by, story))
        if sitting is None:
            sitting = self._sittings[ask.by, story] = Asking()
            await self._type(f"discuss {story}", sitting)
        return await self._type(ask.question, sitting)

    async def do(self, doing: Doing, words: str) -> None:
        """Type the command; after a restart nobody has a sitting."""
        if doing == "restart":
            self._sittings.clear()
            return
        if doing == "release":
            words = str((await stopped(self._desk))[-1].id)
        await self._type(f"{doing} {words}".strip(), Asking())

    async def _type(self, line: str, sitting: Asking) -> str:
        return to_plain(await answer(self._desk, line, now=NOW, asking=sitting))


@pytest.mark.parametrize("talk", TALKS, ids=[talk.name for talk in TALKS])
async def test_a_talk_keeps_to_its_sources_from_turn_to_turn(talk: Talk) -> None:
    desk = await wire_desk()
    await hold_talk(talk, Terminal(desk), desk.tools.archive)
