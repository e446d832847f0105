"""A language model behind whatever endpoint: one request, one reply that fits its schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

ModelTask = Literal["summary", "answer"]
Rung = Literal["json_schema", "json_object", "prompt"]
"""How the endpoint was asked to keep to the schema, the strictest first."""


@dataclass(frozen=True)
class Payer:
    """Who pays for a call: a desk of a newsroom, and whether the call is for a due edition."""

    desk: str
    scheduled: bool = False


@dataclass(frozen=True)
class ModelRequest:
    """What a model is asked for: one JSON object that fits `schema`.

    `schema` is JSON Schema in the part that all endpoints take: every key required, no others
    allowed, enumerations, and no lengths, patterns or references. `max_tokens` limits the reply.

    `rests_on` are the ids of all articles whose words stand in the request: a reply is remembered
    only with them, since it must be forgotten when one of them is withdrawn (law 5).
    """

    task: ModelTask
    system: str
    user: str
    schema_name: str
    schema: Mapping[str, object]
    max_tokens: int
    temperature: float
    payer: Payer
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Usage:
    """What one call used, as the endpoint counts it, in tokens."""

    model: str
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True)
class ModelReply:
    """One JSON object, as text, that fits the request's schema, and how it was had.

    `usages` are those of all calls that it took; without any it comes from the cache.
    """

    content: str
    model: str
    rung: Rung
    usages: tuple[Usage, ...] = ()


class Model(Protocol):
    """Asks a model, or remembers what it was told before."""

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Return a reply whose content fits the request's schema.

        Raises:
            BudgetError: it may not be paid for.
            ModelError: no endpoint gave such a reply before the deadline.
        """
        ...
