"""What may be spent on models, counted for all processes in one place."""

from dataclasses import dataclass
from typing import Protocol

from bot.ports.model import Payer, Usage


@dataclass(frozen=True)
class PlannedCall:
    """One HTTP request to a model before it is sent.

    `tokens_in` is never less than what the endpoint will count; `max_tokens` limits the reply.
    """

    endpoint: str
    model: str
    tokens_in: int
    max_tokens: int
    payer: Payer


@dataclass(frozen=True)
class Reservation:
    """Leave to send one request. `id` is empty where nothing is limited and nothing is priced."""

    id: str
    wait_seconds: float = 0
    """How long to wait first, for the endpoint's requests or tokens a minute."""


class Meter(Protocol):
    """Reserves the most that a call can cost before it is made, and settles it afterwards."""

    async def reserve(self, call: PlannedCall) -> Reservation:
        """Set the call's highest price aside.

        Raises:
            BudgetError: a ceiling of the desk, of the bot, or of unscheduled calls would be passed.
        """
        ...

    async def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """Replace what was set aside by what the call cost.

        `None` says that nobody knows, because the connection broke: then all of it was spent.
        """
        ...

    async def cancel(self, reservation: Reservation) -> None:
        """Give back what was set aside for a call that was never sent."""
        ...
