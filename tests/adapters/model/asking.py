"""Requests, endpoints and models for the tests of the model door, with what a test is not about."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from bot.adapters.model.endpoints import Endpoint
from bot.adapters.model.keys import Key
from bot.adapters.model.remote import RemoteModel
from bot.ports import Meter, ModelRequest, Payer

PAYER: Final = Payer("harbour-desk")
SCHEMA: Final = {
    "type": "object",
    "properties": {
        "headline": {"type": "string"},
        "ids": {"type": "array", "items": {"type": "integer"}},
    },
    "required": ["headline", "ids"],
    "additionalProperties": False,
}


REQUEST: Final = ModelRequest(
    task="summary",
    system="You put news into one line.",
    user="[A1.S1] The ferry from Skelby was an hour late because of fog.",
    schema_name="brief",
    schema=SCHEMA,
    max_tokens=100,
    temperature=0.0,
    payer=PAYER,
)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def an_endpoint(
    address: str,
    name: str = "cloud",
    *,
    concurrency: int = 4,
    timeout_seconds: float = 60,
    api_version: str = "",
) -> Endpoint:
    return Endpoint(
        name=name,
        base_url=address,
        key=Key("s3cret-key", "the variable NUTGRAF_MODEL_KEY_CLOUD"),
        models={"summary": "fog-7b"},
        concurrency=concurrency,
        timeout_seconds=timeout_seconds,
        api_version=api_version,
    )


@asynccontextmanager
async def a_model(
    meter: Meter,
    *endpoints: Endpoint,
    deadline_seconds: float = 10,
    monotonic: Callable[[], float] = lambda: 0.0,
) -> AsyncIterator[RemoteModel]:
    model = RemoteModel(
        endpoints,
        meter,
        deadline_seconds=deadline_seconds,
        monotonic=monotonic,
        backoff_seconds=0.01,
    )
    async with model:
        yield model
