"""What every keeper of queries promises: the same tests on SQLite and on the fake."""

from datetime import timedelta

import pytest

from bot.adapters.archive import SqliteArchive
from bot.news import MAX_QUERY_CHARS, Query
from bot.ports import queries
from tests.builders import NOON
from tests.fakes import FakeArchive

Both = SqliteArchive | FakeArchive
ASKED = Query("and when was that?", NOON, "What did Mira Tolland say?")


async def test_a_query_is_found_by_its_key(archive: Both) -> None:
    assert await archive.queries.find(ASKED.key) is None
    await archive.queries.keep(ASKED)
    assert await archive.queries.find(ASKED.key) == ASKED


async def test_the_same_words_have_one_key_whenever_they_are_asked(archive: Both) -> None:
    again = Query(ASKED.words, NOON + timedelta(days=1), ASKED.previous)
    await archive.queries.keep(ASKED)
    await archive.queries.keep(again)
    assert again.key == ASKED.key
    assert await archive.queries.find(ASKED.key) == again


def test_other_words_have_another_key() -> None:
    words = {Query("a", NOON).key, Query("", NOON, "a").key, Query("", NOON, "", "a").key}
    assert len(words) == 3


async def test_the_oldest_are_forgotten(archive: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("bot.adapters.archive.queries", "tests.fakes_queries"):
        monkeypatch.setattr(f"{module}.MAX_QUERIES", 2)
    asked = [Query(f"question {n}", NOON + timedelta(hours=n)) for n in range(3)]
    for one in asked:
        await archive.queries.keep(one)
    found = [await archive.queries.find(one.key) for one in asked]
    assert found == [None, *asked[1:]]
    assert queries.MAX_QUERIES > 1_000


def test_endless_words_are_no_query() -> None:
    with pytest.raises(ValueError, match="that long"):
        Query("x" * (MAX_QUERY_CHARS + 1), NOON)
