from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.errors import VerificationError
from bot.news import Outlet, Passage, Revision, Source, Span, digest
from tests.builders import NOON, a_revision, a_source, an_article

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_a_revision_carries_the_hashes_of_its_own_text() -> None:
    revision = a_revision(title="Ferry", body="It stops.")

    assert revision.body_sha256 == digest("It stops.")
    with pytest.raises(VerificationError, match="body of article a1, revision 1, is not the text"):
        replace(revision, body="It runs.")
    with pytest.raises(VerificationError, match="title of article a1"):
        replace(revision, title="Train")


@given(texts, st.data())
def test_a_passage_is_the_slice_at_its_offsets_in_any_script(
    body: str, data: st.DataObject
) -> None:
    revision = Revision.of("a1", 1, "", body, seen_at=NOON)
    start = data.draw(st.integers(0, len(body) + 2))
    end = data.draw(st.integers(0, len(body) + 2))

    if start < end <= len(body):
        passage = revision.passage("body", start, end)
        assert passage.words == body[start:end]
    else:
        with pytest.raises(VerificationError):
            revision.passage("body", start, end)


def test_a_passage_cannot_be_longer_than_its_span() -> None:
    with pytest.raises(VerificationError, match="not as long as its span"):
        Passage(Span("a1", 1, "body", 0, 3), "four")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 1)])
def test_a_span_holds_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(VerificationError, match="holds no words"):
        Span("a1", 1, "body", start, end)


def test_a_span_counts_revisions_from_one() -> None:
    with pytest.raises(VerificationError, match="counted from 1"):
        Span("a1", 0, "body", 0, 1)


def test_an_article_holds_its_own_revisions_in_order() -> None:
    first, second = a_revision(number=1), a_revision(number=2, body="Changed.")

    assert an_article("a1", first, second).latest is second
    with pytest.raises(VerificationError, match="out of order"):
        an_article("a1", second, first)
    with pytest.raises(VerificationError, match="holds a revision of article a1"):
        an_article("a2", first)
    with pytest.raises(VerificationError, match="has no revision 7"):
        an_article("a1", first).revision(7)


def test_an_article_without_revisions_or_id_is_refused() -> None:
    article = an_article()
    with pytest.raises(VerificationError, match="has no revision"):
        replace(article, revisions=())
    with pytest.raises(VerificationError, match="needs an id"):
        replace(article, id="")


def test_only_utc_instants_are_taken() -> None:
    naive = datetime(2026, 9, 17, 7)  # noqa: DTZ001 - what the test is about
    elsewhere = datetime(2026, 9, 17, 7, tzinfo=timezone(timedelta(hours=1)))

    for instant in (naive, elsewhere):
        with pytest.raises(VerificationError, match="published_at must be an aware instant in UTC"):
            an_article(published_at=instant)
        with pytest.raises(VerificationError, match="seen_at"):
            a_revision(seen_at=instant)


def test_an_embargo_ends_on_the_minute_and_a_kill_never() -> None:
    noon = datetime(2026, 9, 17, 12, tzinfo=UTC)
    embargoed = replace(an_article(), embargoed_until=noon)

    assert embargoed.is_held(noon - timedelta(microseconds=1))
    assert not embargoed.is_held(noon)
    assert replace(embargoed, withdrawn="killed").is_held(noon + timedelta(days=1000))
    assert replace(an_article(), withdrawn="withheld").is_held(noon)


def test_an_article_without_a_date_is_as_old_as_its_first_revision() -> None:
    assert an_article(published_at=None).dated() == NOON


def test_outlets_and_sources_are_named() -> None:
    with pytest.raises(VerificationError, match="outlet needs a name"):
        Outlet(" ")
    with pytest.raises(VerificationError, match="source needs an address"):
        Source("", "feed", a_source().outlet)
