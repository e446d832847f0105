"""What a search of the archive promises."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.adapters.archive.search_plans import MAX_RANKED, MAX_READ, WINDOWS, plan
from bot.adapters.archive.search_terms import Term
from bot.followup.ranking import rank
from bot.news import Article, Placement, StopOrder
from bot.ports import Limits, Revise
from tests.builders import NOON, a_revision, an_article

DAY = timedelta(days=1)
QUAY = "The northern quay at Tern Island will be closed for two years, Mira Tolland said."
FERRY = "The old ferry resigned itself to nineteen winters. Piet Arendt steers it."


def becoming(article: Article) -> Revise:
    return lambda _: article


async def keep(archive: SqliteArchive, *articles: Article) -> None:
    await archive.revise({article.id: becoming(article) for article in articles})


async def found(archive: SqliteArchive, words: str, limits: Limits | None = None) -> list[str]:
    matches = await archive.searching.search(words, now=NOON, limits=limits or Limits())
    return [hit.article.id for hit in rank(matches, words, now=NOON)]


async def test_inflected_words_case_and_accents_find_the_text(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=QUAY), an_article("a2", body="Élodie closes shops."))
    assert (await found(stored, "CLOSING QUAYS"))[0] == "a1"
    assert (await found(stored, "elodie"))[0] == "a2"


async def test_a_word_that_changes_its_ending_is_found_and_another_word_is_not(
    stored: SqliteArchive,
) -> None:
    await keep(
        stored,
        an_article("a1", body="Many countries refused the levy."),
        an_article("a2", body="The portrait hung above the door."),
    )
    assert await found(stored, "country") == ["a1"]
    assert await found(stored, "port") == []


@pytest.mark.parametrize(
    ("language", "asked", "body"),
    [
        ("de", "Brücken", "Die Brücke am Nordkai bleibt gesperrt."),
        ("fr", "fermées", "Le quai nord sera fermé mardi."),
        ("sv", "broarna", "Bron stängs, och en annan bro öppnas: broar är dyra."),
        ("es", "elecciones", "La elección del puerto fue el martes."),
    ],
)
async def test_each_language_has_its_own_endings(
    stored: SqliteArchive, language: str, asked: str, body: str
) -> None:
    await keep(stored, replace(an_article("a1", body=body), language=language))
    assert await found(stored, asked, Limits(language=language)) == ["a1"]
    assert await found(stored, asked) == ["a1"]


async def test_languages_that_come_later_are_stemmed_beside_those_that_were_there(
    stored: SqliteArchive,
) -> None:
    await keep(stored, an_article("a1", body=QUAY))
    assert await found(stored, "closing") == ["a1"]
    german = an_article("a2", body="Die Brücke am Nordkai bleibt gesperrt.")
    await keep(stored, replace(german, language="de-AT"))
    assert await found(stored, "Brücken") == ["a2"]
    assert await found(stored, "closing") == ["a1"]


async def test_a_word_that_no_text_had_is_found_once_one_has_it(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=QUAY))
    assert await found(stored, "winters") == []
    await keep(stored, an_article("a2", body=FERRY))
    assert await found(stored, "winters") == ["a2"]


async def test_a_phrase_must_stand_as_it_is(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=QUAY), an_article("a2", body="A quay, northern."))
    assert await found(stored, "“northern quay”") == ["a1"]


async def test_the_sentence_that_is_shown_has_the_phrase_marked_as_a_whole(
    stored: SqliteArchive,
) -> None:
    body = "The quay is old. A northern wind blew. They met on the Northern – Quay, at last."
    await keep(stored, an_article("a1", body=body))
    for words in ("“northern quay”", "“northern quay” old"):
        (hit,) = rank(await stored.searching.search(words, now=NOON), words, now=NOON)
        assert hit.snippet.words == "They met on the Northern – Quay, at last."
        assert [hit.snippet.words[s:e] for s, e in hit.marks] == ["Northern – Quay"]


async def test_a_typing_error_in_a_name_is_forgiven_and_told(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=QUAY), an_article("a2", body=FERRY))
    matches = await stored.searching.search("Tollnad", now=NOON)
    assert [m.article.id for m in matches.found] == ["a1"]
    assert matches.mended == (("tollnad", "tolland"),)


async def test_words_of_an_older_revision_find_nothing(stored: SqliteArchive) -> None:
    texts = (a_revision("a1", body=QUAY), a_revision("a1", number=2, body=FERRY))
    await keep(stored, an_article("a1", *texts))
    assert await found(stored, "quay") == []
    assert await found(stored, "ferry") == ["a1"]


async def test_held_text_is_found_by_nobody(stored: SqliteArchive) -> None:
    later = replace(an_article("a1", body=QUAY), embargoed_until=NOON + DAY)
    killed = replace(an_article("a2", body=QUAY), withdrawn="killed")
    await keep(stored, later, killed, an_article("a3", body=FERRY))
    assert await found(stored, "northern quay Tolland") == []


async def test_what_editors_stop_is_found_by_nobody_until_it_is_released(
    stored: SqliteArchive,
) -> None:
    await keep(stored, an_article("a1", body=QUAY), an_article("a2", body=FERRY))
    story = StopOrder("story", killed=True, name="the quay", by="e", at=NOON, article_ids=("a1",))
    stop = await stored.stops.stop(story)
    assert await found(stored, "northern quay Tolland") == []
    assert (await stored.searching.search("Tollnad", now=NOON)).mended == ()
    await stored.stops.release(stop.id, by="e", at=NOON)
    assert await found(stored, "northern quay Tolland") == ["a1"]


async def test_words_of_a_stopped_quote_lead_to_nothing(stored: SqliteArchive) -> None:
    said = "The pumps of the lower lock will never be mended in our time"
    body = f"{QUAY}\n\n“{said},” said Ada Munk."
    await keep(stored, an_article("a1", body=body))
    words = StopOrder("quote", killed=True, name="a quote", by="e", at=NOON, wordings=(said,))
    await stored.stops.stop(words)
    assert await found(stored, "pumps") == []
    (hit,) = await found(stored, "northern quay")
    assert hit == "a1"
    matches = await stored.searching.search("northern quay", now=NOON)
    assert "pumps" not in matches.found[0].article.latest.body


def test_a_search_for_frequent_words_gives_the_newest_texts() -> None:
    terms = [Term("quay", ("quay", "quays"), MAX_RANKED * 2), Term("lock", ("lock",), 10**6)]
    both, rarer = plan(terms, (), 0)
    assert (both.question, both.ranked) == ('("quay" OR "quays") AND "lock"', False)
    assert (rarer.question, rarer.windows) == ('("quay" OR "quays")', WINDOWS)


def test_frequent_words_only_help_to_rank_where_rare_ones_are_asked_for() -> None:
    terms = [Term("lock", ("lock",), MAX_READ), Term("tolland", ("tolland",), 3)]
    both, rare = plan([*terms, Term("said", ("said",), 10**6)], (), 0)
    assert both.question == '("tolland") AND ("lock")'
    assert rare.question == '"tolland"'


def test_a_phrase_of_frequent_words_gives_the_newest_texts() -> None:
    (asked,) = plan([], ["prime minister"], MAX_RANKED + 1)
    assert (asked.question, asked.ranked, asked.windows) == ('"prime minister"', False, WINDOWS)


async def test_limits_narrow_what_is_found(stored: SqliteArchive) -> None:
    old = replace(an_article("a1", body=QUAY), published_at=NOON - 9 * DAY)
    other = an_article("a2", body=QUAY, outlet="Tern Post")
    french = replace(an_article("a3", body=QUAY), language="fr-FR")
    await keep(stored, old, other, french)
    assert "a1" not in await found(stored, "quay", Limits(since=NOON - DAY))
    assert await found(stored, "quay", Limits(until=NOON - DAY)) == ["a1"]
    assert await found(stored, "quay", Limits(outlets=("Tern Post",))) == ["a2"]
    assert await found(stored, "quay", Limits(language="fr")) == ["a3"]
    assert await found(stored, "quay", Limits(story_id="none")) == []


async def test_nothing_that_is_typed_breaks_the_search(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=QUAY))
    for words in ("", "“”", '"', "AND OR NOT", "quay*", "a:b", "(", "'; DROP TABLE article; --"):
        await found(stored, words)
    assert await found(stored, "quay " * 5000) == ["a1"]


async def test_the_snippet_shows_the_words_in_their_places(stored: SqliteArchive) -> None:
    await keep(stored, an_article("a1", body=f"Rain fell.\n\n{QUAY}"))
    matches = await stored.searching.search("quay closed", now=NOON)
    (hit,) = rank(matches, "quay closed", now=NOON)
    assert hit.snippet.words == QUAY
    assert [hit.snippet.words[a:b] for a, b in hit.marks] == ["quay", "closed"]


async def test_several_reports_of_one_story_make_room_for_another(stored: SqliteArchive) -> None:
    body = "The quay closed. The quay, the quay, the quay."
    alike = [an_article(f"a{n}", body=body) for n in range(4)]
    other = an_article("z", body="The quay closed, and the quay will open again, they said.")
    await keep(stored, *alike, other)
    assert (await found(stored, "quay"))[-1] == "z"
    await stored.stories.place([Placement(a.id, "s1", NOON) for a in alike], [], now=NOON)
    ids = await found(stored, "quay")
    assert ids.index("z") < 4
    assert sorted(ids) == ["a0", "a1", "a2", "a3", "z"]
