"""Keeps what the newsroom reads, and how the polls of each source went."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import RowMapping, bindparam, delete, false, or_, select, true, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.subscription_tables import subscription as kept
from bot.errors import UnknownError
from bot.news import MAX_AHEAD_SECONDS, PUSH, PollState, Subscription, to_json

FROM_FILE: Final = ("outlet", "publisher", "urgent", "configured", "paused_in_settings")
"""What the settings file decides of a source that it lists."""

CHUNK: Final = 500
"""Addresses in one query; SQLite takes 32,766 parameters (SQLITE_MAX_VARIABLE_NUMBER)."""


class SqliteSubscriptions:
    """The port `Subscriptions` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def configure(self, listed: Sequence[Subscription]) -> None:
        """Join the list with the sources of the settings file, in one transaction."""
        new = [_to_row(replace(one, configured=True)) for one in listed]
        joined = insert(kept)
        joined = joined.on_conflict_do_update(
            index_elements=["address"], set_={name: joined.excluded[name] for name in FROM_FILE}
        )
        addresses = {one.address for one in listed}
        async with self._database.writing() as connection:
            were = select(kept.c.address).where(kept.c.configured == true())
            left = [a for a in await connection.scalars(were) if a not in addresses]
            for start in range(0, len(left), CHUNK):
                gone = kept.c.address.in_(left[start : start + CHUNK])
                await connection.execute(delete(kept).where(gone))
            if new:
                await connection.execute(joined, new)

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all of them in the order in which they came."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(kept).order_by(kept.c.id))
            return tuple(map(_to_subscription, found.mappings()))

    async def find_subscription(self, address: str) -> Subscription | None:
        """Return the one of that address."""
        async with self._database.reading() as connection:
            return await _find(connection, address)

    async def add_subscription(self, new: Subscription) -> bool:
        """Add it, and tell whether it was new; one that is there already stays as it is."""
        adding = insert(kept).values(_to_row(new)).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            return (await connection.execute(adding)).rowcount == 1

    async def add_subscriptions(self, new: Sequence[Subscription]) -> None:
        """Add those that are new, in one transaction; the others stay as they are."""
        adding = insert(kept).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            if new:
                await connection.execute(adding, [_to_row(one) for one in new])

    async def pause(self, address: str) -> None:
        """Poll it no more until it is resumed.

        Raises:
            UnknownError: there is none of that address.
        """
        async with self._database.writing() as connection:
            await _require(connection, address)
            await _update(connection, address, {"paused": True})

    async def resume(self, address: str) -> None:
        """Poll it again, one that was gone too, from now on.

        Raises:
            SubscriptionError: the settings file pauses it.
            UnknownError: there is none of that address.
        """
        async with self._database.writing() as connection:
            resumed = (await _require(connection, address)).resumed()
            await _update(connection, address, _to_row(resumed))

    async def remove_subscription(self, address: str) -> None:
        """Forget it and how its polls went; the articles that it gave stay.

        Raises:
            SubscriptionError: the settings file lists it.
            UnknownError: there is none of that address.
        """
        async with self._database.writing() as connection:
            (await _require(connection, address)).require_removable()
            await connection.execute(delete(kept).where(kept.c.address == address))

    async def due(
        self, now: datetime, limit: int, *, without: Collection[str] = ()
    ) -> tuple[Subscription, ...]:
        """Return those that are to be polled now, the longest due first, at most `limit`.

        The addresses `without` are left out, of which there may be 32,000.

        One whose instant lies more than `MAX_AHEAD_SECONDS` ahead is due: the clock was set back.
        """
        too_far = rows.to_text(now + timedelta(seconds=MAX_AHEAD_SECONDS))
        when = or_(
            kept.c.next_at.is_(None), kept.c.next_at <= rows.to_text(now), kept.c.next_at > too_far
        )
        is_read = (kept.c.gone, kept.c.paused, kept.c.paused_in_settings)
        query = (
            select(kept)
            .where(when, *(flag == false() for flag in is_read))
            .where(kept.c.address.not_like(f"{PUSH}%"))
            .order_by(kept.c.next_at.nulls_first(), kept.c.id)
            .limit(limit)
        )
        if without:
            query = query.where(kept.c.address.not_in(without))
        async with self._database.reading() as connection:
            found = await connection.execute(query)
            return tuple(map(_to_subscription, found.mappings()))

    async def save_polls(self, states: Mapping[str, PollState]) -> None:
        """Keep how polls went, by address, in one transaction; of removed sources nothing."""
        saved = (
            update(kept)
            .where(kept.c.address == bindparam("key"))
            .values({name: bindparam(name) for name in ("poll", "next_at", "gone")})
        )
        changed = [_poll_columns(state) | {"key": address} for address, state in states.items()]
        async with self._database.writing() as connection:
            if changed:
                await connection.execute(saved, changed)


async def _find(connection: AsyncConnection, address: str) -> Subscription | None:
    found = await connection.execute(select(kept).where(kept.c.address == address))
    row = found.mappings().first()
    return None if row is None else _to_subscription(row)


async def _require(connection: AsyncConnection, address: str) -> Subscription:
    found = await _find(connection, address)
    if found is None:
        raise UnknownError(f"No source has the address {address}; `sources list` names them.")
    return found


async def _update(connection: AsyncConnection, address: str, values: dict[str, Any]) -> None:
    await connection.execute(update(kept).where(kept.c.address == address).values(values))


def _to_row(one: Subscription) -> rows.Row:
    return rows.to_row(one) | _poll_columns(one.poll)


def _poll_columns(poll: PollState) -> rows.Row:
    next_at = rows.to_text(poll.next_at) if poll.next_at else None
    return {"poll": to_json(poll), "next_at": next_at, "gone": poll.gone}


def _to_subscription(row: RowMapping) -> Subscription:
    return rows.to_value(row, Subscription, f"source {row['address']}", json=("poll",))
