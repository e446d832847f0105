"""One endpoint with all that is known of it: whether it works, who is in line, how to ask it."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    wait_exponential,
    wait_random,
)

from bot.adapters.model.breaker import Breaker
from bot.adapters.model.dialects import Dialect, max_tokens_in
from bot.adapters.model.endpoints import Endpoint
from bot.adapters.model.failures import EndpointError
from bot.adapters.model.talk import MAX_RETRY_AFTER_SECONDS, Talk
from bot.adapters.model.till import Charge, Till
from bot.adapters.model.verdicts import fitting_content
from bot.adapters.model.wire import Wire
from bot.ports import ModelReply, PlannedCall, Usage

log = logging.getLogger(__name__)

MAX_BACKOFF_SECONDS: Final = 8.0
MAX_CLOSED_SECONDS: Final = 600
"""The longest that an endpoint can send us away, whatever it says."""


class Line:
    """Asks one endpoint, one question in each of its places at a time.

    Args:
        endpoint: where it is.
        till: what every request is paid through.
        breaker: whether the endpoint may be asked.
        backoff_seconds: the first wait before a second try, which doubles.
    """

    def __init__(
        self, endpoint: Endpoint, till: Till, breaker: Breaker, *, backoff_seconds: float
    ) -> None:
        self.endpoint = endpoint
        self._till = till
        self._breaker = breaker
        self._wire = Wire(endpoint)
        self._places = asyncio.Semaphore(endpoint.concurrency)
        # many processes that failed together do not come back together
        self._backoff = wait_exponential(backoff_seconds, MAX_BACKOFF_SECONDS) + wait_random(
            0, backoff_seconds
        )
        self._dialects: dict[str, Dialect] = {}
        self._proven: set[str] = set()
        """Models that have given a reply that fits in the dialect that is remembered."""

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def dialect_of(self, model: str) -> Dialect:
        """Return how the model is asked first."""
        return self._dialects.get(model, Dialect())

    async def ask(self, talk: Talk) -> ModelReply:
        """Return the endpoint's reply, after as many requests as `Talk` allows.

        Raises:
            BudgetError: the meter refuses a request.
            EndpointError: there is no reply; the last failure.
        """

        def wait(state: RetryCallState) -> float:
            if talk.step == "otherwise":
                return 0
            return talk.retry_after_seconds or self._backoff(state)

        def is_over(state: RetryCallState) -> bool:
            is_late = state.upcoming_sleep >= talk.left_seconds()
            return talk.step == "over" or is_late or not self._breaker.admits()

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(EndpointError),
            wait=wait,
            stop=is_over,
            sleep=asyncio.sleep,
            reraise=True,
        )
        try:
            return await retrying(self._once, talk)
        finally:
            self._remember(talk.place.model, talk.learnt)

    async def _once(self, talk: Talk) -> ModelReply:
        try:
            talk.is_sending = False
            async with self._places:
                with self._judging(talk):
                    content = await self._exchange(talk)
        except EndpointError as error:
            talk.note(error)
            raise
        self._note_success(talk)
        model = talk.place.model
        return ModelReply(content, model, talk.dialect.rung, tuple(talk.usages))

    async def _exchange(self, talk: Talk) -> str:
        """Send one request, pay for it, and return the content that fits."""
        model, request = talk.place.model, talk.request
        arguments = talk.dialect.arguments(request, model)
        planned = PlannedCall(
            self.endpoint.name,
            model,
            max_tokens_in(arguments),
            request.max_tokens,
            request.payer,
            request.task,
        )
        async with self._till.paying(planned) as charge:
            if charge.wait_seconds >= talk.left_seconds():
                raise EndpointError("turn", talk.place)
            await asyncio.sleep(charge.wait_seconds)
            with _billing(charge, talk):
                async with asyncio.timeout(self.endpoint.timeout_seconds):
                    reply = await self._wire.read(arguments, request.max_tokens, talk.place)
                charge.usage = reply.usage(model)
                return fitting_content(reply, request, talk.place)

    @contextmanager
    def _judging(self, talk: Talk) -> Iterator[None]:
        """Tell the breaker what the block says of the endpoint."""
        ticket = self._breaker.enter()
        if ticket is None:
            raise EndpointError("closed", talk.place)
        worked: bool | None = None
        try:
            yield
            worked = True
        except EndpointError as error:
            worked = None if error.kind == "turn" else error.is_harmless
            self._obey(error)
            raise
        except asyncio.CancelledError:
            # who keeps us until the deadline does not work; who is not waited for may well
            worked = False if talk.is_sending and talk.left_seconds() <= 0 else None
            raise
        finally:
            self._breaker.leave(ticket, worked=worked)

    def _obey(self, error: EndpointError) -> None:
        if error.retry_after_seconds > MAX_RETRY_AFTER_SECONDS:
            self._breaker.open_for(min(error.retry_after_seconds, MAX_CLOSED_SECONDS))

    def _note_success(self, talk: Talk) -> None:
        """Learn a lower rung from replies, if no reply has ever been good on a higher one."""
        if talk.place.model not in self._proven:
            talk.learnt = talk.learnt.meet(talk.dialect)
        self._proven.add(talk.place.model)

    def _remember(self, model: str, learnt: Dialect) -> None:
        known = self.dialect_of(model)
        self._dialects[model] = known.meet(learnt)
        if self._dialects[model] != known:
            facts = {"endpoint": self.endpoint.name, "model": model, "rung": learnt.rung}
            log.info("model asked otherwise", extra=facts)


@contextmanager
def _billing(charge: Charge, talk: Talk) -> Iterator[None]:
    """Find out what the request of the block costs, and write it on the talk's bill."""
    charge.is_sent = talk.is_sending = True
    try:
        yield
    except TimeoutError as error:
        raise EndpointError("timeout", talk.place) from error
    except EndpointError as error:
        charge.is_sent = error.charge != "unsent"
        if error.charge == "nothing":
            charge.usage = Usage(talk.place.model, 0, 0)
        raise
    finally:
        used = charge.usage or charge.most
        if charge.is_sent and used.tokens_in + used.tokens_out:
            talk.usages.append(used)
