"""What every store of stops promises: the same tests on SQLite and on the fake."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.errors import UnknownError
from bot.news import REDACTED, Article, Dossier, Post, Revision, StopOrder
from bot.ports import ModelReply
from tests.builders import NOON, TITLE, a_brief, a_dossier, a_quote, a_revision, an_article
from tests.fakes import FakeArchive

Archive = SqliteArchive | FakeArchive
HOUR = timedelta(hours=1)
SAID = "The hull needs new plates and the pier needs new piles,"
SPOKEN = (
    "The ferry to Tern Island stops for a month from Monday.\n\n"
    f"Nobody was surprised. “{SAID}” said Mira Tolland, who runs the line. She left soon.\n\n"
    "Two hundred people cross the sound on it each day."
)
EDITOR = "editor 7"


async def keep(archive: Archive, *articles: Article) -> None:
    await archive.revise({a.id: lambda _, a=a: a for a in articles})  # type: ignore[misc]


def of_story(*ids: str, killed: bool = True) -> StopOrder:
    return StopOrder("story", killed, "the ferry", EDITOR, NOON, "a lawyer rang", ids)


def of_quote(*wordings: str, killed: bool = True) -> StopOrder:
    return StopOrder("quote", killed, "a quote", EDITOR, NOON, wordings=wordings)


async def test_a_stopped_story_comes_out_held_until_it_is_released(archive: Archive) -> None:
    await keep(archive, an_article("a1"), an_article("a2"))

    stop = await archive.stops.stop(of_story("a1"))

    assert stop.article_ids == ("a1",)
    one, other = await archive.articles_since(NOON)
    assert (one.id, one.stopped, one.is_held(NOON)) == ("a1", "killed", True)
    assert (other.stopped, other.is_held(NOON)) == (None, False)
    assert await archive.find_article("a1") == one
    assert await archive.stops.standing() == (stop,)

    released = await archive.stops.release(stop.id, by=EDITOR, at=NOON + HOUR)
    assert released.released_at == NOON + HOUR
    assert await archive.find_article("a1") == an_article("a1")
    assert await archive.stops.standing() == ()
    with pytest.raises(UnknownError):
        await archive.stops.release(stop.id, by=EDITOR, at=NOON + HOUR)


async def test_what_two_orders_stop_stays_until_both_are_released(archive: Archive) -> None:
    await keep(archive, an_article("a1"))
    held = await archive.stops.stop(of_story("a1", killed=False))
    assert (await archive.find_article("a1") or an_article()).stopped == "held"
    killed = await archive.stops.stop(of_story("a1"))
    assert held.id != killed.id
    assert await archive.stops.standing() == (killed, held)

    await archive.stops.release(killed.id, by=EDITOR, at=NOON)

    assert (await archive.find_article("a1") or an_article()).stopped == "held"


async def test_what_stands_already_is_not_ordered_twice(archive: Archive) -> None:
    await keep(archive, an_article("a1"))
    first = await archive.stops.stop(of_story("a1"))

    assert await archive.stops.stop(of_story("a1")) == first
    assert len(await archive.stops.audit()) == 1


async def test_an_article_that_changes_stays_stopped(archive: Archive) -> None:
    await keep(archive, an_article("a1"))
    await archive.stops.stop(of_story("a1"))

    def change(before: Article | None) -> Article:
        assert before is not None
        new = a_revision("a1", 2, body="It sails again.")
        return replace(before, revisions=(*before.revisions, new))

    await archive.revise({"a1": change})

    found = await archive.find_article("a1")
    assert found is not None
    assert (found.stopped, found.latest.number) == ("killed", 2)


async def test_what_joins_a_stopped_story_is_stopped_with_it(archive: Archive) -> None:
    await keep(archive, *(an_article(f"a{n}") for n in (1, 2, 3)))
    stop = await archive.stops.stop(of_story("a1"))
    places = {"a1": "s1", "a2": "s1", "a3": "s3"}

    assert await archive.stops.join(places) == {"a2"}
    assert await archive.stops.join(places) == frozenset()

    assert [a.stopped for a in await archive.articles_since(NOON)] == ["killed", "killed", None]
    await archive.stops.release(stop.id, by=EDITOR, at=NOON)
    assert [a.stopped for a in await archive.articles_since(NOON)] == [None] * 3


async def test_stopped_words_come_out_as_blanks_with_the_whole_sentence(archive: Archive) -> None:
    await keep(archive, an_article("a1", body=SPOKEN))

    stop = await archive.stops.stop(of_quote(SAID))

    assert stop.article_ids == ("a1",)
    found = await archive.find_article("a1")
    assert found is not None
    text = found.latest
    assert not found.is_held(NOON)
    assert "hull" not in text.body
    assert "Tolland" not in text.body
    assert len(text.body) == len(SPOKEN)
    gone = f"“{SAID}” said Mira Tolland, who runs the line."
    assert text.body == SPOKEN.replace(gone, REDACTED * len(gone))
    assert text.body_sha256 == an_article("a1", body=SPOKEN).latest.body_sha256
    assert (await archive.articles_since(NOON))[0] == found


@pytest.mark.parametrize(
    "printed",
    [
        "“THE HULL needs new plates and the pier needs new piles!” she cried.",
        "'The hull needs new\nplates and the pier needs new piles'",
        "Ms Tolland holds that the hull needs new plates and the pier can wait.",
    ],
)
async def test_the_words_are_stopped_wherever_they_are_printed_before_and_after(
    archive: Archive, printed: str
) -> None:
    await keep(archive, an_article("a1", body=SPOKEN), an_article("a2", body=printed))
    await archive.stops.stop(of_quote(SAID))

    await keep(archive, an_article("a3", body=printed))

    for article in await archive.articles_since(NOON):
        assert "hull" not in article.latest.body.casefold()
        assert (
            await archive.wordings.find_texts("hull needs new plates and the pier", now=NOON)
            is not None
        )


async def test_an_article_with_the_words_in_its_title_is_stopped_whole(archive: Archive) -> None:
    await keep(archive, an_article("a1", title="“" + SAID + "” says Tolland"))
    await archive.stops.stop(of_quote(SAID))
    await keep(archive, an_article("a2", title=SAID))

    assert [a.stopped for a in await archive.articles_since(NOON)] == ["killed", "killed"]


async def test_words_that_are_everybodys_are_not_stopped(archive: Archive) -> None:
    other = an_article("a2", body="“The hull needs new plates,” he said of another ship.")
    await keep(archive, an_article("a1", body=SPOKEN), other)
    await archive.stops.stop(of_quote(SAID))

    assert await archive.find_article("a2") == other


async def test_a_search_finds_nothing_that_is_stopped(archive: Archive) -> None:
    if isinstance(archive, FakeArchive):
        archive.wordings.articles = archive.articles
    await keep(archive, an_article("a1", body=SPOKEN), an_article("a2", body="Quillfeather sings."))
    await archive.stops.stop(of_quote(SAID))
    await archive.stops.stop(of_story("a2"))

    found = await archive.wordings.find_texts("hull needs new plates", now=NOON)

    assert all("hull" not in text.body for text in found)
    assert await archive.wordings.find_texts("Quillfeather", now=NOON) == ()


async def test_a_briefing_made_from_what_was_given_out_is_stored_and_found(
    archive: Archive,
) -> None:
    await keep(archive, an_article("a1", body=SPOKEN))
    await archive.stops.stop(of_quote(SAID))
    found = await archive.find_article("a1")
    assert found is not None

    await archive.store(a_dossier(found))
    await archive.store(a_dossier(found))

    kept = await archive.find_dossier("b1")
    assert kept is not None
    assert kept.articles == (an_article("a1", body=SPOKEN),)


async def test_the_audit_says_who_did_what_when_and_why_but_no_words(archive: Archive) -> None:
    await keep(archive, an_article("a1", body=SPOKEN))
    story = await archive.stops.stop(of_story("a1", killed=False))
    await archive.stops.stop(of_quote(SAID))
    await archive.stops.release(story.id, by="editor 8", at=NOON + HOUR, reason="cleared")

    deeds = await archive.stops.audit()

    assert [(d.did, d.by, d.what, d.reason, d.at) for d in deeds] == [
        ("release", "editor 8", "the ferry", "cleared", NOON + HOUR),
        ("kill", EDITOR, "a quote", "", NOON),
        ("hold", EDITOR, "the ferry", "a lawyer rang", NOON),
    ]
    assert len(await archive.stops.audit(limit=1)) == 1


async def test_a_posted_briefing_that_tells_of_what_is_held_by_now_is_named(
    archive: Archive,
) -> None:
    articles = [an_article("a1", body=SPOKEN), an_article("a2"), an_article("a3")]
    await keep(archive, *articles)
    for number, article in enumerate(articles, start=1):
        post = Post(f"k{number}", 1, f"b{number}", 1)
        posts = [post] if article.id != "a3" else []
        await archive.store(a_dossier(article, briefing_id=f"b{number}"), posts=posts)
    assert await archive.stops.told_and_held(now=NOON) == ()

    quote = await archive.stops.stop(of_quote(SAID))
    assert await archive.stops.told_and_held(now=NOON) == ("b1",)
    await archive.stops.stop(of_story("a2", "a3"))
    assert await archive.stops.told_and_held(now=NOON) == ("b1", "b2")
    await archive.stops.release(quote.id, by=EDITOR, at=NOON)
    assert await archive.stops.told_and_held(now=NOON) == ("b2",)

    gone = a_dossier(articles[0], briefing_id="b2", version=2)
    await archive.store(gone)
    assert await archive.stops.told_and_held(now=NOON) == ()


@pytest.mark.parametrize("when", [NOON + HOUR, NOON])
async def test_an_embargo_that_came_late_counts_until_it_is_over(
    archive: Archive, when: object
) -> None:
    await keep(archive, an_article("a1"))
    await archive.store(a_dossier(), posts=[Post("k1", 1, "b1", 1)])
    await archive.revise({"a1": lambda a: replace(a or an_article(), embargoed_until=NOON + HOUR)})

    found = await archive.stops.told_and_held(now=when)  # type: ignore[arg-type]

    assert found == (("b1",) if when == NOON else ())


def quoting(article: Article, briefing_id: str, version: int = 1) -> Dossier:
    made = a_dossier(article, briefing_id=briefing_id, version=version)
    brief = a_brief(article, quotes=(a_quote(article),))
    return replace(made, briefing=replace(made.briefing, briefs=(brief,)))


async def test_a_purge_leaves_blanks_and_hashes_and_takes_the_words_out_of_briefings(
    archive: Archive,
) -> None:
    before = an_article("a1", a_revision(), a_revision(number=2, body="Shorter."))
    await keep(archive, before, an_article("a2", title="Another"))
    first = an_article("a1")
    await archive.store(quoting(first, "b1"))
    await archive.store(quoting(first, "b1", version=2))
    await archive.store(a_dossier(an_article("a2", title="Another"), briefing_id="b2"))

    assert await archive.stops.purge("a1", by="chief 1", at=NOON, reason="court order") == 2

    found = await archive.find_article("a1")
    assert found is not None
    assert (found.stopped, found.is_held(NOON)) == ("purged", True)
    assert [r.body_sha256 for r in found.revisions] == [r.body_sha256 for r in before.revisions]
    assert not "".join(r.title + r.body for r in found.revisions).strip()
    for version in (1, 2):
        dossier = await archive.find_dossier("b1", version)
        assert dossier is not None
        assert dossier.briefing.briefs == ()
        assert dossier.briefing.coverage.held == 1
        assert dossier.articles[0].revisions[0].redacted
    other = await archive.find_dossier("b2")
    assert other is not None
    assert len(other.briefing.briefs) == 1
    assert (await archive.stops.audit())[0].did == "purge"
    for unknown in ("a1", "a9"):
        with pytest.raises(UnknownError):
            await archive.stops.purge(unknown, by="chief 1", at=NOON)


async def test_only_old_texts_that_no_briefing_cites_are_offered_for_removal(
    archive: Archive,
) -> None:
    old = [an_article(f"a{n}", published_at=NOON - n * HOUR) for n in range(1, 6)]
    await keep(archive, *old)
    await archive.store(a_dossier(old[1]))
    await archive.stops.purge("a3", by="chief 1", at=NOON)

    assert await archive.stops.uncited_before(NOON - HOUR, limit=9) == ("a5", "a4")
    assert await archive.stops.uncited_before(NOON - HOUR, limit=1) == ("a5",)


async def test_nothing_of_a_purged_text_stays_in_the_file(
    stored: SqliteArchive, path: Path
) -> None:
    word = "Quillfeather"
    article = an_article("a1", title=f"{word} sings", body=f"Nobody had heard {word} sing. " * 300)
    await keep(stored, article, an_article("a2"))
    await stored.store(a_dossier(article))
    reply = ModelReply(f"{word} sings", "m", "json_object")
    await stored.replies.keep("k", reply, ["a1"], now=NOON)

    await stored.stops.purge("a1", by="chief 1", at=NOON)

    files = [f.read_bytes() for f in path.parent.iterdir() if f.name != "nutgraf.db.lock"]
    assert all(word.encode() not in content for content in files)
    assert await stored.wordings.find_texts(word, now=NOON) == ()
    await keep(stored, an_article("a3", body="The index still works."))
    assert await stored.wordings.find_texts("index still works", now=NOON)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET body = 'Other words.'",
        "UPDATE revision SET body = char(10), purged_at = 'now'",
        "UPDATE briefing SET content = '{}'",
        "UPDATE deed SET by = 'nobody'",
        "DELETE FROM deed",
        "DELETE FROM revision",
    ],
)
async def test_the_store_lets_nothing_but_a_purge_through(
    stored: SqliteArchive, path: Path, statement: str
) -> None:
    await keep(stored, an_article("a1"))
    await stored.store(a_dossier())
    await stored.stops.stop(of_quote("words that nobody ever said aloud"))

    with closing(sqlite3.connect(path)) as by_hand, pytest.raises(sqlite3.IntegrityError):
        by_hand.execute(statement)


async def test_a_redacted_text_is_never_written_back(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=SPOKEN))
    await stored.stops.stop(of_quote(SAID))
    given_out = await stored.find_article("a1")
    assert given_out is not None

    with pytest.raises(ValueError, match="dropped or altered"):
        await keep(stored, given_out)
    with pytest.raises(ValueError, match="not to be stored"):
        await keep(stored, replace(given_out, id="a2", revisions=(_of("a2", given_out.latest),)))


async def test_stops_forget_what_a_model_wrote_from_the_texts(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=SPOKEN), an_article("a2"))
    for key, article_id in (("k1", "a1"), ("k2", "a2")):
        reply = ModelReply("{}", "m", "json_object")
        await stored.replies.keep(key, reply, [article_id], now=NOON)

    quote = await stored.stops.stop(of_quote(SAID))
    await stored.stops.stop(of_story("a2"))

    assert await stored.replies.find("k1", now=NOON) is None
    assert await stored.replies.find("k2", now=NOON) is None
    await stored.replies.keep("k2", ModelReply("{}", "m", "json_object"), ["a2"], now=NOON)
    assert await stored.replies.find("k2", now=NOON) is None
    assert quote.article_ids == ("a1",)


def _of(article_id: str, text: Revision) -> Revision:
    spans = tuple(replace(span, article_id=article_id) for span in text.redacted)
    return replace(text, article_id=article_id, redacted=spans)


def test_a_revision_cannot_claim_a_gap_where_words_stand() -> None:
    span = an_article("a1").latest.whole_title().span
    with pytest.raises(ValueError, match="not the text that was hashed"):
        replace(an_article("a1").latest, redacted=(span,))
    assert TITLE


async def test_the_ends_of_embargoes_are_known_in_order(archive: Archive) -> None:
    ends = {"a1": NOON + 2 * HOUR, "a2": NOON + HOUR, "a3": NOON}
    held = [replace(an_article(i), embargoed_until=end) for i, end in ends.items()]
    await keep(archive, *held, an_article("a4"))

    assert await archive.stops.embargoes_ended(NOON, NOON + 2 * HOUR) == ("a2", "a1")
    assert await archive.stops.embargoes_ended(NOON - HOUR, NOON) == ("a3",)
    assert await archive.stops.next_embargo_end(NOON) == NOON + HOUR
    assert await archive.stops.next_embargo_end(NOON + 2 * HOUR) is None
