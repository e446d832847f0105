"""A model that remembers what it was told: the same question is paid for once."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final
from weakref import WeakValueDictionary

import msgspec

from bot.errors import ArchiveError
from bot.ports import Model, ModelReply, ModelRequest, ModelTask, Replies

log = logging.getLogger(__name__)

KEY_FORM: Final = 1
"""Counted up when a key is put together in another way, so that no old reply is taken for it."""


class RememberingModel:
    """The port `Model` before another one: looks a reply up first, and keeps what it had to ask.

    A request that rests on no article is asked anew each time, since nothing could withdraw its
    reply. Of several at the same time that are the same, one is asked and the others wait for it.

    Args:
        model: whom to ask.
        replies: the memory.
        asked: for each task the models that may answer, as "endpoint/model": another model's
            words are no reply of these.
        clock: returns the present instant in UTC.
    """

    def __init__(
        self,
        model: Model,
        replies: Replies,
        asked: Mapping[ModelTask, Sequence[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self._model = model
        self._replies = replies
        self._asked = asked
        self._clock = clock
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Return what is remembered, without usages, or else what the model replies now.

        Raises:
            ArchiveError: the memory cannot be read.
            BudgetError: it may not be paid for.
            ModelError: no endpoint gave a reply before the deadline.
        """
        if not request.rests_on:
            return await self._model.complete(request)
        key = request_key(request, self._asked.get(request.task, ()))
        async with self._turns.setdefault(key, asyncio.Lock()):
            known = await self._replies.find(key, now=self._clock())
            if known is not None:
                return known
            reply = await self._model.complete(request)
            try:
                await self._replies.keep(key, reply, request.rests_on, now=self._clock())
            except ArchiveError as error:  # it is paid for, and can be printed all the same
                log.warning("reply not kept", extra={"reason": str(error)})
            return reply


def request_key(request: ModelRequest, asked: Sequence[str]) -> str:
    """Return 64 hexadecimal digits of all that a reply depends on: words, schema, models.

    Who pays, how long the reply may be and which articles stand behind the words is no part of it.
    """
    parts = (
        KEY_FORM,
        request.task,
        request.system,
        request.user,
        request.schema_name,
        request.schema,
        request.temperature,
        tuple(asked),
    )
    # keys are not sorted: models write in the order of the schema
    return sha256(msgspec.json.encode(parts, enc_hook=dict)).hexdigest()
