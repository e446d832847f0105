"""What may be spent on models, counted for all processes in one place."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from bot.ports.model import ModelTask, Payer, Usage

MILLIONTHS: Final = 1_000_000
"""Amounts are whole numbers of a millionth of the currency of `config/prices.toml`."""


@dataclass(frozen=True)
class PlannedCall:
    """One HTTP request to a model before it is sent.

    `endpoint` is its name in the settings, `model` the name that is asked for. `tokens_in` is never
    less than what the endpoint will count; `max_tokens` limits the reply.
    """

    endpoint: str
    model: str
    tokens_in: int
    max_tokens: int
    payer: Payer
    task: ModelTask


@dataclass(frozen=True)
class Reservation:
    """Leave to send one request. `id` is empty where nothing is limited and nothing is priced."""

    id: str
    wait_seconds: float = 0
    """How long to wait first, for the endpoint's requests or tokens a minute."""


class Meter(Protocol):
    """Reserves the most that a call can cost before it is made, and settles it afterwards."""

    async def reserve(self, call: PlannedCall) -> Reservation:
        """Set the call's highest price aside, and a place in the endpoint's row.

        Raises:
            ArchiveError: the store cannot be written.
            BudgetError: a ceiling of the desk, of the bot, or of unscheduled calls would be passed;
                the model has no price; or the endpoint's requests or tokens a minute are taken for
                so long that waiting is no use.
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


class Purse(Protocol):
    """Tells before any call what may still be spent."""

    async def left(self, payer: Payer) -> int:
        """Return what the payer may still spend today, in millionths, never below 0.

        It is the least that the ceilings of the desk, of the bot and of unscheduled calls leave.

        Raises:
            ArchiveError: the store cannot be read.
        """
        ...


@dataclass(frozen=True)
class Spent:
    """What calls of one desk, task and model cost, in millionths, and the tokens they used.

    `unsettled` is the part of `amount` that is set aside for calls whose end nobody has told:
    they are still under way, or their process died. It counts as spent.
    """

    desk: str
    task: ModelTask
    model: str
    calls: int
    tokens_in: int
    tokens_out: int
    amount: int
    unsettled: int = 0


class Accounts(Protocol):
    """Tells afterwards what was spent."""

    async def spent(self, first_on: date, last_on: date) -> tuple[Spent, ...]:
        """Return what was spent on these days, the last included, by desk, task and model.

        Days are those of the meter's time zone. What was cancelled is not counted.

        Raises:
            ArchiveError: the store cannot be read.
        """
        ...
