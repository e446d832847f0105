"""Requests to one host take turns; the loop's clock is moved by hand, so that nobody waits."""

import asyncio
from collections.abc import Callable

import pytest

from bot.adapters.turns import Turns


class Clock:
    """The clock of an event loop that jumps to the next thing to do."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.seconds = 0.0
        self.call_at: Callable[..., asyncio.TimerHandle] = loop.call_at
        self.waiting: list[tuple[float, Callable[[str], None], str]] = []

    def time(self) -> float:
        return self.seconds

    def later(self, when: float, call: Callable[[str], None], host: str) -> None:
        self.waiting.append((when, call, host))

    def move_to(self, seconds: float) -> None:
        self.seconds = seconds
        for when, call, host in [w for w in self.waiting if w[0] <= seconds]:
            self.waiting.remove((when, call, host))
            call(host)


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    loop = asyncio.get_running_loop()
    clock = Clock(loop)
    monkeypatch.setattr(loop, "time", clock.time)
    monkeypatch.setattr(loop, "call_at", clock.later)
    return clock


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_host_is_asked_no_faster_than_its_turns_come_free(clock: Clock) -> None:
    turns, begun = Turns(2, 0.5), list[tuple[str, float]]()

    async def ask(host: str, *, hurried: bool = False) -> None:
        async with turns.taken(host, hurried=hurried):
            begun.append((host, clock.time()))

    asking = [asyncio.create_task(ask("a")) for _ in range(5)]
    asking += [asyncio.create_task(ask("b"))]
    asking += [asyncio.create_task(ask("own", hurried=True)) for _ in range(5)]
    for seconds in (0, 0.4, 0.5, 0.9, 1.0):
        clock.move_to(seconds)
        await settle()
    await asyncio.gather(*asking)

    assert [at for host, at in begun if host == "a"] == [0, 0, 0.5, 0.5, 1.0]
    assert [at for host, at in begun if host != "a"] == [0] * 6


async def test_who_stops_waiting_takes_nobodys_turn(clock: Clock) -> None:
    turns, begun = Turns(1, 0), list[int]()
    end = asyncio.Event()

    async def ask(number: int) -> None:
        async with turns.taken("a"):
            begun.append(number)
            await end.wait()

    asking = [asyncio.create_task(ask(n)) for n in range(3)]
    await settle()
    asking[1].cancel()
    end.set()
    await asyncio.gather(*asking, return_exceptions=True)

    assert begun == [0, 2]
    assert clock.time() == 0
