"""What the port `Model` promises, of the endpoints' model and of the fake alike."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Final

import pytest

from bot.errors import ModelError
from bot.ports import Model
from tests.adapters.model.asking import REQUEST, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import serving, whole
from tests.fakes_model import FakeMeter, FakeModel

pytestmark = pytest.mark.system

Say = Callable[[str], Awaitable[Model]]
"""Makes a model that replies with a text, whatever it is asked."""

GOOD: Final = '{"headline": "Ferry late", "ids": [1]}'


@pytest.fixture(params=["fake", "endpoint"])
async def saying(request: pytest.FixtureRequest) -> AsyncIterator[Say]:
    async with AsyncExitStack() as stack:

        async def make(content: str) -> Model:
            if request.param == "fake":
                return FakeModel(lambda _: content)
            server = await stack.enter_async_context(serving(whole(content)))
            model = a_model(FakeMeter(), an_endpoint(server.address))
            return await stack.enter_async_context(model)

        yield make


@pytest.mark.parametrize("content", [GOOD, f"```json\n{GOOD}```", f"<think>?</think>{GOOD} {{}}"])
async def test_a_reply_is_the_first_object_that_fits(saying: Say, content: str) -> None:
    model = await saying(content)

    reply = await model.complete(REQUEST)

    assert reply.content == '{"headline":"Ferry late","ids":[1]}'
    assert [type(usage.tokens_in) for usage in reply.usages] == [int]


@pytest.mark.parametrize("content", ["late", GOOD[:-1], json.dumps({"ids": []}), f"<think>{GOOD}"])
async def test_without_such_an_object_there_is_no_reply(saying: Say, content: str) -> None:
    model = await saying(content)

    with pytest.raises(ModelError) as caught:
        await model.complete(REQUEST)

    assert caught.value.kind == "misfit"


def test_what_says_where_models_are_imports_no_client() -> None:
    program = """
import sys
import bot.adapters.model.endpoints, bot.adapters.model.keys
print([name for name in ("openai", "httpx2", "jsonschema", "tenacity") if name in sys.modules])
"""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == "[]"
