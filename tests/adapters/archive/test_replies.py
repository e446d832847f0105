"""What every memory of replies promises: the same tests on SQLite and on the fake."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.news import Article, Instant, Withdrawal
from bot.ports import ModelReply, Replies, Sighting, Usage
from tests.builders import NOON, an_article
from tests.fakes import FakeArchive
from tests.fakes_money import FakeReplies

REPLY = ModelReply('{"bullets": []}', "larkspur-small", "json_object")
PAID = ModelReply(REPLY.content, REPLY.model, REPLY.rung, (Usage("larkspur-small", 9, 9),))
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass
class Memory:
    """Replies, beside the archive whose articles they rest on."""

    replies: Replies
    archive: SqliteArchive | FakeArchive

    async def hold(
        self,
        article_id: str,
        withdrawn: Withdrawal | None = None,
        embargoed_until: Instant | None = None,
    ) -> None:
        """Have the archive take in that the article is held."""

        def held(before: Article | None) -> Article:
            article = before or an_article(article_id)
            return replace(article, withdrawn=withdrawn, embargoed_until=embargoed_until)

        await self.archive.revise({article_id: held})


@pytest.fixture
async def memory(archive: SqliteArchive | FakeArchive) -> Memory:
    await archive.revise({id_: lambda _, i=id_: an_article(i) for id_ in ("a1", "a2")})  # type: ignore[misc]
    if isinstance(archive, FakeArchive):
        return Memory(FakeReplies(archive.articles.get), archive)
    return Memory(archive.replies, archive)


async def test_a_reply_comes_back_and_costs_nothing(memory: Memory) -> None:
    await memory.replies.keep("k1", PAID, ["a1", "a1"], now=NOON)

    assert await memory.replies.find("k1", now=NOON) == REPLY
    assert await memory.replies.find("k2", now=NOON) is None


async def test_the_last_reply_counts_with_what_it_rests_on(memory: Memory) -> None:
    later = ModelReply('{"bullets": [1]}', "larkspur-large", "prompt")
    await memory.replies.keep("k1", REPLY, ["a1"], now=NOON)
    await memory.replies.keep("k1", later, ["a2"], now=NOON)
    await memory.replies.forget(["a1"])

    assert await memory.replies.find("k1", now=NOON) == later


async def test_a_reply_that_rests_on_nothing_is_a_mistake(memory: Memory) -> None:
    with pytest.raises(ValueError, match="rests on no"):
        await memory.replies.keep("k1", REPLY, [], now=NOON)


async def test_after_thirty_days_a_reply_is_forgotten(memory: Memory) -> None:
    await memory.replies.keep("k1", REPLY, ["a1"], now=NOON)

    assert await memory.replies.find("k1", now=NOON + 30 * DAY - HOUR) == REPLY
    assert await memory.replies.find("k1", now=NOON + 30 * DAY) is None
    await memory.replies.keep("k2", REPLY, ["a1"], now=NOON + 30 * DAY)
    assert await memory.replies.find("k1", now=NOON) is None


async def test_what_rests_on_one_of_the_articles_is_forgotten(memory: Memory) -> None:
    await memory.replies.keep("k1", REPLY, ["a1", "a2"], now=NOON)
    await memory.replies.keep("k2", REPLY, ["a2"], now=NOON)
    await memory.replies.forget([])
    await memory.replies.forget(["a1", "unknown"])

    assert await memory.replies.find("k1", now=NOON) is None
    assert await memory.replies.find("k2", now=NOON) == REPLY


@pytest.mark.parametrize("how", [("killed", None), ("withheld", None), (None, NOON + HOUR)])
async def test_a_reply_goes_with_the_first_article_that_is_held(
    memory: Memory, how: tuple[Withdrawal | None, Instant | None]
) -> None:
    await memory.replies.keep("k1", REPLY, ["a1", "a2"], now=NOON)
    await memory.replies.keep("k2", REPLY, ["a2"], now=NOON)
    await memory.hold("a1", *how)

    assert await memory.replies.find("k1", now=NOON) is None
    assert await memory.replies.find("k2", now=NOON) == REPLY


@pytest.mark.parametrize("how", [("killed", None), (None, NOON + HOUR)])
async def test_what_was_being_written_while_its_article_was_held_is_not_kept(
    memory: Memory, how: tuple[Withdrawal | None, Instant | None]
) -> None:
    await memory.hold("a1", *how)
    await memory.replies.keep("k1", REPLY, ["a2", "a1"], now=NOON)
    await memory.hold("a1")

    assert await memory.replies.find("k1", now=NOON) is None


async def test_an_embargo_that_is_over_holds_no_reply_back(memory: Memory) -> None:
    await memory.hold("a1", None, NOON)
    await memory.replies.keep("k1", REPLY, ["a1"], now=NOON)

    assert await memory.replies.find("k1", now=NOON) == REPLY


def tables_with(path: Path, words: str) -> list[str]:
    """Return the tables of the file in which the words stand."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("model_reply", "model_reply_source")
        rows = {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables}  # noqa: S608
    return [table for table, found in rows.items() if words in repr(found)]


Taking = Callable[[SqliteArchive, Article], Awaitable[object]]


async def by_revising(archive: SqliteArchive, article: Article) -> None:
    await archive.revise({article.id: lambda _: article})


async def by_recording(archive: SqliteArchive, article: Article) -> None:
    sighting = Sighting(("k",), (article.id, "other"), "feed", lambda *_: True, lambda *_: article)
    await archive.record([sighting])


@pytest.mark.parametrize("take", [by_revising, by_recording])
@pytest.mark.parametrize("how", [("killed", None), (None, NOON + HOUR)])
async def test_the_words_of_a_reply_leave_the_file_in_the_change_that_holds_its_article(
    stored: SqliteArchive,
    path: Path,
    take: Taking,
    how: tuple[Withdrawal | None, Instant | None],
) -> None:
    await take(stored, an_article("a1"))
    written = ModelReply('{"bullets": ["Quillfeather"]}', "larkspur-small", "prompt")
    await stored.replies.keep("k1", written, ["a1", "a9"], now=NOON)
    assert tables_with(path, "Quillfeather") == ["model_reply"]
    assert tables_with(path, "a9") == ["model_reply_source"]

    await take(stored, replace(an_article("a1"), withdrawn=how[0], embargoed_until=how[1]))

    assert tables_with(path, "Quillfeather") == []
    assert tables_with(path, "a9") == []


async def test_a_kill_that_fails_takes_no_reply_along(stored: SqliteArchive) -> None:
    await by_revising(stored, an_article("a1"))
    await stored.replies.keep("k1", REPLY, ["a1"], now=NOON)
    killed = replace(an_article("a1"), withdrawn="killed")

    with pytest.raises(ValueError, match="was given as a change"):
        await stored.revise({"a1": lambda _: killed, "a2": lambda _: killed})

    assert await stored.replies.find("k1", now=NOON) == REPLY
