"""Every interaction is acknowledged at once, whatever the model and the reading of news take.

Acknowledgements are timed by the wall, since that is what Discord goes by. Stalls are counted in
CPU time of the event loop's thread: what else the machine does is not the bot's.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from time import perf_counter, thread_time
from typing import Any, Final

import pytest

from bot.adapters.parsing import Workers
from bot.desk import Desk
from bot.errors import ModelError
from bot.news import Subscription
from bot.ports import ModelReply, ModelRequest, Reader
from tests.chat.doings import Doing, Scene, a_scene, doings
from tests.chat.rooms import NEWS, Room, a_room, page
from tests.fakes import FakeArchive, FakeDocuments, FakeReader
from tests.fakes_subscriptions import FakeSubscriptions
from tests.laws.desks import NOW, a_desk
from tests.model_desk import model_tools

pytestmark = pytest.mark.system

DOINGS: Final = doings()
ACKNOWLEDGED_SECONDS: Final = 1.0
STALL_SECONDS: Final = 0.2
BEAT_SECONDS: Final = 0.005
SETTLE_SECONDS: Final = 100.0
"""How long simcord waits until all is answered that was asked; it is not what is measured."""


class SlowModel:
    """A model that thinks until it is released, and then has nothing to say."""

    def __init__(self) -> None:
        self.released = asyncio.Event()
        self.asked = 0

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Think, and fail."""
        self.asked += 1
        await self.released.wait()
        raise ModelError(f"The model said nothing to {len(request.user)} characters.", kind="empty")


class Watched(dict[str, Any]):
    """A fault of simcord's that never fires, and notes when requests are made."""

    def __init__(self) -> None:
        super().__init__(path="", times=None)
        self.made = asyncio.Event()
        self.at: list[float] = []

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - of simcord's
        """Note the request, and be meant for none."""
        if key == "method":
            self.at.append(perf_counter())
            self.made.set()
            return "none"
        return super().__getitem__(key)


@dataclass
class Loop:
    """How long others waited for the event loop, in seconds of a clock."""

    clock: Callable[[], float]
    longest: float = 0.0
    beats: int = field(default=0)

    async def watch(self) -> None:
        """Beat until cancelled."""
        while True:
            start = self.clock()
            await asyncio.sleep(BEAT_SECONDS)
            self.longest = max(self.longest, self.clock() - start)
            self.beats += 1


async def ingest(room: Room, articles: int) -> None:
    """Read new articles, so many at a time, until cancelled."""
    documents, subscriptions = room.desk.tools.documents, room.desk.subscriptions
    assert isinstance(documents, FakeDocuments)
    assert isinstance(subscriptions, FakeSubscriptions)
    for turn in count():
        pages = {f"https://wire.example/{turn}/{n}": a_page(turn, n) for n in range(articles)}
        documents.contents.update(pages)
        await subscriptions.configure([Subscription(a, NOW, configured=True) for a in pages])
        await room.desk.read_sources(now=NOW)
        await asyncio.sleep(0)


def a_page(turn: int, number: int) -> bytes:
    """Return the page of an article of its own, of the usual length."""
    said = [f"The depot of row {turn} keeps {number + i} crates dry in winter." for i in range(40)]
    return page(
        f"Depot {number} of row {turn} is full", (*said, f"“Row {number} is full,” said Ada Munk.")
    )


async def stop(task: asyncio.Task[None]) -> None:
    """Cancel the task; it must not have failed before."""
    assert not task.done() or task.exception() is None
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def seconds_to_acknowledge(do: Doing, scene: Scene, model: SlowModel, articles: int) -> float:
    """Return how long it is, on the wall, until the member sees that something happens.

    All the while news are read, and until then the model says nothing.
    """
    room, watched = scene.room, Watched()
    model.released.clear()
    reading = asyncio.create_task(ingest(room, articles))
    await asyncio.sleep(BEAT_SECONDS)  # it is in the midst of it
    room.env.backend.faults.append(watched)
    before, start = len(room.env.http_requests), perf_counter()
    doing = asyncio.create_task(_done(do, scene))
    async with asyncio.timeout(10):
        await watched.made.wait()
    await stop(reading)
    model.released.set()
    await doing
    room.env.backend.faults.remove(watched)
    first = room.env.http_requests[before]
    assert first.path.endswith(("/callback", "/typing")), first.path
    return watched.at[0] - start


async def _done(do: Doing, scene: Scene) -> None:
    await do(scene)


async def acknowledged(
    articles: int, clock: Callable[[], float], reader: Reader
) -> tuple[dict[str, float], Loop]:
    """Do everything once, and return what took how long, and how the event loop fared."""
    model = SlowModel()
    model.released.set()
    plain = a_desk(NEWS)
    # a new desk, since it hands its tools to what polls for it
    tools = replace(plain.tools, writer=model_tools(model), reader=reader)
    desk = Desk(tools, plain.subscriptions, plain.zone, plain.window)
    async with a_room(desk=desk, check_errors=False) as room:
        room.env.settle_timeout = SETTLE_SECONDS
        scene = await a_scene(room)
        loop = Loop(clock)
        watching = asyncio.create_task(loop.watch())
        taken = {
            name: await seconds_to_acknowledge(do, scene, model, articles)
            for name, do in DOINGS.items()
        }
        await stop(watching)
        archive = desk.tools.archive
        assert isinstance(archive, FakeArchive)
        assert len(archive.articles) > len(NEWS), "no news were read"
    assert model.asked
    assert loop.beats > len(DOINGS)
    return taken, loop


async def test_everything_is_acknowledged_while_news_are_read_and_a_model_thinks() -> None:
    taken, loop = await acknowledged(8, thread_time, FakeReader())

    assert {name: s for name, s in taken.items() if s > ACKNOWLEDGED_SECONDS} == {}
    assert loop.longest < STALL_SECONDS


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_everything_is_acknowledged_while_200_articles_are_read() -> None:
    async with Workers() as reader:  # as `nutgraf run` reads: in processes of their own
        taken, loop = await acknowledged(200, thread_time, reader)

    print(f"\nacknowledged within {max(taken.values()):.3f} s; longest stall {loop.longest:.3f} s")  # noqa: T201 - the figure
    assert {name: s for name, s in taken.items() if s > ACKNOWLEDGED_SECONDS} == {}
    assert loop.longest < STALL_SECONDS
