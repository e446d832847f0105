"""The ceilings of a day, and what they leave to whom."""

from dataclasses import dataclass

from bot.errors import BudgetError
from bot.money.amounts import in_words
from bot.ports import Payer


@dataclass(frozen=True)
class Spending:
    """What was spent on one day, or set aside, in millionths: by a desk, and by the whole bot.

    The unscheduled parts are for what nobody had planned: commands and questions.
    """

    desk: int = 0
    desk_unscheduled: int = 0
    total: int = 0
    total_unscheduled: int = 0


@dataclass(frozen=True)
class Ceilings:
    """The most that may be spent in a day, in millionths: by each desk, and by the whole bot.

    `scheduled_percent` of either is kept for scheduled editions, which may use all of it.
    """

    desk: int
    total: int
    scheduled_percent: int

    def left(self, spent: Spending, payer: Payer) -> int:
        """Return what the payer may still spend, in millionths, never below 0."""
        return max(0, self._tightest(spent, payer).left)

    def require(self, cost: int, spent: Spending, payer: Payer, currency: str) -> None:
        """Let so much more be spent.

        Raises:
            BudgetError: it is more than the tightest of the ceilings leaves.
        """
        room = self._tightest(spent, payer)
        if cost <= room.left:
            return
        left = in_words(max(0, room.left), currency)
        raise BudgetError(
            f"{room.whose} leaves {left} of {in_words(room.ceiling, currency)} today, and the call "
            f"may cost {in_words(cost, currency)}; there is more after midnight, or when "
            f"{room.key} in config/nutgraf.toml is raised."
        )

    def _tightest(self, spent: Spending, payer: Payer) -> "_Room":
        rooms = [
            _Room(f"The budget of desk {payer.desk}", "budget.desk_per_day", self.desk, spent.desk),
            _Room("The budget of all desks", "budget.total_per_day", self.total, spent.total),
        ]
        if not payer.scheduled:
            rooms += [
                _Room(
                    f"What is not kept for scheduled editions of the budget of desk {payer.desk}",
                    "budget.desk_per_day",
                    self._unscheduled(self.desk),
                    spent.desk_unscheduled,
                ),
                _Room(
                    "What is not kept for scheduled editions of the budget of all desks",
                    "budget.total_per_day",
                    self._unscheduled(self.total),
                    spent.total_unscheduled,
                ),
            ]
        return min(rooms, key=lambda room: room.left)

    def _unscheduled(self, ceiling: int) -> int:
        return ceiling * (100 - self.scheduled_percent) // 100


@dataclass(frozen=True)
class _Room:
    whose: str
    key: str
    ceiling: int
    spent: int

    @property
    def left(self) -> int:
        return self.ceiling - self.spent
