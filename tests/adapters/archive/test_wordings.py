"""What every index of words promises: the same tests on SQLite and on the fake."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from msgspec.structs import replace
from sqlalchemy import create_engine, insert

from bot.adapters.archive import SqliteArchive, rows, tables
from bot.news import Article
from bot.ports import Revise
from tests.builders import NOON, a_revision, an_article
from tests.fakes import FakeArchive

HOUR = timedelta(hours=1)
QUAY = "Mira Tolland said: “The northern quay will be closed for two years.”"
FERRY = "Piet Arendt wrote that “the old ferry has carried us for nineteen winters.”"
Archives = SqliteArchive | FakeArchive


def becoming(article: Article) -> Revise:
    return lambda _: article


async def keep(archive: Archives, *articles: Article) -> None:
    await archive.revise({article.id: becoming(article) for article in articles})


async def found(archive: Archives, words: str, now: datetime = NOON, limit: int = 10) -> list[str]:
    texts = await archive.wordings.find_texts(words, now=now, limit=limit)
    return [f"{text.article_id}.{text.number}" for text in texts]


async def test_the_text_that_holds_the_words_comes_first(archive: Archives) -> None:
    await keep(archive, an_article("a1", body=QUAY), an_article("a2", body=FERRY))
    assert (await found(archive, "The northern quay will be closed"))[0] == "a1.1"
    assert (await found(archive, "carried us for nineteen winters"))[0] == "a2.1"


async def test_altered_words_still_find_their_text(archive: Archives) -> None:
    await keep(archive, an_article("a1", body=QUAY), an_article("a2", body=FERRY))
    altered = "The northern quay will not be closed for three years"
    assert (await found(archive, altered))[0] == "a1.1"


async def test_case_accents_and_marks_do_not_count(archive: Archives) -> None:
    await keep(archive, an_article("a1", body="Élodie Varga: “L’été sera très long.”"))
    assert await found(archive, "'L'ETE SERA tres long'") == ["a1.1"]


async def test_words_of_no_text_find_nothing(archive: Archives) -> None:
    await keep(archive, an_article("a1", body=QUAY))
    assert await found(archive, "zebras gallop") == []
    assert await found(archive, "… — !") == []
    assert await found(archive, "") == []


async def test_every_revision_can_be_found_and_titles_too(archive: Archives) -> None:
    article = an_article(
        "a1", a_revision(body=QUAY), a_revision(number=2, title="Ferry stays", body=FERRY)
    )
    await keep(archive, article)
    assert await found(archive, "northern quay will be closed") == ["a1.1"]
    assert "a1.2" in await found(archive, "Ferry stays")


async def test_a_revision_that_comes_later_is_found(archive: Archives) -> None:
    first = an_article("a1", a_revision(body=QUAY))
    await keep(archive, first)
    await keep(
        archive, replace(first, revisions=(*first.revisions, a_revision(number=2, body=FERRY)))
    )
    assert (await found(archive, "old ferry has carried us"))[0] == "a1.2"


async def test_held_articles_are_not_found(archive: Archives) -> None:
    free = an_article("a1", body=QUAY)
    killed = replace(an_article("a2", body=QUAY), withdrawn="killed")
    later = replace(an_article("a3", body=QUAY), embargoed_until=NOON + HOUR)
    await keep(archive, free, killed, later)
    assert await found(archive, "northern quay will be closed") == ["a1.1"]
    after = await found(archive, "northern quay will be closed", NOON + HOUR)
    assert sorted(after) == ["a1.1", "a3.1"]


async def test_held_articles_take_no_places_from_the_others(archive: Archives) -> None:
    held = [replace(an_article(f"h{n}", body=QUAY), embargoed_until=NOON + HOUR) for n in range(9)]
    await keep(archive, an_article("a1", body=QUAY), *held)
    assert await found(archive, "northern quay will be closed", limit=2) == ["a1.1"]


async def test_no_more_texts_come_than_were_asked_for(archive: Archives) -> None:
    await keep(archive, *(an_article(f"a{n}", body=QUAY) for n in range(9)))
    assert len(await found(archive, "northern quay", limit=3)) == 3
    assert await found(archive, "northern quay", limit=0) == []


async def test_now_must_be_aware(archive: Archives) -> None:
    with pytest.raises(ValueError, match="aware"):
        await archive.wordings.find_texts("quay", now=NOON.replace(tzinfo=None))


async def test_an_archive_of_an_earlier_version_is_indexed_when_it_is_opened(path: Path) -> None:
    path.parent.mkdir()
    engine = create_engine(f"sqlite:///{path}")
    article = an_article("a1", a_revision(body=QUAY), a_revision(number=2, body=FERRY))
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "bot.adapters.archive:migrations")
        command.upgrade(config, "0006")
        row = rows.to_article_row(article)
        for column in ("categories", "stopped"):  # which came later
            del row[column]
        connection.execute(insert(tables.article), [row])
        connection.execute(
            insert(tables.revision), [rows.to_revision_row(r) for r in article.revisions]
        )
    engine.dispose()

    async with SqliteArchive.open(path) as archive:
        assert await found(archive, "northern quay will be closed") == ["a1.1"]
        await keep(archive, an_article("a2", body="A third text, of lanterns."))
        assert await found(archive, "of lanterns") == ["a2.1"]


@pytest.mark.parametrize(
    "words",
    [
        '"quay',
        'quay" OR "northern',
        "quay*",
        "NEAR(northern quay, 2)",
        "words: quay",
        "quay AND NOT northern",
        "^quay - + ( ) { }",
        "quay; DROP TABLE revision; --",
        "%quay_",
        "qu\x00ay",
        "\ud800",
        "漢字 é ß",
        "quay " * 5_000,
    ],
)
async def test_no_words_are_taken_for_a_query(archive: Archives, words: str) -> None:
    """Operators, quotes and wildcards of the index's own language are words like all others."""
    await keep(archive, an_article("a1", body=QUAY))
    assert set(await found(archive, words)) <= {"a1.1"}
