"""Builds the parts and joins them; the only reader of the clock."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.archive import SqliteArchive
from bot.adapters.documents import AnyDocuments
from bot.catalogues import load_publishers, load_topics
from bot.desk import Desk
from bot.language import load_lexicon, load_story_words, load_weights
from bot.pipeline import Listed, Tools
from bot.ports import Archive, Documents, Progress, Stories
from bot.settings import Settings
from bot.writing import Limits


def clock() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_desk(
    settings: Settings,
    progress: Progress,
    *,
    sources: Sequence[Listed] | None = None,
    allowed: frozenset[str] = frozenset(),
) -> AsyncIterator[Desk]:
    """Open the archive and the doors to the outside, and give the desk that works with them.

    `sources` replaces those of the settings; `allowed` adds to their allow-list.

    Raises:
        ArchiveError: the archive cannot be opened.
    """
    path = Path(settings.archive.database)
    async with SqliteArchive.open(path) as archive, open_documents(settings, allowed) as documents:
        yield build_desk(
            settings, archive, documents, progress, sources=sources, stories=archive.stories
        )


def open_documents(settings: Settings, allowed: frozenset[str] = frozenset()) -> AnyDocuments:
    """Return the door to files and the web, with the limits of the settings."""
    reading = settings.reading
    return AnyDocuments(
        max_bytes=reading.max_megabytes * 1_000_000,
        timeout_seconds=reading.timeout_seconds,
        allowed=allowed | frozenset(reading.allow),
    )


def build_desk(
    settings: Settings,
    archive: Archive,
    documents: Documents,
    progress: Progress,
    *,
    sources: Sequence[Listed] | None = None,
    stories: Stories | None = None,
) -> Desk:
    """Return the desk that the settings describe, on these doors.

    Without `stories` what an editor says of stories is not remembered.
    """
    tools = Tools(
        documents=documents,
        archive=archive,
        progress=progress,
        read_lexicon=load_lexicon,
        weights=load_weights(),
        limits=_limits(settings),
        story_words=load_story_words(),
        publishers=load_publishers(),
        topics=load_topics(),
        stories=stories,
        max_stories=settings.briefing.max_stories,
        max_items_per_source=settings.reading.max_items_per_source,
        fetches_at_once=settings.reading.fetches_at_once,
    )
    listed = [Listed(s.address, s.outlet, s.publisher) for s in settings.source]
    return Desk(
        tools,
        listed if sources is None else sources,
        ZoneInfo(settings.desk.time_zone),
        timedelta(hours=settings.briefing.window_hours),
    )


def _limits(settings: Settings) -> Limits:
    writing = settings.writing
    return Limits(
        sentences_per_story=writing.sentences_per_story,
        max_words_per_article=writing.max_words_per_article,
        quotes_per_story=writing.quotes_per_story,
    )
