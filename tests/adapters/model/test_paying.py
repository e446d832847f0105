"""Every request goes through the meter, and is settled whatever becomes of it."""

import asyncio
from typing import Literal

import pytest

from bot.errors import ArchiveError, BudgetError, ModelError
from bot.ports import PlannedCall, Reservation, Usage
from tests.adapters.model import scripted_endpoint as wire
from tests.adapters.model.asking import REQUEST, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import Act, fail, serving, stream, whole
from tests.fakes_model import FakeMeter

pytestmark = pytest.mark.system


async def test_what_may_not_be_paid_for_is_not_sent() -> None:
    meter = FakeMeter(tokens=50)
    async with serving(stream()) as server, a_model(meter, an_endpoint(server.address)) as model:
        with pytest.raises(BudgetError):
            await model.complete(REQUEST)

    assert (server.bodies, meter.left) == ([], 50)


class FreeAtHome(FakeMeter):
    """A purse that pays for one endpoint only."""

    async def reserve(self, call: PlannedCall) -> Reservation:
        if call.endpoint != "home":
            raise BudgetError("The day's budget is used up.")
        return await super().reserve(call)


async def test_an_endpoint_that_costs_nothing_answers_when_the_budget_is_used_up() -> None:
    async with serving(stream()) as dear, serving(stream()) as free:
        lines = (an_endpoint(dear.address), an_endpoint(free.address, "home"))
        async with a_model(FreeAtHome(), *lines) as model:
            await model.complete(REQUEST)

    assert (len(dear.bodies), len(free.bodies)) == (0, 1)


async def test_an_unreachable_endpoint_costs_nothing() -> None:
    meter = FakeMeter()
    async with serving(stream()) as server:
        pass
    async with a_model(meter, an_endpoint(server.address)) as model:
        with pytest.raises(ModelError, match="cannot be reached") as caught:
            await model.complete(REQUEST)

    assert caught.value.kind == "connection"
    assert (meter.cancelled, meter.settled, meter.left) == (3, [], 1_000_000)


@pytest.mark.parametrize(
    ("script", "settled"),
    [
        ([fail(429), stream()], [(0, 0), (40, 12)]),
        ([fail(500), stream()], [(0, 0), (40, 12)]),
        ([fail(504), stream()], [None, (40, 12)]),
        ([wire.reset, stream(usage=None)], [None, None]),
        ([whole("no"), whole()], [(40, 12), (40, 12)]),
        ([stream(usage={"prompt_tokens": -1, "completion_tokens": True})], [None]),
    ],
)
async def test_every_request_is_settled_with_what_is_known_of_it(
    script: list[Act], settled: list[tuple[int, int] | None]
) -> None:
    meter = FakeMeter()
    async with serving(*script) as server, a_model(meter, an_endpoint(server.address)) as model:
        reply = await model.complete(REQUEST)

    expected = [Usage("fog-7b", *counts) if counts else None for counts in settled]
    assert meter.settled == expected
    bounds = [Usage("fog-7b", call.tokens_in, 100) for call in meter.calls]
    known = [usage or bound for usage, bound in zip(expected, bounds, strict=True)]
    assert list(reply.usages) == [usage for usage in known if usage.tokens_in]


async def test_a_request_waits_for_its_turn_before_it_is_sent() -> None:
    meter = FakeMeter(waits=[0.2])
    loop = asyncio.get_running_loop()
    async with serving(stream()) as server, a_model(meter, an_endpoint(server.address)) as model:
        start = loop.time()
        await model.complete(REQUEST)

    assert loop.time() - start >= 0.2


async def test_a_turn_behind_the_deadline_is_given_back() -> None:
    meter = FakeMeter(waits=[60])
    async with serving(stream()) as server, a_model(meter, an_endpoint(server.address)) as model:
        with pytest.raises(ModelError, match="no free turn before the deadline"):
            await model.complete(REQUEST)

    assert (server.bodies, meter.cancelled, meter.left) == ([], 1, 1_000_000)


class SlowMeter(FakeMeter):
    """A meter whose store is busy until `free` is set."""

    def __init__(self, slow: Literal["reserve", "settle"]) -> None:
        super().__init__()
        self.slow = slow
        self.free = asyncio.Event()
        self.asked = asyncio.Event()

    async def reserve(self, call: PlannedCall) -> Reservation:
        reservation = await super().reserve(call)
        await self._wait("reserve")
        return reservation

    async def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        await self._wait("settle")
        await super().settle(reservation, usage)

    async def _wait(self, doing: str) -> None:
        if doing == self.slow:
            self.asked.set()
            await self.free.wait()


@pytest.mark.parametrize("slow", ["reserve", "settle"])
async def test_who_leaves_a_slow_meter_leaves_nothing_open(
    slow: Literal["reserve", "settle"],
) -> None:
    meter = SlowMeter(slow)
    async with serving(stream()) as server, a_model(meter, an_endpoint(server.address)) as model:
        question = asyncio.create_task(model.complete(REQUEST))
        await meter.asked.wait()
        question.cancel()
        await asyncio.wait([question])
        meter.free.set()

    assert meter.open == {}
    assert meter.left == 1_000_000 - (52 if slow == "settle" else 0)
    assert len(server.bodies) == (1 if slow == "settle" else 0)


class BrokenMeter(SlowMeter):
    """A meter whose store is full."""

    async def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        await super().settle(reservation, usage)
        raise ArchiveError("The disk is full.")


async def test_what_fails_behind_somebody_who_has_left_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    meter = BrokenMeter("settle")
    async with serving(stream()) as server, a_model(meter, an_endpoint(server.address)) as model:
        question = asyncio.create_task(model.complete(REQUEST))
        await meter.asked.wait()
        question.cancel()
        await asyncio.wait([question])
        meter.free.set()

    assert [(one.message, vars(one)["reason"]) for one in caplog.records] == [
        ("model call not settled", "The disk is full.")
    ]
