"""Builds the parts and joins them; the only reader of the clock."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.adapters.archive import SqliteArchive
from bot.adapters.documents import AnyDocuments
from bot.adapters.folders import WatchedFolders
from bot.adapters.parsing import ReaderHere
from bot.catalogues import load_publishers, load_topics
from bot.console.schedules import Planning
from bot.desk import Desk
from bot.language import (
    QUOTE_LANGUAGES,
    load_figure_words,
    load_lexicon,
    load_notices,
    load_qualifiers,
    load_question_words,
    load_story_words,
    load_weights,
)
from bot.news import Subscription
from bot.placing import Placer
from bot.ports import MAX_REDIRECTS, Places, Progress, Reader
from bot.prompts import load_prompts
from bot.schedule_desk import ScheduleDesk, TimingWords
from bot.settings import Settings, SourceSettings
from bot.source_desk import ReadingLimits, SourceDesk
from bot.stories import TraitsReader
from bot.tools import Listed, Tools, Wording, Writing
from bot.writers import open_writer
from bot.writing import Limits

CLAIM_LANGUAGES: Final = ("en", *sorted(QUOTE_LANGUAGES - {"en"}))
"""In what order a text's own language is tried when its quotations are checked."""
EXTRACTIVE: Final = Writing()
"""No model, and no edition with a name."""


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
    async with _open_both(settings, progress, sources=sources, allowed=allowed) as (desk, _):
        yield desk


@asynccontextmanager
async def open_planning(
    settings: Settings, progress: Progress, places: Places
) -> AsyncIterator[Planning]:
    """Open the desk as `open_desk` does, and give what planning editions at a terminal needs.

    Raises:
        ArchiveError: the archive cannot be opened.
    """
    async with _open_both(settings, progress) as (desk, archive):
        yield Planning(build_schedule_desk(desk, archive), places, desk)


@asynccontextmanager
async def _open_both(
    settings: Settings,
    progress: Progress,
    *,
    sources: Sequence[Listed] | None = None,
    allowed: frozenset[str] = frozenset(),
) -> AsyncIterator[tuple[Desk, SqliteArchive]]:
    path = Path(settings.archive.database)
    async with (
        SqliteArchive.open(path) as archive,
        open_documents(settings, allowed) as documents,
        open_writing(settings, archive) as writing,
    ):
        if settings.source or sources is not None:
            # without any, somebody may look at an archive whose settings lie elsewhere
            await list_sources(settings, archive, sources=sources)
        desk = build_desk(settings, archive, documents, progress, writing=writing)
        try:
            yield desk, archive
        finally:
            await desk.polls.stop()


async def list_sources(
    settings: Settings, archive: SqliteArchive, *, sources: Sequence[Listed] | None = None
) -> None:
    """Join the archive's list of sources with that of the settings, or with `sources` in its place.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    now = clock()
    listed = settings.source
    if sources is not None:
        listed = tuple(SourceSettings(s.address, s.outlet, s.publisher) for s in sources)
    await archive.subscriptions.configure([_subscription(source, now) for source in listed])


def _subscription(source: SourceSettings, now: datetime) -> Subscription:
    return Subscription(
        source.address,
        now,
        source.outlet,
        source.publisher,
        urgent=source.urgent,
        configured=True,
        paused_in_settings=source.paused,
    )


def build_schedule_desk(desk: Desk, archive: SqliteArchive) -> ScheduleDesk:
    """Return the desk of the schedules in the archive, for a surface that reaches no member."""
    # CronSim and APScheduler take longer to import than a briefing of a file to write
    from bot.schedule import in_words, next_runs, parse_times  # noqa: PLC0415

    return ScheduleDesk(
        archive.timetable,
        archive.operations,
        archive.subscriptions,
        TimingWords(parse_times, in_words, next_runs),
        desk.zone,
        tuple(topic.name for topic in desk.tools.topics.topic),
        servers=archive.servers,
        prompts=tuple(desk.tools.editions),
    )


@asynccontextmanager
async def open_source_desk(
    settings: Settings, progress: Progress, *, allowed: frozenset[str] = frozenset()
) -> AsyncIterator[SourceDesk]:
    """Open the archive and the doors to the outside, and give the desk that keeps the sources.

    The settings' sources are in its list; without any in the settings the list stays as it is.

    Raises:
        ArchiveError: the archive cannot be opened.
    """
    path = Path(settings.archive.database)
    async with SqliteArchive.open(path) as archive, open_documents(settings, allowed) as documents:
        if settings.source:
            await list_sources(settings, archive)
        yield SourceDesk(
            archive.subscriptions,
            documents,
            ReaderHere(),
            documents.robots,
            progress,
            load_lexicon,
            _reading_limits(settings),
            ZoneInfo(settings.desk.time_zone),
        )


def source_desk_beside(desk: Desk, settings: Settings) -> SourceDesk:
    """Return the desk of the sources that the desk reads, on the same doors."""
    tools = desk.tools
    return SourceDesk(
        desk.subscriptions,
        tools.documents,
        tools.reader,
        tools.robots,
        tools.progress,
        tools.read_lexicon,
        _reading_limits(settings),
        desk.zone,
    )


def open_links(settings: Settings, allowed: frozenset[str] = frozenset()) -> AnyDocuments:
    """Return the door for addresses that any member may name: the settings' allow-list is shut."""
    reading = settings.reading
    return AnyDocuments(
        max_bytes=reading.max_megabytes * 1_000_000,
        timeout_seconds=reading.timeout_seconds,
        allowed=allowed,
        contact=reading.contact,
        advises=False,
    )


def open_documents(settings: Settings, allowed: frozenset[str] = frozenset()) -> AnyDocuments:
    """Return the door to files and the web, with the limits of the settings."""
    reading = settings.reading
    return AnyDocuments(
        max_bytes=reading.max_megabytes * 1_000_000,
        timeout_seconds=reading.timeout_seconds,
        allowed=allowed | frozenset(reading.allow),
        contact=reading.contact,
    )


@asynccontextmanager
async def open_writing(settings: Settings, archive: SqliteArchive) -> AsyncIterator[Writing]:
    """Read the newsroom's prompts, and open the way to the models if any are configured.

    Raises:
        PromptError: a prompt file cannot be followed.
        SettingsError: an endpoint of a model, its key or the prices are not in order.
    """
    prompts = load_prompts({topic.name for topic in load_topics().topic})
    async with open_writer(settings, archive, prompts, clock) as writer:
        yield Writing(writer, prompts.editions)


def build_desk(
    settings: Settings,
    archive: SqliteArchive,
    documents: AnyDocuments,
    progress: Progress,
    *,
    writing: Writing = EXTRACTIVE,
    reader: Reader | None = None,
) -> Desk:
    """Return the desk that the settings describe, on these doors.

    Without a `reader`, documents are read in this process: somebody waits for it and can stop it,
    and a process of its own takes a quarter of a second to start.
    """
    weights, story_words = load_weights(), load_story_words()
    window = timedelta(hours=settings.briefing.window_hours)
    reads = TraitsReader(weights, story_words)
    tools = Tools(
        documents=documents,
        archive=archive,
        progress=progress,
        read_lexicon=load_lexicon,
        weights=weights,
        reader=reader or ReaderHere(),
        robots=documents.robots,
        folders=WatchedFolders(
            archive.dropped, max_bytes=settings.reading.max_megabytes * 1_000_000
        ),
        read_notices=load_notices,
        figure_words=load_figure_words(),
        question_words=load_question_words(),
        limits=_limits(settings),
        story_words=story_words,
        publishers=load_publishers(),
        topics=load_topics(),
        stories=archive.stories,
        reports=archive.reports,
        stops=archive.stops,
        placer=Placer(archive.stories, reads, window=window, stops=archive.stops),
        marks=archive.marks,
        searching=archive.searching,
        queries=archive.queries,
        threads=archive.threads,
        writer=writing.writer,
        editions=writing.editions,
        wording=Wording(archive.wordings, CLAIM_LANGUAGES, load_qualifiers),
        max_stories=settings.briefing.max_stories,
        max_items_per_source=settings.reading.max_items_per_source,
        fetches_at_once=settings.reading.fetches_at_once,
    )
    return Desk(
        tools,
        archive.subscriptions,
        ZoneInfo(settings.desk.time_zone),
        window,
        uncited_kept=timedelta(days=days) if (days := settings.archive.uncited_days) else None,
    )


def _reading_limits(settings: Settings) -> ReadingLimits:
    reading = settings.reading
    return ReadingLimits(
        max_bytes=reading.max_megabytes * 1_000_000,
        timeout_seconds=reading.timeout_seconds,
        max_redirects=MAX_REDIRECTS,
        max_items=reading.max_items_per_source,
    )


def _limits(settings: Settings) -> Limits:
    writing = settings.writing
    return Limits(
        sentences_per_story=writing.sentences_per_story,
        max_words_per_article=writing.max_words_per_article,
        quotes_per_story=writing.quotes_per_story,
    )
