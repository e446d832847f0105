"""Items find their articles by keys: the same tests on SQLite and on the fake."""

import asyncio
import sqlite3
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.news import Article, Carrier
from bot.ports import Archive, Sighting
from tests.builders import NOON, a_revision, an_article


def becoming(body: str, article: Article | None, id_: str, _: object) -> Article:
    if article is None:
        return an_article(id_, body=body)
    if article.latest.body == body:
        return article
    new = a_revision(article.id, article.latest.number + 1, body=body)
    return replace(article, revisions=(*article.revisions, new))


def seen(
    *keys: str, body: str = "A.", new: str = "", refused: tuple[str, ...] = (), kill: bool = False
) -> Sighting:
    return Sighting(
        keys,
        (new or f"a-{keys[0]}", f"b-{keys[0]}-{body}"),
        "feed",
        lambda article, key: (article.id, key) not in [tuple(r.split()) for r in refused],
        partial(becoming, body),
        everywhere=kill,
    )


async def ids(archive: Archive, *sightings: Sighting) -> list[str]:
    return [article.id for article in await archive.record(sightings)]


async def test_an_article_is_found_under_every_key_that_it_was_seen_under(archive: Archive) -> None:
    assert await ids(archive, seen("k1", "k2")) == ["a-k1"]
    assert await ids(archive, seen("k3", "k2")) == ["a-k1"]
    assert await ids(archive, seen("k4", "k3")) == ["a-k1"]
    assert await ids(archive, seen("k5", "k6")) == ["a-k5"]


async def test_the_first_key_that_fits_decides(archive: Archive) -> None:
    await archive.record([seen("k1"), seen("k2")])
    assert await ids(archive, seen("k2", "k1")) == ["a-k2"]
    assert await ids(archive, seen("k2", "k1", refused=("a-k2 k2",))) == ["a-k1"]


async def test_a_key_that_stands_for_another_article_makes_a_new_one(archive: Archive) -> None:
    await archive.record([seen("k1")])
    other = seen("k1", "k9", body="B.", refused=("a-k1 k1",))
    assert await ids(archive, other) == ["b-k1-B."]
    assert await ids(archive, other) == ["b-k1-B."], "its own key finds it"
    assert await ids(archive, seen("k1")) == ["a-k1"], "whose article a key is, never changes"


async def test_an_article_of_before_keys_is_found_under_its_id(archive: Archive) -> None:
    await archive.revise({"a-k1": lambda _: an_article("a-k1")})
    assert await ids(archive, seen("k1", "k2", body="B.")) == ["a-k1"]
    assert await ids(archive, seen("k2")) == ["a-k1"]


async def test_sightings_build_on_those_before_them(archive: Archive) -> None:
    bodies = [seen("k1", body="A."), seen("k2", "k1", body="B."), seen("k3", "k2", body="C.")]
    (article,) = await archive.record(bodies)
    assert [r.body for r in article.revisions] == ["A.", "B.", "C."]
    assert await archive.find_article("a-k1") == article


async def test_a_kill_changes_all_that_its_keys_name(archive: Archive) -> None:
    await archive.record([seen("k1"), seen("k2")])
    killed = await archive.record([seen("k1", "k2", body="Killed.", kill=True)])
    assert [a.latest.body for a in killed] == ["Killed.", "Killed."]


async def test_what_raises_leaves_neither_articles_nor_keys(archive: Archive) -> None:
    def give_up(*_: object) -> Article:
        raise LookupError("no")

    failing = Sighting(("k2",), ("x", "y"), "feed", lambda *_: True, give_up)
    with pytest.raises(LookupError):
        await archive.record([seen("k1"), failing])
    assert await archive.find_article("a-k1") is None
    assert await ids(archive, seen("k1", new="z")) == ["z"]


async def test_a_record_that_loses_a_revision_is_refused(archive: Archive) -> None:
    await archive.record([seen("k1")])
    losing = Sighting(
        ("k1",), ("x", "y"), "feed", lambda *_: True, lambda *_: an_article("a-k1", body="Lost.")
    )
    with pytest.raises(ValueError, match="a-k1"):
        await archive.record([losing])


async def test_no_sightings_are_no_work(archive: Archive) -> None:
    assert await archive.record([]) == ()


async def test_carriers_and_streams_come_back_as_they_were(archive: Archive) -> None:
    carriers = (
        Carrier("https://courier.example/feed", "0" * 64, "1" * 64, updated_at=NOON),
        Carrier("desk", "0" * 64, "1" * 64, None, NOON + timedelta(days=1), "withheld"),
    )
    article = replace(
        an_article("a1"), carriers=carriers, liveblog=True, categories=("Sea, ports",)
    )
    await archive.revise({"a1": lambda _: article})
    assert await archive.find_article("a1") == article
    assert await archive.articles_since(NOON) == (article,)


async def test_more_keys_than_one_query_takes_are_all_found(archive: Archive) -> None:
    many = [seen(f"k{n}", f"m{n}") for n in range(700)]
    await archive.record(many)
    again = [seen(f"n{n}", f"m{n}") for n in range(700)]
    assert await ids(archive, *again) == [f"a-k{n}" for n in range(700)]


async def test_writers_at_the_same_time_make_one_article(stored: SqliteArchive, path: Path) -> None:
    async with SqliteArchive.open(path) as beside:
        both = [stored, beside]
        sightings = [seen(f"k{n}", "shared", body=f"{n}.") for n in range(40)]
        await asyncio.gather(*(both[n % 2].record([s]) for n, s in enumerate(sightings)))

    (article,) = await stored.articles_since(NOON)
    assert sorted(r.body for r in article.revisions) == sorted(f"{n}." for n in range(40))
    assert [r.number for r in article.revisions] == list(range(1, 41))
    rows = sqlite3.connect(path)
    assert rows.execute("SELECT count(*) FROM article_key").fetchone() == (41,)
    assert rows.execute("SELECT count(DISTINCT article_id) FROM article_key").fetchone() == (1,)
    rows.close()
