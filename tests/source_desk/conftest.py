"""The desk of the sources, on the fake list and on SQLite, with documents in memory behind it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from bot.adapters.archive import SqliteArchive
from bot.ports import Document, Subscriptions
from bot.source_desk import SourceDesk
from tests.adapters.archive.conftest import archive, empty, path, stored
from tests.fakes import FakeArchive
from tests.source_desk.desks import Served, a_source_desk

__all__ = ["archive", "empty", "path", "stored"]


@pytest.fixture
def subscriptions(archive: SqliteArchive | FakeArchive) -> Subscriptions:
    return archive.subscriptions


@pytest.fixture
def desk(subscriptions: Subscriptions) -> SourceDesk:
    return a_source_desk({}, subscriptions)


@pytest.fixture
def served(desk: SourceDesk) -> Callable[..., SourceDesk]:
    """Put documents behind the desk: contents by address, or whole documents."""

    def serve(contents: Mapping[str, bytes], *whole: Document) -> SourceDesk:
        return replace(desk, documents=Served(contents, *whole))

    return serve
