"""Terms for tests: a token read costs a millionth, a token written two."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.money import Ceilings, ModelPrice, Pace, Prices, Terms
from bot.ports import ModelTask, Payer, PlannedCall

ZONE = ZoneInfo("Europe/London")
MODEL = ModelPrice(name="larkspur*", input_per_million=Decimal(1), output_per_million=Decimal(2))


def some_terms(*, desk: int = 1_000, total: int = 1_500, percent: int = 50, **paces: Pace) -> Terms:
    """Return terms with these ceilings, in millionths, and what endpoints take in a minute."""
    prices = Prices("EUR", (MODEL,))
    return Terms(prices, Ceilings(desk, total, percent), ZONE, paces)


def a_call(
    cost: int = 100,
    desk: str = "city",
    *,
    scheduled: bool = True,
    endpoint: str = "gpu",
    model: str = "larkspur-small",
    task: ModelTask = "summary",
) -> PlannedCall:
    """Return a call that costs as much at the most, and uses as many tokens: all are read."""
    return PlannedCall(endpoint, model, cost, 0, Payer(desk, scheduled), task)
