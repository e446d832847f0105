"""Counts what is spent on models, for all processes that share the archive's file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.model_tables import model_call as made
from bot.money import LONGEST_WAIT, WINDOW, Spending, Start, Tariff, Terms, believable
from bot.ports import Payer, PlannedCall, Reservation, Spent, Usage

KEPT: Final = timedelta(days=400)
"""A year, and a month to compare it with."""


class SqliteMeter:
    """The ports `Meter` and `Purse` on SQLite.

    What is set aside for a call stays set aside until the call is settled or cancelled: of a
    process that died, it counts as spent until the day of the budget is over.

    Args:
        database: the archive's.
        terms: prices and limits; all processes should have the same.
        clock: returns the present instant in UTC. It is asked while the write lock is held.
    """

    def __init__(self, database: Database, terms: Terms, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._terms = terms
        self._clock = clock

    async def reserve(self, call: PlannedCall) -> Reservation:
        """Set the call's highest price aside, and a place in the endpoint's row."""
        tariff = self._terms.tariff(call.endpoint, call.model)
        cost = tariff.cost(call.tokens_in, call.max_tokens)
        async with self._database.writing() as connection:
            now = self._clock()
            day = self._terms.day(now)
            spent = await _spending(connection, day, call.payer.desk)
            currency = self._terms.prices.currency
            self._terms.ceilings.require(cost, spent, call.payer, currency)
            start = Start(now, believable(call.tokens_in) + believable(call.max_tokens))
            at = await self._start(connection, call.endpoint, start)
            id_ = uuid4().hex
            row = _to_row(call, tariff) | {"id": id_, "day": day.isoformat(), "amount": cost}
            row |= {"starts_at": rows.to_text(at), "reserved_tokens": start.tokens}
            await connection.execute(delete(made).where(made.c.day < (day - KEPT).isoformat()))
            await connection.execute(insert(made), [row])
        return Reservation(id_, (at - now).total_seconds())

    async def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """Replace what was set aside by what the call cost; all of it, if nobody knows."""
        own = (made.c.id == reservation.id, made.c.state == "open")
        prices = select(made.c.per_million_in, made.c.per_million_out).where(*own)
        async with self._database.writing() as connection:
            row = (await connection.execute(prices)).first()
            if row is not None:
                values = _settled(Tariff(*row), usage)
                await connection.execute(update(made).where(*own).values(values))

    async def cancel(self, reservation: Reservation) -> None:
        """Give back what was set aside for a call that was never sent."""
        own = (made.c.id == reservation.id, made.c.state == "open")
        async with self._database.writing() as connection:
            await connection.execute(delete(made).where(*own))

    async def left(self, payer: Payer) -> int:
        """Return what the payer may still spend today, in millionths, never below 0."""
        async with self._database.reading() as connection:
            spent = await _spending(connection, self._terms.day(self._clock()), payer.desk)
        return self._terms.ceilings.left(spent, payer)

    async def _start(self, connection: AsyncConnection, endpoint: str, call: Start) -> datetime:
        pace = self._terms.pace(endpoint)
        if not pace.is_limited:
            return call.at
        recent = (
            made.c.endpoint == endpoint,
            made.c.starts_at > rows.to_text(call.at - WINDOW),
            made.c.starts_at <= rows.to_text(call.at + LONGEST_WAIT),
        )
        query = select(made.c.starts_at, made.c.reserved_tokens).where(*recent)
        found = await connection.execute(query.order_by(made.c.starts_at))
        earlier = [Start(datetime.fromisoformat(at), tokens) for at, tokens in found]
        return pace.start(call, earlier, endpoint)


class SqliteAccounts:
    """The port `Accounts` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def spent(self, first_on: date, last_on: date) -> tuple[Spent, ...]:
        """Return what was spent on these days, the last included, by desk, task and model."""
        by = (made.c.desk, made.c.task, made.c.model)
        query = (
            select(
                *by,
                func.count(),
                func.sum(made.c.tokens_in),
                func.sum(made.c.tokens_out),
                func.sum(made.c.amount),
                func.sum(case((made.c.state == "open", made.c.amount), else_=0)),
            )
            .where(made.c.day.between(first_on.isoformat(), last_on.isoformat()))
            .group_by(*by)
            .order_by(*by)
        )
        async with self._database.reading() as connection:
            return tuple(Spent(*row) for row in await connection.execute(query))


async def _spending(connection: AsyncConnection, day: date, desk: str) -> Spending:
    own, unscheduled = made.c.desk == desk, ~made.c.scheduled
    parts = (own, own & unscheduled, made.c.id.is_not(None), unscheduled)
    sums = (func.coalesce(func.sum(case((part, made.c.amount), else_=0)), 0) for part in parts)
    found = await connection.execute(select(*sums).where(made.c.day == day.isoformat()))
    return Spending(*found.one())


def _to_row(call: PlannedCall, tariff: Tariff) -> rows.Row:
    return {
        "desk": call.payer.desk,
        "scheduled": call.payer.scheduled,
        "task": call.task,
        "endpoint": call.endpoint,
        "model": call.model,
        "per_million_in": tariff.per_million_in,
        "per_million_out": tariff.per_million_out,
        "state": "open",
        "tokens_in": 0,
        "tokens_out": 0,
    }


def _settled(tariff: Tariff, usage: Usage | None) -> rows.Row:
    if usage is None:
        return {"state": "lost"}
    tokens_in, tokens_out = believable(usage.tokens_in), believable(usage.tokens_out)
    return {
        "state": "settled",
        "tokens_in": tokens_in,
        "tokens_out": tokens_out,
        "amount": tariff.cost(tokens_in, tokens_out),
    }
