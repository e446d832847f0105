"""An archive gets its own tables ready, and imports Alembic only when there is something to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from msgspec.structs import replace
from sqlalchemy import create_engine, insert, text

from bot.adapters.archive import SqliteArchive, opening, rows, tables
from bot.adapters.archive.migrations.versions import v0001_articles_and_briefings as first
from bot.news import Post, Timing
from tests.builders import NOON, a_dossier, a_schedule, an_article

ROOT = Path(__file__).resolve().parents[3]
OPEN = """
import asyncio, sys
from pathlib import Path
from bot.adapters.archive import SqliteArchive

async def main() -> None:
    async with SqliteArchive.open(Path(sys.argv[1])) as archive:
        await archive.find_dossier("latest")

asyncio.run(main())
print(sorted(sys.modules.keys() & {"alembic", "mako"}))
"""


def is_described(name: str | None, kind: str, _: object) -> bool:
    """The index of words is a virtual table, with tables of its own that are SQLite's affair."""
    return kind != "table" or not (name or "").startswith("wording")


async def test_opening_makes_the_folder_and_the_tables_that_the_code_expects(path: Path) -> None:
    async with SqliteArchive.open(path):
        pass

    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_described})
        assert compare_metadata(context, tables.metadata) == []
        assert context.get_current_revision() == opening.HEAD
    engine.dispose()


async def test_an_archive_of_the_first_version_keeps_what_it_has_and_gets_the_new_tables(
    path: Path,
) -> None:
    path.parent.mkdir()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "bot.adapters.archive:migrations")
        command.upgrade(config, "0001")
        row = rows.to_article_row(an_article())
        for column in ("wire", "carriers", "liveblog", "categories", "stopped"):  # which came later
            del row[column]
        connection.execute(insert(tables.article), [row])
        connection.execute(insert(tables.revision), [rows.to_revision_row(an_article().latest)])
    engine.dispose()

    async with SqliteArchive.open(path) as archive:
        assert await archive.find_article("a1") == an_article()
        await archive.store(a_dossier(), posts=[Post("k1", 1, "b1", 1)])
        assert await archive.posts.find_post("k1") == Post("k1", 1, "b1", 1)


PLANNED_SINCE = (
    "paused_because",
    "missed",
    "when_empty",
    "filters",
    "target",
    "approvals",
    "review_channel_id",
)
"""Columns of a schedule that came after version 8."""


async def test_a_schedule_of_an_earlier_version_runs_on_as_it_did(path: Path) -> None:
    path.parent.mkdir()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "bot.adapters.archive:migrations")
        command.upgrade(config, "0008")
        row = rows.to_row(a_schedule()) | {"seen_until": rows.to_text(NOON)}
        for column in PLANNED_SINCE:
            del row[column]
        row["timing"] = '{"zone":"Europe/London","times":["07:00"],"weekdays":["mon"],"cron":""}'
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO schedule ({names}) VALUES ({values})"), row)  # noqa: S608 - our own names
    engine.dispose()

    before = replace(a_schedule(), timing=Timing("Europe/London", ("07:00",), ("mon",)))
    async with SqliteArchive.open(path) as archive:
        (planned,) = await archive.timetable.changed_schedules(0)
        assert (planned.schedule, planned.seen_until) == (before, NOON)
        await archive.timetable.save_schedule(before, seen_until=NOON)
        (again,) = await archive.timetable.changed_schedules(planned.revision)
        assert again.schedule == before


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", "bot.adapters.archive:migrations")

    assert ScriptDirectory.from_config(config).get_current_head() == opening.HEAD
    assert first.APPLICATION_ID == opening.APPLICATION_ID


@pytest.mark.parametrize("name", ["ünicode 日報 50%.db", "odd?mode=memory#x.db", ":memory:"])
async def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    async with SqliteArchive.open(tmp_path / name):
        pass

    assert os.listdir(tmp_path) == [name]  # noqa: PTH208 - shorter


@pytest.mark.system
def test_alembic_is_imported_for_a_new_file_and_not_again(path: Path) -> None:
    command = (sys.executable, "-c", OPEN, str(path))

    runs = [
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
        for _ in range(2)
    ]

    assert "alembic" in runs[0].stdout
    assert runs[1].stdout == "[]\n"
    assert [run.stderr for run in runs] == ["", ""]
