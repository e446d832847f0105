"""The model behind the port: several endpoints, what their errors say, the check."""

import json
from dataclasses import replace

import pytest

from bot.adapters.model.keys import Key
from bot.adapters.model.remote import RemoteModel
from bot.errors import ModelError
from bot.ports import ModelTask
from tests.adapters.model import scripted_endpoint as wire
from tests.adapters.model.asking import PAYER, REQUEST, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import Act, fail, serving, stream, whole
from tests.fakes_model import FakeMeter, FreeMeter

pytestmark = pytest.mark.system

TASKS: tuple[ModelTask, ...] = ("summary", "answer")


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
            replace(an_endpoint(second.address, "spare"), models={"answer": "rain-1b"}),
        )
        async with a_model(FakeMeter(), *lines) as model:
            reply = await model.complete(replace(REQUEST, task="answer"))

    assert (reply.model, len(first.bodies)) == ("rain-1b", 0)


async def test_a_task_without_a_model_is_an_error_that_says_so() -> None:
    async with a_model(FakeMeter(), an_endpoint("http://127.0.0.1:9/v1")) as model:
        with pytest.raises(ModelError, match="No endpoint has a model for the task answer"):
            await model.complete(replace(REQUEST, task="answer"))


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


def test_two_endpoints_of_one_name_are_a_mistake() -> None:
    endpoint = an_endpoint("http://127.0.0.1:9/v1")

    with pytest.raises(ValueError, match="name of its own"):
        RemoteModel([endpoint, endpoint], FreeMeter())
