"""What was once read and printed stays as it is; damage by hand is noticed and named."""

import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.errors import ArchiveError
from tests.builders import BODY, NOON, a_dossier, an_article

ARTICLES = {f"a{n}": an_article(f"a{n}") for n in (1, 2)}


async def fill(archive: SqliteArchive) -> None:
    await archive.revise({key: lambda _, key=key: ARTICLES[key] for key in ARTICLES})  # type: ignore[misc]
    await archive.store(a_dossier(*ARTICLES.values()))


def by_hand(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


@pytest.mark.parametrize("table", ["revision", "briefing", "briefing_source"])
@pytest.mark.parametrize("action", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
async def test_the_store_itself_refuses_to_change_what_is_kept(
    stored: SqliteArchive, path: Path, table: str, action: str
) -> None:
    await fill(stored)

    with pytest.raises(sqlite3.IntegrityError, match=f"{table} rows are kept as they are"):
        by_hand(path, action.format(table))


async def test_a_body_is_stored_once_however_many_briefings_cite_it(
    stored: SqliteArchive, path: Path
) -> None:
    article = an_article(body=BODY + "\n\nThe harbour master was not reached.")
    await stored.revise({"a1": lambda _: article})
    for version in range(1, 6):
        await stored.store(a_dossier(article, version=version))
    connection = sqlite3.connect(path)

    dump = "\n".join(connection.iterdump())

    connection.close()
    assert dump.count("The harbour master was not reached.") == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE revision SET body = replace(body, 'month', 'year') WHERE article_id = 'a1'",
        "UPDATE revision SET body = CAST(x'ff' AS TEXT) WHERE article_id = 'a1'",
        "UPDATE revision SET body = x'00' WHERE article_id = 'a1'",
        "UPDATE revision SET title = '' WHERE article_id = 'a1'",
        "UPDATE revision SET seen_at = '4 March' WHERE article_id = 'a1'",
        "UPDATE article SET source = '{' WHERE id = 'a1'",
        "UPDATE article SET source = x'00' WHERE id = 'a1'",
        "UPDATE article SET withdrawn = 'perhaps' WHERE id = 'a1'",
        "DELETE FROM revision WHERE article_id = 'a1'",
    ],
)
async def test_a_damaged_article_is_named_and_the_others_are_still_found(
    stored: SqliteArchive, path: Path, damage: str
) -> None:
    await fill(stored)
    triggers = ("DROP TRIGGER revision_refuses_update", "DROP TRIGGER revision_refuses_delete")
    by_hand(path, *triggers, damage)

    with pytest.raises(ArchiveError, match="article a1 is damaged"):
        await stored.articles_since(NOON)
    with pytest.raises(ArchiveError, match="article a1 is damaged"):
        await stored.revise({"a1": lambda _: ARTICLES["a1"]})
    assert await stored.find_article("a2") == ARTICLES["a2"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE briefing SET content = replace(content, 'Ferry', 'Train')",
        "UPDATE briefing SET content = '[]'",
        "UPDATE briefing_source SET record = '[]'",
        "DELETE FROM briefing_source WHERE article_id = 'a2'",
    ],
)
async def test_a_damaged_briefing_is_not_shown(
    stored: SqliteArchive, path: Path, damage: str
) -> None:
    await fill(stored)
    tables = ("briefing", "briefing_source")
    triggers = [f"DROP TRIGGER {t}_refuses_{a}" for t in tables for a in ("update", "delete")]
    by_hand(path, *triggers, damage)

    with pytest.raises(ArchiveError, match="briefing b1, version 1, is damaged"):
        await stored.find_dossier("b1")


async def test_what_did_not_change_is_not_written_again(stored: SqliteArchive, path: Path) -> None:
    await fill(stored)
    by_hand(path, "CREATE TABLE written (id)")
    by_hand(
        path,
        "CREATE TRIGGER tell AFTER UPDATE ON article BEGIN "
        "INSERT INTO written VALUES (NEW.id); END",
    )

    mended = replace(ARTICLES["a2"], byline="By Ode Marren")
    await stored.revise({"a1": lambda _: ARTICLES["a1"], "a2": lambda _: mended})

    connection = sqlite3.connect(path)
    assert connection.execute("SELECT id FROM written").fetchall() == [("a2",)]
    connection.close()
