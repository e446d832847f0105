"""A desk on fakes, for tests that walk the whole flow without a socket, a file or a clock."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.desk import Desk
from bot.language import (
    QUOTE_LANGUAGES,
    load_lexicon,
    load_qualifiers,
    load_question_words,
    load_weights,
)
from bot.news import Subscription
from bot.tools import Tools, Wording
from tests.fakes import FakeArchive, FakeDocuments, FakeFolders, FakeMarks, FakeReader, FakeRobots
from tests.fakes_subscriptions import FakeSubscriptions

NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)


def no_progress(doing: str, done: int, total: int) -> None:
    """Nobody waits for a test."""


def a_desk(
    contents: Mapping[str, bytes],
    sources: Sequence[str] | None = None,
    *,
    folders: Mapping[str, Mapping[str, bytes]] | None = None,
) -> Desk:
    """Return a desk whose sources are these documents; by default all of them."""
    archive = FakeArchive()
    languages = ("en", *sorted(QUOTE_LANGUAGES - {"en"}))
    tools = Tools(
        FakeDocuments(contents),
        archive,
        no_progress,
        load_lexicon,
        load_weights(),
        FakeReader(),
        FakeRobots(),
        FakeFolders(folders or {}),
        stops=archive.stops,
        wording=Wording(archive.wordings, languages, load_qualifiers),
        marks=FakeMarks(),
        searching=archive.searching,
        queries=archive.queries,
        threads=archive.threads,
        question_words=load_question_words(),
    )
    listed = [Subscription(a, NOW) for a in (contents if sources is None else sources)]
    return Desk(tools, FakeSubscriptions(listed), UTC, timedelta(hours=72))
