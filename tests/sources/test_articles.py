from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.news import Article, Outlet, Source
from bot.sources import Item, article_id, revise

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
FEED = Source("https://courier.example/feed", "feed", Outlet("Harbour Courier"))
PAGE = Source("https://courier.example/a", "page", Outlet("Harbour Courier"))
ITEM = Item("g1", "https://courier.example/a", "Ferry stops", "The ferry stopped.\n\nIt is old.")

texts = st.text(max_size=30)
items = st.builds(lambda title, body: replace(ITEM, title=title, body=body), texts, texts)


def told(*versions: Item) -> Article:
    article = revise(None, versions[0], FEED, now=NOW)
    for hours, item in enumerate(versions[1:], start=1):
        article = revise(article, item, FEED, now=NOW + timedelta(hours=hours))
    return article


def test_an_article_has_one_id_however_often_it_is_read() -> None:
    changed = replace(ITEM, title="Other", address="https://courier.example/b")
    assert article_id(FEED, ITEM) == article_id(FEED, changed)
    assert len(article_id(FEED, ITEM)) == 13


def test_a_source_cannot_write_into_the_article_of_another() -> None:
    other = replace_address(FEED, "https://evil.example/feed")
    assert article_id(FEED, ITEM) != article_id(other, ITEM)
    without_guid = replace(ITEM, guid="")
    assert article_id(FEED, without_guid) != article_id(other, without_guid)


def test_a_page_is_the_same_article_whoever_linked_to_it() -> None:
    plain = replace(ITEM, guid="")
    tracked = replace(plain, address="https://Courier.example/a?utm_source=x#top")
    other = replace_address(PAGE, "https://courier.example/a?utm_source=x")
    assert article_id(PAGE, plain) == article_id(other, tracked)
    assert article_id(PAGE, plain) != article_id(PAGE, replace(plain, address="https://x.example"))


def test_a_text_is_known_by_its_words() -> None:
    source = Source("note.txt", "text", Outlet("note"))
    assert article_id(source, Item(body="One.")) == article_id(source, Item(body="One."))
    assert article_id(source, Item(body="One.")) != article_id(source, Item(body="Two."))


@given(items)
def test_the_same_text_adds_no_revision(item: Item) -> None:
    article = told(item, replace(item, byline="Lena Marsh"), item)
    assert len(article.revisions) == 1
    assert article.byline == "Lena Marsh"


@given(st.lists(items, min_size=1, max_size=6))
def test_revisions_are_added_and_never_altered(versions: list[Item]) -> None:
    article = told(versions[0])
    for hours, item in enumerate(versions[1:], start=1):
        newer = revise(article, item, FEED, now=NOW + timedelta(hours=hours))
        assert newer.id == article.id
        assert newer.revisions[: len(article.revisions)] == article.revisions
        assert len(newer.revisions) <= len(article.revisions) + 1
        article = newer


@given(items, items)
def test_an_edit_its_reversal_and_the_edit_again_are_four_revisions(a: Item, b: Item) -> None:
    first, second = told(a).latest, told(b).latest
    article = told(a, b, a, b)
    if (first.title, first.body) == (second.title, second.body):
        assert len(article.revisions) == 1
    elif second.title or second.body:
        kept = 4 if first.title or first.body else 2
        assert [r.number for r in article.revisions] == list(range(1, kept + 1))
        assert (article.latest.title, article.latest.body) == (second.title, second.body)


def test_the_state_follows_the_newest_item() -> None:
    killed = replace(ITEM, withdrawn="killed", title="", body="")
    article = told(ITEM, killed)
    assert article.is_held(NOW)
    assert article.latest.title == "Ferry stops"
    assert not told(ITEM, killed, ITEM).is_held(NOW)
    embargoed = told(ITEM, replace(ITEM, embargoed_until=NOW + timedelta(hours=1)))
    assert embargoed.is_held(NOW)
    assert not embargoed.is_held(NOW + timedelta(hours=1))


def test_an_old_copy_that_arrives_late_changes_nothing() -> None:
    old = replace(ITEM, updated_at=NOW - timedelta(hours=2))
    new = replace(ITEM, updated_at=NOW, body="The ferry sails again.", withdrawn="withheld")
    article = told(old, new)
    assert revise(article, old, FEED, now=NOW) == article


def test_what_an_item_leaves_out_stays_known() -> None:
    full = replace(ITEM, byline="Lena Marsh", language="en", published_at=NOW)
    article = told(full, replace(ITEM, body="The ferry sails again."))
    assert (article.byline, article.language, article.published_at) == ("Lena Marsh", "en", NOW)


def replace_address(source: Source, address: str) -> Source:
    return Source(address, source.kind, source.outlet)
