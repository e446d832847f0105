"""What holds whatever endpoints do: our errors only, reservations closed, limits kept."""

import asyncio
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.adapters.model.talk import MAX_REQUESTS
from bot.errors import ModelError
from tests.adapters.model import scripted_endpoint as wire
from tests.adapters.model.asking import REQUEST, SCHEMA, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import Act, answer, fail, serving, stream, whole
from tests.fakes_model import FakeMeter

pytestmark = pytest.mark.system

FAULTS: list[Act] = [
    *(fail(status) for status in (400, 401, 404, 408, 409, 413, 429, 500, 503, 504)),
    fail(429, "later", "Retry-After: 40"),
    fail(429, "none left", code="insufficient_quota"),
    fail(400, "no response_format"),
    fail(400, "unsupported: max_tokens"),
    fail(422, "unknown field stream_options"),
    answer(200, "<html>", media="text/html"),
    answer(200, "{"),
    answer(200, "[]"),
    answer(302, ""),
    whole(None),
    whole("no"),
    whole('{"headline":', "length"),
    whole("", "content_filter"),
    stream("no"),
    stream(usage=None),
    stream(),
    wire.reset,
    wire.hang,
    wire.raw(wire.chunk("{"), length=99),
    wire.raw(b"data: 7\n\ndata: []\n\n", b"data: null\n\n"),
    wire.flood(wire.chunk("on and on " * 200)),
]
scripts = st.lists(st.sampled_from(FAULTS), min_size=1, max_size=9)
FEW = settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])


pauses = st.sampled_from([None, 0, 0.005, 0.02])


@FEW
@given(first=scripts, second=scripts, leaves=pauses)
async def test_every_reservation_is_closed_and_every_limit_kept(
    first: list[Act], second: list[Act], leaves: float | None
) -> None:
    await check_limits(first, second, leaves)


@pytest.mark.soak
@MANY
@given(first=scripts, second=scripts, leaves=pauses)
async def test_every_reservation_is_closed_and_every_limit_kept_in_many_scripts(
    first: list[Act], second: list[Act], leaves: float | None
) -> None:
    await check_limits(first, second, leaves)


async def check_limits(first: list[Act], second: list[Act], leaves: float | None) -> None:
    """Ask both endpoints, leave after so many seconds, and look at what is left."""
    meter = FakeMeter()
    async with serving(*first) as one, serving(*second) as two:
        lines = (
            an_endpoint(one.address, timeout_seconds=0.05),
            an_endpoint(two.address, "spare", timeout_seconds=0.05),
        )
        async with a_model(meter, *lines, deadline_seconds=0.5) as model:
            question = asyncio.create_task(model.complete(REQUEST))
            await asyncio.wait([question], timeout=leaves)
            question.cancel()
            await asyncio.wait([question])

    assert meter.open == {}
    assert len(meter.calls) == len(meter.settled) + meter.cancelled
    assert max(len(one.bodies), len(two.bodies)) <= MAX_REQUESTS
    if not question.cancelled() and (error := question.exception()):
        assert isinstance(error, ModelError)
    elif not question.cancelled():
        value = json.loads(question.result().content)
        assert Draft202012Validator(SCHEMA).is_valid(value)


NAMES = """choices message delta content refusal finish_reason usage prompt_tokens
completion_tokens error code type param detail loc msg text"""
names = st.sampled_from(NAMES.split())
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
statuses = st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 422, 429, 500, 529])
media_types = st.sampled_from(["application/json", "text/event-stream", "text/html", ""])
bodies = (
    st.binary(max_size=60)
    | json_values.map(lambda value: json.dumps(value).encode())
    | st.lists(json_values, max_size=4).map(lambda them: b"".join(map(wire.event, them)))
    | st.dictionaries(st.just("choices"), st.lists(json_values, max_size=2)).map(
        lambda value: json.dumps(value).encode()
    )
)


@FEW
@given(status=statuses, media=media_types, body=bodies)
async def test_whatever_an_endpoint_sends_the_error_is_ours(
    status: int, media: str, body: bytes
) -> None:
    await check_error(status, media, body)


@pytest.mark.soak
@MANY
@given(status=statuses, media=media_types, body=bodies)
async def test_whatever_an_endpoint_sends_the_error_is_ours_in_many_answers(
    status: int, media: str, body: bytes
) -> None:
    await check_error(status, media, body)


async def check_error(status: int, media: str, body: bytes) -> None:
    """Send the body, which is no reply, and look at the error."""
    meter = FakeMeter()
    async with (
        serving(answer(status, body, media=media)) as server,
        a_model(meter, an_endpoint(server.address), deadline_seconds=3) as model,
    ):
        with pytest.raises(ModelError):
            await model.complete(REQUEST)

    assert meter.open == {}


HOSTILE = {
    "deep": answer(200, '{"choices":' + "[" * 100_000),
    "deep in a stream": wire.raw(b"data: " + b"[" * 100_000 + b"\n\n"),
    "deep in the content": whole('{"headline":' * 500),
    "braces": whole("{" * 6_000),
    "half surrogates": whole('{"headline":"\\ud800","ids":[]}'),
    "infinity": whole('{"headline":"a","ids":[1e999]}'),
    "no number": whole('{"headline":"a","ids":[NaN]}'),
    "a number of 5,000 digits": whole('{"headline":"a","ids":[' + "9" * 5_000 + "]}"),
    "thoughts in thoughts": whole("<think>" * 900),
    "ended thoughts": whole("<think></think>" * 400),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_replies_are_only_replies_that_do_not_fit(name: str) -> None:
    async with (
        serving(HOSTILE[name]) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        with pytest.raises(ModelError) as caught:
            await model.complete(REQUEST)

    assert caught.value.kind in {"misfit", "broken"}
