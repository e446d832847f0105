"""How long a question takes at most, and what happens when nobody waits any more."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.errors import ModelError
from tests.adapters.model import scripted_endpoint as wire
from tests.adapters.model.asking import REQUEST, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import Act, fail, serving, stream
from tests.fakes_model import FakeMeter

pytestmark = pytest.mark.system

FOR_EVER: dict[str, Act] = {
    "silence": wire.hang,
    "a drip of words": wire.drip(wire.chunk("a")),
    "a drip of comments": wire.drip(b": wait\n\n"),
    "a drip of half a line": wire.drip(b"d"),
    "busy, again and again": fail(429, "later", "Retry-After: 3"),
}


@pytest.mark.parametrize("name", FOR_EVER)
async def test_the_deadline_is_kept(name: str) -> None:
    meter = FakeMeter()
    loop = asyncio.get_running_loop()
    async with (
        serving(FOR_EVER[name]) as server,
        a_model(meter, an_endpoint(server.address), deadline_seconds=0.3) as model,
    ):
        start = loop.time()
        with pytest.raises(ModelError) as caught:
            await model.complete(REQUEST)
        seconds = loop.time() - start
        if "busy" not in name:
            async with asyncio.timeout(5):
                await server.hung_up.wait()

    assert seconds < 2.5
    assert caught.value.kind == ("busy" if "busy" in name else "timeout")
    assert len(server.bodies) == len(meter.settled) == 1
    assert meter.open == {}


async def test_who_writes_more_than_was_asked_for_is_cut_off_before_the_deadline() -> None:
    meter = FakeMeter()
    async with (
        serving(wire.drip(wire.chunk("and on and on " * 3))) as server,
        a_model(meter, an_endpoint(server.address), deadline_seconds=5) as model,
    ):
        with pytest.raises(ModelError) as caught:
            await model.complete(replace(REQUEST, max_tokens=2))
        async with asyncio.timeout(5):
            await server.hung_up.wait()

    assert caught.value.kind == "endless"
    assert meter.settled == [None]


async def test_a_slow_endpoint_is_not_asked_again_and_leaves_time_for_the_next() -> None:
    async with serving(wire.hang) as slow, serving(stream()) as fast:
        first = an_endpoint(slow.address, timeout_seconds=0.2)
        second = an_endpoint(fast.address, "spare")
        async with a_model(FakeMeter(), first, second) as model:
            reply = await model.complete(REQUEST)

    assert json.loads(reply.content)["ids"] == [1]
    assert (len(slow.bodies), len(fast.bodies)) == (1, 1)
    assert len(reply.usages) == 2


async def test_who_stops_waiting_leaves_the_endpoint_and_pays() -> None:
    meter = FakeMeter()
    async with (
        serving(wire.hang) as server,
        a_model(meter, an_endpoint(server.address)) as model,
    ):
        question = asyncio.create_task(model.complete(REQUEST))
        await server.arrived.wait()
        question.cancel()
        async with asyncio.timeout(5):
            await server.hung_up.wait()

    assert question.cancelled()
    assert (meter.settled, meter.cancelled, meter.open) == ([None], 0, {})


@pytest.mark.parametrize(
    "lines",
    [
        ["Retry-After: 1"],
        ["Retry-After: Mon, 23 Nov 2026 10:00:01 GMT", "Date: Mon, 23 Nov 2026 10:00:00 GMT"],
    ],
)
async def test_who_says_when_to_come_back_is_asked_then(lines: list[str]) -> None:
    loop = asyncio.get_running_loop()
    async with (
        serving(fail(503, "later", *lines), stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        start = loop.time()
        await model.complete(REQUEST)

    assert loop.time() - start >= 1
