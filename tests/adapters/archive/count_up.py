"""Adds revisions to one article: a process of its own in the test of concurrent writers.

usage: python -m tests.adapters.archive.count_up DATABASE TIMES
"""

import asyncio
import sys
from pathlib import Path

from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.news import Article, Revision
from tests.builders import NOON, an_article


def one_more(article: Article | None) -> Article:
    """Return the article with a revision that follows from what was read."""
    if article is None:
        return an_article("a1")
    number = article.latest.number + 1
    new = Revision.of(article.id, number, f"Take {number}", "", seen_at=NOON)
    return replace(article, revisions=(*article.revisions, new), byline=f"{article.byline}+")


async def count_up(archive: SqliteArchive, times: int) -> None:
    for _ in range(times):
        await archive.revise({"a1": one_more})


async def main(path: Path, times: int) -> None:
    async with SqliteArchive.open(path, busy_timeout_seconds=60) as archive:
        await count_up(archive, times)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
