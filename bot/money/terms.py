"""On what terms calls are paid for: prices, ceilings, paces, and whose midnight it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from bot.errors import BudgetError
from bot.money.ceilings import Ceilings
from bot.money.pace import Pace
from bot.money.prices import Prices, Tariff


@dataclass(frozen=True)
class Terms:
    """What a meter goes by.

    Args:
        prices: what models cost.
        ceilings: the most that may be spent in a day.
        zone: the bot's own time zone: there a day of the budget begins and ends, for all desks.
        paces: what each endpoint takes in a minute, by its name; no limit for others.
        local: names of the endpoints in the newsroom's own house.
    """

    prices: Prices
    ceilings: Ceilings
    zone: tzinfo
    paces: Mapping[str, Pace] = field(default_factory=dict)
    local: frozenset[str] = frozenset()

    def day(self, now: datetime) -> date:
        """Return the day of the budget."""
        return now.astimezone(self.zone).date()

    def tariff(self, endpoint: str, model: str) -> Tariff:
        """Return what the model costs there.

        Raises:
            BudgetError: nobody wrote down what it costs, and so no ceiling could hold.
        """
        tariff = self.prices.tariff_of(model, local=endpoint in self.local)
        if tariff is None:
            raise BudgetError(
                f"There is no price for {model} in config/prices.toml; add what your provider "
                f"charges for it, or 0 if it runs in your own house."
            )
        return tariff

    def dearest(self, models: Iterable[str]) -> Tariff:
        """Return a tariff that none of the models, written "endpoint/model", exceeds.

        Raises:
            BudgetError: as `tariff`.
        """
        tariffs = [self.tariff(*one.split("/", 1)) for one in models]
        return Tariff(
            max((one.per_million_in for one in tariffs), default=0),
            max((one.per_million_out for one in tariffs), default=0),
        )

    def pace(self, endpoint: str) -> Pace:
        """Return what the endpoint takes in a minute."""
        return self.paces.get(endpoint, Pace())
