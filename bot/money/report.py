"""What was spent today and this week, of how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.money.terms import Terms
from bot.ports import Accounts, Spent


@dataclass(frozen=True)
class SpendingReport:
    """What was spent up to a day, that included, by desk, task and model; amounts in millionths.

    Args:
        day: today, in the bot's time zone.
        monday: the first day of its week.
        currency: what the amounts are millionths of.
        desk_ceiling: the most that one desk may spend in a day.
        total_ceiling: the most that all may spend in a day.
        today: what was spent today.
        week: what was spent since Monday, today included.
    """

    day: date
    monday: date
    currency: str
    desk_ceiling: int
    total_ceiling: int
    today: tuple[Spent, ...]
    week: tuple[Spent, ...]


async def spending(accounts: Accounts, terms: Terms, *, now: datetime) -> SpendingReport:
    """Return what was spent today and this week.

    Raises:
        ArchiveError: the store cannot be read.
    """
    day = terms.day(now)
    monday = day - timedelta(days=day.weekday())
    return SpendingReport(
        day,
        monday,
        terms.prices.currency,
        terms.ceilings.desk,
        terms.ceilings.total,
        today=await accounts.spent(day, day),
        week=await accounts.spent(monday, day),
    )


def amount_of(spent: Iterable[Spent]) -> int:
    """Return the sum in millionths, what is set aside included."""
    return sum(one.amount for one in spent)


def unsettled_of(spent: Iterable[Spent]) -> int:
    """Return what of the sum is set aside for calls whose end nobody has told, in millionths."""
    return sum(one.unsettled for one in spent)
