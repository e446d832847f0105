"""Who was away is told what is new since, once; and a shift hands over all that came."""

from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace

from bot.console.chat import answer
from bot.delivery.edition import briefing_card
from bot.delivery.handover import handover_card
from bot.delivery.plain import to_plain
from bot.desk import MAX_BACK, Desk
from bot.desk_marks import handover, mark_of, note_briefed, note_read, note_read_edition
from bot.errors import UnknownError
from bot.news import Dossier
from tests.fakes import FakeArchive, FakeDocuments
from tests.laws.desks import NOW, a_desk

HOUR = timedelta(hours=1)
FERRY = "Ferry stops for a month\n\nThe ferry stops for a month from Monday, the line said.\n"
STOPS = "The ferry to Tern Island stops for a month from Monday, the line said."
MENDED = "The ferry to Tern Island stops for six weeks from Monday, the line said."
OPENS = "The school in Ostervik opens a new library in October."
PLATES = "\nThe ferry sails again on Friday with eleven new plates in its hull, the yard said.\n"
SCHOOL = "Library for Ostervik\n\nThe school in Ostervik opens a new library in October.\n"
DOUBT = "\nIt is not known who pays for the shelves of the new library.\n"


def page(title: str, *paragraphs: str) -> bytes:
    """Return an article's page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    meta = '<meta property="og:site_name" content="Harbour Courier">'
    head = f"<html><head><title>{title}</title>{meta}</head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def write(desk: Desk, **texts: str) -> None:
    documents = desk.tools.documents
    assert isinstance(documents, FakeDocuments)
    documents.contents |= {f"{name}.txt": text.encode() for name, text in texts.items()}


def two_files() -> Desk:
    return a_desk({"ferry.txt": FERRY.encode(), "school.txt": b" "})


def printed(dossier: Dossier) -> str:
    return to_plain(briefing_card(dossier.briefing, UTC))


async def test_what_is_new_since_a_mark_is_told_and_nothing_else() -> None:
    desk = two_files()
    await desk.brief(now=NOW)
    write(desk, ferry=FERRY + PLATES, school=SCHOOL)

    dossier = await desk.brief(now=NOW + 2 * HOUR, mark=NOW + HOUR)

    by_title = {b.headline.parts: b for b in dossier.briefing.briefs}
    assert len(by_title) == 2
    (update,) = [b for b in dossier.briefing.briefs if b.told_at]
    assert update.told_at == NOW + HOUR
    assert [p.words for s in update.changed for p in s.passages()] == [PLATES.strip()]
    text = printed(dossier)
    assert "New since 17 Sep, 07:00: 2 stories, from 3 articles" in text
    assert "Library for Ostervik" in text

    again = await desk.brief(now=NOW + 3 * HOUR, mark=NOW + 2 * HOUR)
    assert again.briefing.briefs == ()
    assert "3 items seen, nothing new in 2 stories told before." in printed(again)


async def test_the_mark_follows_a_briefing_and_stays_where_something_was_left_out() -> None:
    desk = two_files()
    first = await desk.brief(now=NOW)
    await note_briefed(desk, "discord 1", first)
    assert await mark_of(desk, "discord 1") == NOW

    cut = replace(
        first.briefing,
        made_at=NOW + HOUR,
        stories_found=9,
        coverage=replace(first.briefing.coverage, mark=NOW),
    )
    await note_briefed(desk, "discord 1", replace(first, briefing=cut))
    assert await mark_of(desk, "discord 1") == NOW

    whole = replace(cut, stories_found=len(cut.briefs))
    await note_briefed(desk, "discord 1", replace(first, briefing=whole))
    assert await mark_of(desk, "discord 1") == NOW + HOUR


async def test_an_edition_that_was_read_moves_the_mark_to_when_it_was_made() -> None:
    desk = two_files()
    edition = await desk.brief(now=NOW)
    await note_read(desk, "discord 1", NOW - HOUR)
    assert await note_read_edition(desk, "discord 1", edition.briefing.id) == NOW
    with pytest.raises(UnknownError, match="not in the archive"):
        await note_read_edition(desk, "discord 1", "nowhere")


async def test_a_shift_hands_over_what_came_changed_was_mended_and_is_open() -> None:
    ferry, school = "https://courier.example/ferry", "https://post.example/school"
    desk = a_desk({ferry: page("Ferry stops for a month", STOPS)}, [ferry, school])
    await desk.brief(now=NOW)
    documents = desk.tools.documents
    assert isinstance(documents, FakeDocuments)
    documents.contents[ferry] = page("Ferry stops for a month", MENDED, PLATES.strip())
    documents.contents[school] = page("Library for Ostervik", OPENS, DOUBT.strip())

    told = await handover(desk, now=NOW + 2 * HOUR, since=NOW + HOUR)

    assert [news.title.words for news in told.new] == ["Library for Ostervik"]
    (changed,) = told.changed
    assert [p.words for p in changed.sentences] == [PLATES.strip()]
    ((before, after),) = [(m.before.words, m.after) for m in told.corrected]
    assert (before, after and after.words) == (STOPS, MENDED)
    assert [p.words for p in told.unconfirmed] == [DOUBT.strip()]
    text = to_plain(handover_card(told, UTC))
    assert "Handover, Thursday 17 September 2026, 08:00" in text
    assert (
        "Since 17 Sep, 07:00: 1 new story, 1 changed, 1 corrected, 1 still unconfirmed; nothing "
        "new in 0 stories. 2 items from 2 sources seen."
    ) in text
    assert f"corrected 17 Sep, 08:00 · before: {STOPS} · now: {MENDED}" in text


async def test_a_report_that_was_taken_back_is_handed_over_without_its_words() -> None:
    desk = two_files()
    await desk.brief(now=NOW)
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    ((article_id, article),) = archive.articles.items()
    killed = replace(article, withdrawn="killed", updated_at=NOW + HOUR)
    archive.articles[article_id] = killed
    write(desk, ferry=" ")

    told = await handover(desk, now=NOW + 2 * HOUR, since=NOW)
    assert told.withdrawn == (article.outlet,)
    assert "month" not in to_plain(handover_card(told, UTC))
    assert "1 report by" in to_plain(handover_card(told, UTC))
    later = await handover(desk, now=NOW + 3 * HOUR, since=NOW + 2 * HOUR)
    assert later.withdrawn == ()


async def test_a_handover_looks_back_a_shift_and_never_more_than_a_week() -> None:
    desk = two_files()
    assert (await handover(desk, now=NOW)).since == NOW - 8 * HOUR
    assert (await handover(desk, now=NOW, since=NOW - 9 * MAX_BACK)).since == NOW - MAX_BACK


async def test_the_terminal_desk_marks_tells_since_and_hands_over() -> None:
    desk = two_files()
    first = to_plain(await answer(desk, "since", now=NOW))
    assert "Ferry stops for a month" in first
    assert "nothing new in 1 story" in to_plain(await answer(desk, "since", now=NOW + HOUR))
    write(desk, school=SCHOOL)
    given = to_plain(await answer(desk, "since 06:30", now=NOW + 2 * HOUR))
    assert "Library for Ostervik" in given
    handed = to_plain(await answer(desk, "handover 06:30", now=NOW + 2 * HOUR))
    assert "1 new story" in handed
    assert "read up to 17 Sep, 08:00" in to_plain(await answer(desk, "read", now=NOW + 2 * HOUR))
    assert "nothing new in 2 stories" in to_plain(await answer(desk, "since", now=NOW + 3 * HOUR))
    assert "is no moment" in to_plain(await answer(desk, "since soon", now=NOW + 3 * HOUR))
