"""The model behind the port: deadlines, several endpoints, the breaker, what is sent and paid."""

import asyncio
import json
from dataclasses import replace
from typing import Literal

import pytest

from bot.adapters.model.keys import Key
from bot.adapters.model.remote import RemoteModel
from bot.errors import BudgetError, ModelError
from bot.ports import ModelTask, PlannedCall, Reservation, Usage
from tests.adapters.model import scripted_endpoint as wire
from tests.adapters.model.asking import PAYER, REQUEST, SCHEMA, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import Act, fail, serving, stream, whole
from tests.fakes_model import FakeMeter, FreeMeter

pytestmark = pytest.mark.system

TASKS: tuple[ModelTask, ...] = ("summary", "answer")
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

    assert seconds < 0.8
    assert caught.value.kind == ("busy" if "busy" in name else "timeout")
    assert len(server.bodies) == len(meter.settled) == 1
    assert meter.open == {}


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
    "script", [[fail(401)], [fail(500)], [wire.reset], [whole("no")], [fail(404)]]
)
async def test_the_next_endpoint_answers_for_one_that_cannot(script: list[Act]) -> None:
    async with serving(*script) as broken, serving(stream()) as good:
        lines = (an_endpoint(broken.address), an_endpoint(good.address, "spare"))
        async with a_model(FakeMeter(), *lines) as model:
            reply = await model.complete(REQUEST)

    assert json.loads(reply.content)["headline"] == "Ferry late"


async def test_an_error_names_every_endpoint_and_what_to_do() -> None:
    key = Key("", "the variable NUTGRAF_MODEL_KEY_SPARE")
    async with serving(fail(401)) as first, serving(fail(400, "maximum context is 5")) as second:
        lines = (
            an_endpoint(first.address),
            replace(an_endpoint(second.address, "spare"), key=key),
        )
        async with a_model(FakeMeter(), *lines) as model:
            with pytest.raises(ModelError) as caught:
                await model.complete(REQUEST)

    assert str(caught.value) == (
        "cloud does not accept the key for fog-7b (401); put a valid one into the variable "
        "NUTGRAF_MODEL_KEY_CLOUD. The prompt is longer than fog-7b at spare can read; send less "
        "text."
    )
    assert caught.value.kind == "too_long"


async def test_a_task_is_asked_of_endpoints_that_have_a_model_for_it() -> None:
    async with serving(stream()) as first, serving(stream()) as second:
        lines = (
            an_endpoint(first.address),
            replace(an_endpoint(second.address), models={"answer": "rain-1b"}),
        )
        async with a_model(FakeMeter(), *lines) as model:
            reply = await model.complete(replace(REQUEST, task="answer"))

    assert (reply.model, len(first.bodies)) == ("rain-1b", 0)


async def test_a_task_without_a_model_is_an_error_that_says_so() -> None:
    async with a_model(FakeMeter(), an_endpoint("http://127.0.0.1:9/v1")) as model:
        with pytest.raises(ModelError, match="No endpoint has a model for the task answer"):
            await model.complete(replace(REQUEST, task="answer"))


async def test_what_may_not_be_paid_for_is_not_sent() -> None:
    meter = FakeMeter(tokens=50)
    async with serving(stream()) as server, a_model(meter, an_endpoint(server.address)) as model:
        with pytest.raises(BudgetError):
            await model.complete(REQUEST)

    assert (server.bodies, meter.left) == ([], 50)


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
        await self._wait("reserve")
        return await super().reserve(call)

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


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def test_an_endpoint_that_fails_on_and_on_is_left_alone_and_then_tried_once() -> None:
    clock = Clock()
    counts = []
    async with (
        serving(fail(500)) as server,
        a_model(FakeMeter(), an_endpoint(server.address), monotonic=clock) as model,
    ):
        for pause in (0, 0, 0, 31, 0, 31):
            clock.seconds += pause
            with pytest.raises(ModelError):
                await model.complete(REQUEST)
            counts.append(len(server.bodies))

    assert counts == [3, 5, 5, 6, 6, 7]


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
        a_model(FakeMeter(), an_endpoint(server.address), deadline_seconds=0.05) as model,
    ):
        for _ in range(7):
            with pytest.raises(ModelError) as caught:
                await model.complete(REQUEST)
            kinds.append(caught.value.kind)

    assert kinds == ["timeout"] * 5 + ["closed"] * 2


async def test_a_request_says_what_the_port_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://elsewhere.invalid")
    async with (
        serving(stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        await model.complete(REQUEST)

    head = server.heads[0].lower()
    assert head.startswith("post /v1/chat/completions http/1.1\r\n")
    assert "authorization: bearer s3cret-key\r\n" in head
    assert "elsewhere" not in head
    assert server.bodies == [
        {
            "model": "fog-7b",
            "messages": [
                {"role": "system", "content": REQUEST.system},
                {"role": "user", "content": REQUEST.user},
            ],
            "max_tokens": 100,
            "temperature": 0.0,
            "stream": True,
            "stream_options": {"include_usage": True},
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "brief", "schema": SCHEMA, "strict": True},
            },
        }
    ]


async def test_an_endpoint_without_a_key_is_sent_none() -> None:
    async with (
        serving(stream()) as server,
        a_model(FakeMeter(), replace(an_endpoint(server.address), key=Key("", "X"))) as model,
    ):
        await model.complete(REQUEST)

    assert "authorization" not in server.heads[0].lower()


async def test_azure_has_its_key_version_and_deployment_where_it_wants_them() -> None:
    async with serving(stream()) as server:
        root = server.address.removesuffix("/v1")
        endpoint = an_endpoint(root, api_version="2026-02-01")
        async with a_model(FakeMeter(), endpoint) as model:
            await model.complete(REQUEST)

    head = server.heads[0]
    path = "/openai/deployments/fog-7b/chat/completions?api-version=2026-02-01"
    assert head.startswith(f"POST {path} HTTP/1.1\r\n")
    assert "api-key: s3cret-key" in head
    assert "authorization" not in head.lower()


async def test_no_proxy_leads_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with (
        serving(stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        await model.complete(REQUEST)

    assert len(server.bodies) == 1


async def test_a_check_tells_how_every_model_answers() -> None:
    word = stream('{"open":true}')
    async with serving(word) as good, serving(fail(401)) as bad:
        lines = (
            replace(an_endpoint(good.address), models=dict.fromkeys(TASKS, "fog-7b")),
            replace(
                an_endpoint(bad.address, "spare"), models={"summary": "rain", "answer": "hail"}
            ),
        )
        async with a_model(FreeMeter(), *lines) as model:
            checked = await model.check(PAYER)

    assert [(one.endpoint, one.model, one.rung) for one in checked] == [
        ("cloud", "fog-7b", "json_schema"),
        ("spare", "rain", None),
        ("spare", "hail", None),
    ]
    assert checked[0].problem == ""
    assert "spare does not accept the key for rain" in checked[1].problem


async def test_a_model_that_is_not_open_is_a_mistake() -> None:
    model = RemoteModel([an_endpoint("http://127.0.0.1:9/v1")], FreeMeter())

    with pytest.raises(ValueError, match="Open the model first"):
        await model.complete(REQUEST)
