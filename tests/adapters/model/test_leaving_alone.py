"""Endpoints that fail again and again, or ask for a pause, are left alone."""

import pytest

from bot.errors import ModelError
from tests.adapters.model import scripted_endpoint as wire
from tests.adapters.model.asking import REQUEST, Clock, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import fail, serving, stream
from tests.fakes_model import FakeMeter

pytestmark = pytest.mark.system


async def test_an_endpoint_that_fails_on_and_on_is_left_alone_and_then_tried_once() -> None:
    clock = Clock()
    counts, kinds = [], []
    async with (
        serving(fail(500)) as server,
        a_model(FakeMeter(), an_endpoint(server.address), monotonic=clock) as model,
    ):
        for pause in (0, 0, 0, 31, 0, 31):
            clock.seconds += pause
            with pytest.raises(ModelError) as caught:
                await model.complete(REQUEST)
            counts.append(len(server.bodies))
            kinds.append(caught.value.kind)

    assert counts == [3, 5, 5, 6, 6, 7]
    assert kinds == ["server", "server", "closed", "server", "closed", "server"]


async def test_an_endpoint_that_works_again_is_asked_as_before() -> None:
    clock = Clock()
    async with (
        serving(*[fail(500)] * 5, stream(), fail(500), fail(500), stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address), monotonic=clock) as model,
    ):
        for _ in range(2):
            with pytest.raises(ModelError):
                await model.complete(REQUEST)
        clock.seconds += 31
        for _ in range(2):
            await model.complete(REQUEST)

    assert len(server.bodies) == 9


async def test_who_asks_to_be_left_alone_is() -> None:
    clock = Clock()
    kinds = []
    async with (
        serving(fail(429, "later", "Retry-After: 120"), stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address), monotonic=clock) as model,
    ):
        for seconds in (0, 119):
            clock.seconds = seconds
            with pytest.raises(ModelError) as caught:
                await model.complete(REQUEST)
            kinds.append(caught.value.kind)
        clock.seconds = 121
        await model.complete(REQUEST)

    assert (kinds, len(server.bodies)) == (["busy", "closed"], 2)


async def test_who_hangs_until_the_deadline_is_left_alone_in_the_end() -> None:
    kinds = []
    async with (
        serving(wire.hang) as server,
        a_model(FakeMeter(), an_endpoint(server.address), deadline_seconds=0.25) as model,
    ):
        for _ in range(7):
            with pytest.raises(ModelError) as caught:
                await model.complete(REQUEST)
            kinds.append(caught.value.kind)

    assert kinds == ["timeout"] * 5 + ["closed"] * 2
