"""Fakes of the ports of money: a meter with its accounts, and a memory of replies; and a clock."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.errors import ArchiveError
from bot.money import Spending, Start, Tariff, Terms, believable
from bot.news import Article
from bot.ports import ModelReply, Payer, PlannedCall, Reservation, Spent, Usage
from tests.builders import NOON

REPLIES_KEPT = timedelta(days=30)


class HandClock:
    """A clock that goes when it is set."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class _Call:
    planned: PlannedCall
    day: date
    start: Start
    tariff: Tariff
    spent: Spent
    state: str = "open"


class FakeMeter:
    """The ports `Meter`, `Purse` and `Accounts` in memory."""

    def __init__(self, terms: Terms, clock: Callable[[], datetime]) -> None:
        self._terms = terms
        self._clock = clock
        self._calls: dict[str, _Call] = {}
        self._made = 0

    async def reserve(self, call: PlannedCall) -> Reservation:
        """Set the most aside."""
        tariff = self._terms.tariff(call.endpoint, call.model)
        cost = tariff.cost(call.tokens_in, call.max_tokens)
        now = self._clock()
        day = self._terms.day(now)
        spending = self._spending(day, call.payer.desk)
        self._terms.ceilings.require(cost, spending, call.payer, self._terms.prices.currency)
        wanted = Start(now, believable(call.tokens_in) + believable(call.max_tokens))
        at = self._start(wanted, call.endpoint)
        self._made += 1
        spent = Spent(call.payer.desk, call.task, call.model, 1, 0, 0, cost, unsettled=cost)
        self._calls[str(self._made)] = _Call(call, day, replace(wanted, at=at), tariff, spent)
        return Reservation(str(self._made), (at - now).total_seconds())

    async def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """Count what was spent."""
        call = self._calls.get(reservation.id)
        if call is None or call.state != "open":
            return
        call.state = "settled"
        call.spent = replace(call.spent, unsettled=0)
        if usage is not None:
            read, written = believable(usage.tokens_in), believable(usage.tokens_out)
            cost = call.tariff.cost(read, written)
            call.spent = replace(call.spent, tokens_in=read, tokens_out=written, amount=cost)

    async def cancel(self, reservation: Reservation) -> None:
        """Forget the call."""
        if reservation.id in self._calls and self._calls[reservation.id].state == "open":
            del self._calls[reservation.id]

    async def left(self, payer: Payer) -> int:
        """Return what is left."""
        spending = self._spending(self._terms.day(self._clock()), payer.desk)
        return self._terms.ceilings.left(spending, payer)

    async def spent(self, first_on: date, last_on: date) -> tuple[Spent, ...]:
        """Add the calls up."""
        sums: dict[tuple[str, str, str], list[Spent]] = defaultdict(list)
        for call in self._calls.values():
            if first_on <= call.day <= last_on:
                one = call.spent
                sums[one.desk, one.task, one.model].append(one)
        return tuple(_added(sums[key]) for key in sorted(sums))

    def _start(self, wanted: Start, endpoint: str) -> datetime:
        pace = self._terms.pace(endpoint)
        earlier = [c.start for c in self._calls.values() if c.planned.endpoint == endpoint]
        earlier.sort(key=lambda start: start.at)
        return pace.start(wanted, earlier, endpoint) if pace.is_limited else wanted.at

    def _spending(self, day: date, desk: str) -> Spending:
        found = [(c.planned.payer, c.spent.amount) for c in self._calls.values() if c.day == day]
        return Spending(
            sum(amount for payer, amount in found if payer.desk == desk),
            sum(amount for payer, amount in found if payer.desk == desk and not payer.scheduled),
            sum(amount for _, amount in found),
            sum(amount for payer, amount in found if not payer.scheduled),
        )


def _added(calls: list[Spent]) -> Spent:
    return replace(
        calls[0],
        calls=len(calls),
        tokens_in=sum(c.tokens_in for c in calls),
        tokens_out=sum(c.tokens_out for c in calls),
        amount=sum(c.amount for c in calls),
        unsettled=sum(c.unsettled for c in calls),
    )


class FakeReplies:
    """The port `Replies` in memory; `find_article` looks into the archive beside it."""

    def __init__(self, find_article: Callable[[str], Article | None]) -> None:
        self._find_article = find_article
        self.kept: dict[str, tuple[ModelReply, frozenset[str], datetime]] = {}
        self.is_full = False

    async def find(self, key: str, *, now: datetime) -> ModelReply | None:
        """Return what is kept, young enough and not held."""
        reply, rests_on, kept_at = self.kept.get(key, (None, frozenset(), now))
        too_old = now - kept_at >= REPLIES_KEPT
        return None if too_old or self._is_held(rests_on, now) else reply

    async def keep(
        self, key: str, reply: ModelReply, rests_on: Collection[str], *, now: datetime
    ) -> None:
        """Keep the reply unless it is held."""
        if self.is_full:
            raise ArchiveError("n.db cannot grow, the disk is full.")
        if not rests_on:
            raise ValueError("rests on nothing")
        self.kept = {k: v for k, v in self.kept.items() if now - v[2] < REPLIES_KEPT and k != key}
        if not self._is_held(rests_on, now):
            self.kept[key] = (replace(reply, usages=()), frozenset(rests_on), now)

    async def forget(self, article_ids: Collection[str]) -> None:
        """Forget what rests on them."""
        self.kept = {k: v for k, v in self.kept.items() if not v[1].intersection(article_ids)}

    def _is_held(self, rests_on: Collection[str], now: datetime) -> bool:
        found = (self._find_article(id_) for id_ in rests_on)
        return any(article is not None and article.is_held(now) for article in found)
