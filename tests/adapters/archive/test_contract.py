"""What every archive promises: the same tests on SQLite and on the fake."""

from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from bot.errors import ArchiveError, UnknownError
from bot.news import Article, Dossier, Revision
from bot.ports import Archive, Revise
from tests.builders import NOON, a_dossier, a_revision, an_article

HOUR = timedelta(hours=1)


def becoming(article: Article) -> Revise:
    return lambda _: article


async def keep(archive: Archive, *articles: Article) -> tuple[Article, ...]:
    return await archive.revise({article.id: becoming(article) for article in articles})


async def keep_dossier(archive: Archive, dossier: Dossier) -> None:
    await keep(archive, *dossier.articles)
    await archive.store(dossier)


def revised(article: Article, body: str) -> Article:
    new = Revision.of(
        article.id, article.latest.number + 1, article.latest.title, body, seen_at=NOON + HOUR
    )
    return replace(article, revisions=(*article.revisions, new))


async def test_an_article_comes_back_as_it_was_given(archive: Archive) -> None:
    article = replace(
        an_article("a1", a_revision(), a_revision(number=2, body="Shorter."), outlet="Sound Post"),
        byline="By Mira Tolland",
        language="en-GB",
        updated_at=NOON + HOUR,
        embargoed_until=NOON + timedelta(microseconds=1),
        withdrawn="killed",
    )

    assert await keep(archive, article) == (article,)

    assert await archive.find_article("a1") == article


async def test_an_unknown_article_is_not_found(archive: Archive) -> None:
    assert await archive.find_article("a1") is None


async def test_a_change_sees_the_stored_article_and_none_for_a_new_one(archive: Archive) -> None:
    await keep(archive, an_article("a1"))
    seen: dict[str, Article | None] = {}

    def look(key: str) -> Revise:
        def change(before: Article | None) -> Article:
            seen[key] = before
            return before or an_article(key)

        return change

    returned = await archive.revise({"a2": look("a2"), "a1": look("a1")})

    assert seen == {"a2": None, "a1": an_article("a1")}
    assert returned == (an_article("a2"), an_article("a1"))


async def test_no_changes_are_no_work(archive: Archive) -> None:
    assert await archive.revise({}) == ()


async def test_a_revision_is_added_and_the_record_changed(archive: Archive) -> None:
    await keep(archive, an_article())
    later = replace(revised(an_article(), "The ferry sails again."), byline="Staff")

    await keep(archive, later)

    assert await archive.find_article("a1") == later


@pytest.mark.parametrize(
    "wrong",
    [
        an_article("a1", a_revision(number=2)),
        an_article("a1", a_revision(body="Altered."), a_revision(number=2)),
        an_article("another"),
    ],
    ids=["dropped", "altered", "of another article"],
)
async def test_a_change_that_loses_a_revision_is_refused_with_all_others(
    archive: Archive, wrong: Article
) -> None:
    await keep(archive, an_article())

    with pytest.raises(ValueError, match="a1"):
        await archive.revise({"a2": becoming(an_article("a2")), "a1": becoming(wrong)})

    assert await archive.find_article("a1") == an_article()
    assert await archive.find_article("a2") is None


async def test_a_change_that_raises_changes_nothing(archive: Archive) -> None:
    def give_up(_: Article | None) -> Article:
        raise LookupError("no")

    with pytest.raises(LookupError):
        await archive.revise({"a1": becoming(an_article()), "a2": give_up})

    assert await archive.find_article("a1") is None


async def test_recent_articles_come_oldest_first_from_the_given_moment_on(archive: Archive) -> None:
    times = {"late": 2 * HOUR, "b": HOUR, "a": HOUR, "too-early": HOUR - timedelta(microseconds=1)}
    made = [an_article(key, published_at=NOON + after) for key, after in times.items()]
    await keep(archive, *made)

    found = await archive.articles_since(NOON + HOUR)

    assert [article.id for article in found] == ["a", "b", "late"]
    assert found[2] == made[0]


async def test_an_article_without_a_date_counts_from_when_it_was_first_seen(
    archive: Archive,
) -> None:
    undated = revised(an_article(published_at=None), "New.")
    await keep(archive, undated)

    assert await archive.articles_since(NOON) == (undated,)
    assert await archive.articles_since(NOON + HOUR) == ()


async def test_held_articles_are_among_the_recent_ones(archive: Archive) -> None:
    held = replace(an_article(), withdrawn="withheld")
    await keep(archive, held)

    assert await archive.articles_since(NOON) == (held,)


async def test_a_moment_may_be_told_in_any_zone_but_not_without_one(archive: Archive) -> None:
    await keep(archive, an_article())
    in_tokyo = NOON.astimezone(timezone(timedelta(hours=9)))

    assert len(await archive.articles_since(in_tokyo)) == 1
    assert await archive.articles_since(in_tokyo + HOUR) == ()
    with pytest.raises(ValueError, match="aware"):
        await archive.articles_since(datetime(2026, 3, 4))  # noqa: DTZ001 - that is the point


async def test_a_briefing_comes_back_with_its_sources_in_order(archive: Archive) -> None:
    two = an_article("a0", a_revision("a0"), a_revision("a0", 2, body="“So?” she said."))
    dossier = a_dossier(an_article("a9"), two, an_article("a5"))

    await keep_dossier(archive, dossier)

    assert await archive.find_dossier("b1") == dossier


async def test_a_quiet_day_has_a_briefing_without_sources(archive: Archive) -> None:
    quiet = Dossier(briefing=replace(a_dossier().briefing, briefs=(), stories_found=0), articles=())

    await archive.store(quiet)

    assert await archive.find_dossier("latest") == quiet


async def test_a_briefing_says_what_was_known_when_it_was_made(archive: Archive) -> None:
    dossier = a_dossier(an_article())
    await keep_dossier(archive, dossier)
    killed = replace(
        revised(an_article(), "Nothing of it is true."), address="", withdrawn="killed"
    )
    await keep(archive, killed)

    assert await archive.find_dossier("b1") == dossier


async def test_a_version_is_kept_once_and_stays_as_it_is(archive: Archive) -> None:
    await keep_dossier(archive, a_dossier())

    with pytest.raises(ArchiveError, match="b1"):
        await archive.store(a_dossier(made_at=NOON + HOUR))

    assert await archive.find_dossier("b1") == a_dossier()


async def test_versions_are_found_by_number_and_the_highest_by_default(archive: Archive) -> None:
    first, second = a_dossier(version=1), a_dossier(version=2, made_at=NOON + HOUR)
    await keep_dossier(archive, second)
    await keep_dossier(archive, first)

    assert await archive.find_dossier("b1") == second
    assert await archive.find_dossier("b1", 1) == first
    assert await archive.find_dossier("b1", 3) is None


@pytest.mark.parametrize("cited", [an_article("a2"), an_article("a1", a_revision(body="“Other.”"))])
async def test_a_briefing_on_a_text_that_is_not_stored_is_refused(
    archive: Archive, cited: Article
) -> None:
    await keep(archive, an_article("a1"))

    with pytest.raises(ValueError, match="not stored"):
        await archive.store(a_dossier(cited))

    assert await archive.find_dossier("latest") is None


async def test_the_latest_briefing_is_the_one_made_last(archive: Archive) -> None:
    assert await archive.find_dossier("latest") is None
    last = a_dossier(briefing_id="early-name", made_at=NOON + HOUR)
    await keep_dossier(archive, last)
    await keep_dossier(archive, a_dossier(briefing_id="late-name"))

    assert await archive.find_dossier("latest") == last
    assert await archive.find_dossier("latest", 1) == last
    assert await archive.find_dossier("latest", 2) is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("4fa1c2", "4fa1c2"),
        ("4fa1c20", "4fa1c200"),
        ("77e0", "77e0aa"),
        ("77e", None),
        ("77E0", None),
        ("77e_", None),
        ("", None),
        ("9999", None),
    ],
)
async def test_a_briefing_is_found_by_the_beginning_of_its_id(
    archive: Archive, asked: str, found: str | None
) -> None:
    for full in ("4fa1c2", "4fa1c200", "77e0aa"):
        await keep_dossier(archive, a_dossier(briefing_id=full))

    dossier = await archive.find_dossier(asked)

    assert (dossier and dossier.briefing.id) == found


async def test_a_beginning_that_several_briefings_share_asks_for_more(archive: Archive) -> None:
    for full in ("4fa1c2", "4fa1d3"):
        await keep_dossier(archive, a_dossier(briefing_id=full))

    with pytest.raises(UnknownError, match="4fa1"):
        await archive.find_dossier("4fa1")
