"""The door in front of a real llama.cpp server with a real model, which is small and babbles."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace

import aiohttp
import pytest

from bot.adapters.model.contents import find_fitting
from bot.adapters.model.dialects import RUNGS, Dialect, max_tokens_in
from bot.adapters.model.endpoints import Endpoint
from bot.adapters.model.failures import Place
from bot.adapters.model.keys import Key
from bot.adapters.model.wire import Wire
from bot.errors import ModelError
from bot.ports import ModelReply, Rung, Usage
from tests.adapters.model.asking import PAYER, REQUEST, a_model
from tests.adapters.model.small_server import KEY, MODEL, SmallServer, missing_packages
from tests.fakes_model import FakeMeter

pytestmark = [
    pytest.mark.llm,
    pytest.mark.system,
    pytest.mark.skipif(
        bool(missing_packages()), reason=f"not installed: {', '.join(missing_packages())}"
    ),
]

SCHEMA = {
    "type": "object",
    "properties": {
        "tone": {"enum": ["calm", "alarmed"]},
        "late": {"type": "boolean"},
    },
    "required": ["tone", "late"],
    "additionalProperties": False,
}
SHORT = replace(REQUEST, schema=SCHEMA, max_tokens=40)
LONG_SCHEMA = {
    "type": "object",
    "properties": {"words": {"type": "array", "items": {"type": "string"}, "minItems": 400}},
    "required": ["words"],
    "additionalProperties": False,
}
LONG = replace(REQUEST, schema=LONG_SCHEMA, max_tokens=900)
"""What the server needs half a minute for."""


@pytest.fixture(scope="module")
def server() -> Iterator[SmallServer]:
    with SmallServer() as running:
        yield running


@pytest.fixture
def endpoint(server: SmallServer) -> Endpoint:
    key = Key(KEY, "the variable NUTGRAF_MODEL_KEY_HERE")
    return Endpoint("here", server.address, key, {"summary": MODEL}, concurrency=1)


async def busy_slots(server: SmallServer) -> int:
    """Return how many of the server's slots are at work, as it says itself."""
    headers = {"Authorization": f"Bearer {KEY}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{server.root}/slots") as response,
    ):
        return sum(slot["is_processing"] for slot in await response.json())


async def wait_for_slots(server: SmallServer, busy: int) -> None:
    async with asyncio.timeout(10):
        while await busy_slots(server) != busy:  # noqa: ASYNC110 - another process's state
            await asyncio.sleep(0.02)


async def test_a_reply_fits_the_schema_and_is_paid_as_the_server_counts(
    endpoint: Endpoint,
) -> None:
    meter = FakeMeter()
    async with a_model(meter, endpoint, deadline_seconds=60) as model:
        reply = await model.complete(SHORT)

    assert json.loads(reply.content).keys() == {"tone", "late"}
    assert (reply.rung, reply.model) == ("json_schema", MODEL)
    assert list(reply.usages) == meter.settled
    (used,) = reply.usages
    assert 10 < used.tokens_in <= meter.calls[0].tokens_in
    assert 5 < used.tokens_out <= 40


@pytest.mark.parametrize("rung", RUNGS)
async def test_the_server_takes_every_rung(endpoint: Endpoint, rung: Rung) -> None:
    arguments = Dialect(rung).arguments(SHORT, MODEL)
    wire = Wire(endpoint)
    try:
        async with asyncio.timeout(60):
            reply = await wire.read(arguments, 40, Place("here", MODEL, endpoint.key))
    finally:
        await wire.close()

    counted = reply.usage(MODEL)
    assert counted is not None
    assert counted.tokens_in <= max_tokens_in(arguments)
    assert counted.tokens_out <= 40
    assert reply.finish in {"stop", "length"}
    assert reply.text.strip()
    if rung == "json_schema":
        assert find_fitting(reply.text, SCHEMA) is not None
    if rung == "json_object":
        assert reply.text.lstrip().startswith("{")


async def test_a_schema_that_the_server_refuses_is_asked_for_on_the_next_rung(
    endpoint: Endpoint,
) -> None:
    # llama.cpp makes a grammar of the schema, and this one is too large for it
    huge = {"type": "object", "properties": {"tone": {"type": "string", "minLength": 100_000}}}
    meter = FakeMeter()
    async with a_model(meter, endpoint, deadline_seconds=60) as model:
        question = model.complete(replace(SHORT, schema=huge))
        (result,) = await asyncio.gather(question, return_exceptions=True)

    assert meter.settled[0] == Usage(MODEL, 0, 0)
    assert 2 <= len(meter.settled) <= 3
    assert None not in meter.settled
    if isinstance(result, ModelReply):
        assert result.rung in {"json_object", "prompt"}
    else:
        assert isinstance(result, ModelError)
        assert result.kind in {"misfit", "cut_off"}


async def test_who_stops_waiting_frees_the_slot(server: SmallServer, endpoint: Endpoint) -> None:
    meter = FakeMeter()
    async with a_model(meter, endpoint, deadline_seconds=60) as model:
        question = asyncio.create_task(model.complete(LONG))
        await wait_for_slots(server, 1)
        question.cancel()
        await wait_for_slots(server, 0)

    assert question.cancelled()
    assert (meter.settled, meter.open) == ([None], {})


@pytest.mark.parametrize(("timeout_seconds", "deadline_seconds"), [(1, 60), (60, 1)])
async def test_a_time_out_frees_the_slot(
    server: SmallServer, endpoint: Endpoint, timeout_seconds: float, deadline_seconds: float
) -> None:
    meter = FakeMeter()
    slow = replace(endpoint, timeout_seconds=timeout_seconds)
    async with a_model(meter, slow, deadline_seconds=deadline_seconds) as model:
        with pytest.raises(ModelError) as caught:
            await model.complete(LONG)
        await wait_for_slots(server, 0)

    assert caught.value.kind == "timeout"
    assert (meter.settled, meter.open) == ([None], {})


async def test_a_reply_behind_its_limit_is_cut_off(endpoint: Endpoint) -> None:
    async with a_model(FakeMeter(), endpoint, deadline_seconds=60) as model:
        with pytest.raises(ModelError) as caught:
            await model.complete(replace(LONG, max_tokens=12))

    assert caught.value.kind == "cut_off"


async def test_a_bad_key_is_said_with_its_place(endpoint: Endpoint) -> None:
    meter = FakeMeter()
    wrong = replace(endpoint, key=Key("wrong-key", "the file /run/secrets/here"))
    async with a_model(meter, wrong) as model:
        with pytest.raises(ModelError, match="put a valid one into the file /run/secrets/here"):
            await model.complete(SHORT)

    assert meter.settled == [Usage(MODEL, 0, 0)]


async def test_a_prompt_that_is_too_long_is_said_to_be(endpoint: Endpoint) -> None:
    meter = FakeMeter()
    async with a_model(meter, endpoint) as model:
        with pytest.raises(ModelError, match="send less text") as caught:
            await model.complete(replace(SHORT, user="the tide came in. " * 400))

    assert caught.value.kind == "too_long"
    assert meter.settled == [Usage(MODEL, 0, 0)]


async def test_a_check_of_a_server_that_works_finds_nothing(endpoint: Endpoint) -> None:
    async with a_model(FakeMeter(), endpoint, deadline_seconds=60) as model:
        (checked,) = await model.check(PAYER)

    assert (checked.problem, checked.rung) == ("", "json_schema")
    assert checked.seconds > 0
