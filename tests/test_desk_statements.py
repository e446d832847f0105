"""The key statements of the window, as a stored briefing of nothing else."""

from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.desk_links import brief_link
from bot.desk_statements import key_quotes
from bot.errors import FetchError, NothingReadError, UnknownError
from tests.chat.rooms import NEWS
from tests.fakes import FakeDocuments
from tests.laws.desks import NOW, a_desk


async def a_read_desk() -> Desk:
    """Return a desk that has read its two stories."""
    desk = a_desk(NEWS)
    await desk.read_sources(now=NOW)
    return desk


async def test_only_what_was_said_is_kept_and_it_is_stored_with_its_proof() -> None:
    desk = await a_read_desk()
    found = await key_quotes(desk, now=NOW)

    stored = await desk.tools.archive.find_dossier(found.briefing.id)
    assert stored
    assert stored.briefing == found.briefing
    assert all(brief.quotes and not brief.sentences for brief in found.briefing.briefs)


@pytest.mark.parametrize("speaker", ["Mira Tolland", "tolland", "TÓLLAND mira"])
async def test_a_speaker_is_known_by_words_of_the_name(speaker: str) -> None:
    found = await key_quotes(await a_read_desk(), now=NOW, speaker=speaker)
    (quote,) = [quote for brief in found.briefing.briefs for quote in brief.quotes]
    assert quote.speaker
    assert quote.speaker.name.words == "Mira Tolland"


@pytest.mark.parametrize("speaker", ["Tol", "Mira Hale", "nobody"])
async def test_half_a_name_is_nobodys(speaker: str) -> None:
    with pytest.raises(UnknownError, match=f"Nobody called {speaker} is quoted in this window"):
        await key_quotes(await a_read_desk(), now=NOW, speaker=speaker)


async def test_the_window_and_the_subject_narrow_it() -> None:
    desk = await a_read_desk()
    found = await key_quotes(desk, now=NOW, about="library", since=NOW - timedelta(hours=3))
    assert found.briefing.coverage.since == NOW - timedelta(hours=3)
    assert len(found.briefing.briefs) == 1
    with pytest.raises(UnknownError, match="Nobody is quoted on library in this window"):
        await key_quotes(desk, now=NOW, about="library", since=NOW - timedelta(hours=1))


async def test_a_link_is_read_through_its_own_door_and_changes_nothing_else() -> None:
    desk = await a_read_desk()
    edition = await desk.brief(now=NOW)
    links = FakeDocuments({"https://courier.example/crane": NEWS["https://courier.example/crane"]})

    found = await brief_link(desk, links, " https://courier.example/crane ", now=NOW)

    assert len(found.briefing.briefs) == 1
    assert desk.last_edition is edition
    with pytest.raises(NothingReadError):
        await brief_link(desk, links, "https://post.example/library", now=NOW)
    with pytest.raises(FetchError, match="is no web address"):
        await brief_link(desk, links, "-", now=NOW)
