"""Builds the parts and joins them; the only reader of the clock."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.archive import SqliteArchive
from bot.adapters.documents import AnyDocuments
from bot.desk import Desk
from bot.language import load_lexicon, load_weights
from bot.pipeline import Listed, Tools
from bot.ports import Progress
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
    reading = settings.reading
    documents = AnyDocuments(
        max_bytes=reading.max_megabytes * 1_000_000,
        timeout_seconds=reading.timeout_seconds,
        allowed=allowed | frozenset(reading.allow),
    )
    async with SqliteArchive.open(Path(settings.archive.database)) as archive, documents:
        tools = Tools(
            documents=documents,
            archive=archive,
            progress=progress,
            lexicon=load_lexicon(),
            weights=load_weights(),
            limits=_limits(settings),
            max_stories=settings.briefing.max_stories,
            max_items_per_source=reading.max_items_per_source,
            fetches_at_once=reading.fetches_at_once,
        )
        listed = [Listed(s.address, s.outlet, s.publisher) for s in settings.source]
        yield Desk(
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
