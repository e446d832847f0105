"""How many requests each fault of an endpoint costs, as the table in `talk` has it."""

import asyncio
import json

import pytest

from bot.errors import BudgetError, ModelError
from bot.ports import ModelReply, Rung
from tests.adapters.model import scripted_endpoint as wire
from tests.adapters.model.asking import REQUEST, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import Act, answer, fail, serving, stream, whole
from tests.fakes_model import FakeMeter

pytestmark = pytest.mark.system


async def ask(*script: Act, meter: FakeMeter | None = None) -> tuple[ModelReply | ModelError, int]:
    """Return the reply or the error of one question to such an endpoint, and how often it asked."""
    meter = meter or FakeMeter()
    async with serving(*script) as server, a_model(meter, an_endpoint(server.address)) as model:
        try:
            result: ModelReply | ModelError = await model.complete(REQUEST)
        except ModelError as error:
            result = error
    assert meter.open == {}
    assert len(meter.calls) == len(server.bodies)
    return result, len(server.bodies)


GOOD_REPLIES = {
    "streamed": stream(),
    "at once": whole(),
    "in a fence": whole(f"```json\n{wire.GOOD}\n```"),
    "behind thoughts": whole(f'<think>{{"headline":"no","ids":[]}}</think>{wire.GOOD}'),
    "the first of three": whole(f"{wire.GOOD}\n" + '{"headline":"B","ids":[2]}' * 2),
    "complete, though the next one is cut off": whole(wire.GOOD + '{"headl', "length"),
    "in parts": whole([{"type": "thinking", "thinking": []}, {"type": "text", "text": wire.GOOD}]),
    "without usage": stream(usage=None),
    "cut after its last brace": wire.raw(wire.chunk(wire.GOOD)),
}


@pytest.mark.parametrize("name", GOOD_REPLIES)
async def test_a_reply_that_fits_costs_one_request(name: str) -> None:
    result, requests = await ask(GOOD_REPLIES[name])

    assert isinstance(result, ModelReply)
    assert json.loads(result.content) == {"headline": "Ferry late", "ids": [1]}
    assert (result.rung, requests) == ("json_schema", 1)


PASSING = {
    "429": (fail(429), "busy"),
    "429 that says when": (fail(429, "slow down", "Retry-After: 0"), "busy"),
    "500": (fail(500), "server"),
    "502 from a proxy": (answer(502, "<html>Bad Gateway", media="text/html"), "server"),
    "503": (fail(503), "server"),
    "408": (fail(408), "server"),
    "409": (fail(409), "server"),
    "reset": (wire.reset, "broken"),
    "half a stream": (wire.raw(wire.chunk('{"headline":'), length=5_000), "broken"),
    "a stream that just ends": (wire.raw(wire.chunk('{"headline":')), "broken"),
    "a stream without events": (wire.raw(), "broken"),
    "a stream of no JSON": (wire.raw(b"data: {oops\n\n"), "broken"),
    "an error in a stream": (wire.raw(wire.event({"error": {"message": "died"}})), "broken"),
    "an error behind 200": (answer(200, '{"error": {"code": 503, "message": "up"}}'), "server"),
    "half a body": (answer(200, '{"choices": [', "X: y"), "broken"),
}


@pytest.mark.parametrize("name", PASSING)
async def test_what_may_pass_is_tried_three_times(name: str) -> None:
    act, kind = PASSING[name]

    result, requests = await ask(act)

    assert isinstance(result, ModelError)
    assert (result.kind, requests) == (kind, 3)


@pytest.mark.parametrize("name", PASSING)
async def test_what_has_passed_leaves_a_good_reply(name: str) -> None:
    act, _ = PASSING[name]

    result, requests = await ask(act, stream())

    assert isinstance(result, ModelReply)
    assert requests == 2


FINAL = {
    "quota": (fail(429, "You exceeded your quota.", code="insufficient_quota"), "quota"),
    "no money": (fail(402, "Payment required"), "quota"),
    "busy for long": (fail(429, "later", "Retry-After: 31"), "busy"),
    "bad key": (fail(401, "Incorrect API key provided: s3cret-key"), "key"),
    "forbidden": (fail(403, "not yours"), "key"),
    "no model": (fail(404, "The model fog-7b does not exist"), "missing"),
    "too long": (fail(400, "no", type="exceed_context_size_error"), "too_long"),
    "too much": (answer(413, "Payload Too Large", media="text/plain"), "too_long"),
    "more than a minute's tokens": (fail(429, "Request too large for fog-7b"), "too_long"),
    "bad request": (fail(400, "messages must alternate"), "request"),
    "a web page": (answer(200, "<html><p>Hello", media="text/html"), "address"),
    "a web page without a type": (answer(200, "<html><p>Hello", media=""), "address"),
    "some other JSON": (answer(200, '{"status": "ok"}'), "address"),
    "a list": (answer(200, "[1]"), "address"),
    "a redirect": (answer(308, "", "Location: https://elsewhere.example/v1"), "address"),
    "packed": (answer(200, b"\x1f\x8b", "Content-Encoding: gzip"), "address"),
    "refused": (whole(None, refusal="I cannot help with that."), "refusal"),
    "filtered": (whole(wire.GOOD, "content_filter"), "refusal"),
    "filtered before": (fail(400, "policy", code="content_filter"), "refusal"),
    "cut off": (whole('{"headline":"Ferr', "length"), "cut_off"),
    "cut off in its thoughts": (stream("<think>Let me see. {", "length"), "cut_off"),
    "endless text": (wire.flood(wire.chunk("and on " * 100)), "endless"),
    "endless at once": (whole("and on " * 5_000), "endless"),
    "endless comments": (wire.flood(b": still here " * 1000 + b"\n\n"), "endless"),
}


@pytest.mark.parametrize("name", FINAL)
async def test_what_will_not_pass_is_asked_once(name: str) -> None:
    act, kind = FINAL[name]

    result, requests = await ask(act)

    assert isinstance(result, ModelError)
    assert (result.kind, requests) == (kind, 1)
    assert "s3cret" not in str(result)


MISFITS = {
    "no choices": answer(200, '{"choices": []}'),
    "null": whole(None),
    "spaces": whole("  \n"),
    "a tool call": whole(None, "tool_calls", tool_calls=[{"function": {"name": "x"}}]),
    "prose": whole("The ferry was late."),
    "truncated JSON": whole('{"headline":"Ferry late","ids":[1'),
    "another object": whole('{"title":"Ferry late"}'),
    "a key too many": whole('{"headline":"Ferry late","ids":[],"note":"!"}'),
    "only thoughts": whole(f"<think>{wire.GOOD}</think>"),
}


@pytest.mark.parametrize("name", MISFITS)
async def test_a_reply_that_does_not_fit_is_asked_for_on_every_rung(name: str) -> None:
    result, requests = await ask(MISFITS[name])

    assert isinstance(result, ModelError)
    assert result.kind in {"empty", "misfit"}
    assert requests == 3


NO_SCHEMA = fail(400, "'response_format.type' must be json_object", param="response_format")
NO_FORMAT = fail(422, "Extra inputs are not permitted: response_format")


@pytest.mark.parametrize(
    ("script", "rung"),
    [
        ([NO_SCHEMA, whole()], "json_object"),
        ([NO_FORMAT, NO_FORMAT, whole()], "prompt"),
        ([whole("so late"), whole()], "json_object"),
        ([whole("so late"), NO_FORMAT, whole()], "prompt"),
    ],
)
async def test_each_step_down_costs_one_request_and_is_remembered(
    script: list[Act], rung: Rung
) -> None:
    meter = FakeMeter()
    async with serving(*script) as server, a_model(meter, an_endpoint(server.address)) as model:
        first = await model.complete(REQUEST)
        second = await model.complete(REQUEST)

    assert (first.rung, second.rung) == (rung, rung)
    assert len(server.bodies) == len(script) + 1
    assert ("response_format" in server.bodies[-1]) == (rung != "prompt")


async def test_a_bad_reply_says_nothing_of_a_rung_that_worked_before() -> None:
    async with (
        serving(whole(), whole("so late"), whole(), whole()) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        rungs = [(await model.complete(REQUEST)).rung for _ in range(3)]

    assert rungs == ["json_schema", "json_object", "json_schema"]
    assert len(server.bodies) == 4


async def test_a_refused_parameter_is_left_out_from_then_on() -> None:
    no_options = fail(422, "stream_options: Extra inputs are not permitted")
    no_limit = fail(400, "Unsupported parameter: use 'max_completion_tokens'", param="max_tokens")
    no_warmth = fail(400, "Unsupported value: 'temperature' does not support 0", code="unsupported")
    async with (
        serving(no_options, no_limit, no_warmth, stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        await model.complete(REQUEST)
        await model.complete(REQUEST)

    assert len(server.bodies) == 5
    assert server.bodies[0].keys() - server.bodies[4].keys() == {
        "stream_options",
        "max_tokens",
        "temperature",
    }
    assert server.bodies[4]["max_completion_tokens"] == 100


async def test_whatever_comes_an_endpoint_is_asked_eight_times_at_most() -> None:
    result, requests = await ask(
        fail(500),
        fail(422, "stream_options: extra"),
        fail(400, "max_tokens is not supported"),
        fail(400, "temperature is unsupported"),
        NO_SCHEMA,
        wire.reset,
        NO_FORMAT,
        fail(500),
        stream(),
    )

    assert isinstance(result, ModelError)
    assert requests == 8


@pytest.mark.parametrize("tokens", [100_000, 5_000])
async def test_fifty_questions_keep_to_the_places_and_to_the_purse(tokens: int) -> None:
    meter = FakeMeter(tokens)

    async def take_a_while(visit: wire.Visit) -> None:
        await asyncio.wait([visit.gone], timeout=0.03)
        await stream()(visit)

    async with serving(take_a_while) as server:
        endpoint = an_endpoint(server.address, concurrency=3)
        async with a_model(meter, endpoint, deadline_seconds=30) as model:
            questions = [model.complete(REQUEST) for _ in range(50)]
            results = await asyncio.gather(*questions, return_exceptions=True)

    replies = [result for result in results if isinstance(result, ModelReply)]
    refused = [result for result in results if isinstance(result, BudgetError)]
    assert server.most_at_once == 3
    assert len(replies) + len(refused) == 50
    assert len(replies) == len(server.bodies)
    assert meter.left == tokens - 52 * len(replies) >= 0
    assert bool(refused) == (tokens == 5_000)
