"""Keeps what members reported as wrong, and what editors decided."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import RowMapping, insert, select, update

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.story_tables import wrong_report
from bot.news import Ruling, RulingState, WrongReport, to_json


class SqliteReports:
    """The port `Reports` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, report: WrongReport) -> Ruling:
        """Keep a new report, open."""
        row = {"content": to_json(report), "state": "open", "decided_by": ""}
        new = insert(wrong_report).values(row).returning(wrong_report)
        async with self._database.writing() as connection:
            return _to_ruling((await connection.execute(new)).mappings().one())

    async def find(self, report_id: int) -> Ruling | None:
        """Return the report of that number."""
        query = select(wrong_report).where(wrong_report.c.id == report_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else _to_ruling(row)

    async def decide(
        self,
        report_id: int,
        state: RulingState,
        *,
        instead_of: Collection[RulingState],
        by: str,
        now: datetime,
    ) -> Ruling | None:
        """Set the state if it is one of `instead_of` by now."""
        decided = (
            update(wrong_report)
            .where(wrong_report.c.id == report_id, wrong_report.c.state.in_(instead_of))
            .values(state=state, decided_by=by, decided_at=rows.to_text(now))
            .returning(wrong_report)
        )
        async with self._database.writing() as connection:
            row = (await connection.execute(decided)).mappings().first()
        return None if row is None else _to_ruling(row)

    async def rulings(
        self, states: Collection[RulingState] = (), *, limit: int = 1000
    ) -> tuple[Ruling, ...]:
        """Return reports in these states, or in any, the newest first."""
        query = select(wrong_report).order_by(wrong_report.c.id.desc()).limit(limit)
        if states:
            query = query.where(wrong_report.c.state.in_(states))
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(map(_to_ruling, found))


def _to_ruling(row: RowMapping) -> Ruling:
    with rows.damage_named(f"report {row['id']}"):
        record = {str(name): value for name, value in row.items()}
        record["report"] = msgspec.json.decode(record.pop("content"))
        return msgspec.convert(record, Ruling)
