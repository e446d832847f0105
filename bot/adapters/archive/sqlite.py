"""Keeps articles with their revisions, and briefings with what they cause, in one SQLite file."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from bot.adapters.archive import articles, briefings, citations, citing, keys, stopped
from bot.adapters.archive.database import Database
from bot.adapters.archive.dropped import SqliteDroppedFiles
from bot.adapters.archive.engines import dispose_when_idle, reading_engine, writing_engine
from bot.adapters.archive.failures import failures_as_sentences
from bot.adapters.archive.holding import held
from bot.adapters.archive.jobs import SqliteJobs, enqueue_missing, require_claim
from bot.adapters.archive.marks import SqliteMarks
from bot.adapters.archive.opening import prepare_file, prepare_tables
from bot.adapters.archive.operations import SqliteOperations
from bot.adapters.archive.posts import SqlitePosts, keep_missing
from bot.adapters.archive.pushes import SqlitePushes
from bot.adapters.archive.queries import SqliteQueries
from bot.adapters.archive.replies import SqliteReplies
from bot.adapters.archive.reports import SqliteReports
from bot.adapters.archive.reviews import SqliteReviews
from bot.adapters.archive.searching import SqliteSearching
from bot.adapters.archive.servers import SqliteServers
from bot.adapters.archive.spending import SqliteAccounts, SqliteMeter
from bot.adapters.archive.stops import SqliteStops
from bot.adapters.archive.stories import SqliteStories
from bot.adapters.archive.subscriptions import SqliteSubscriptions
from bot.adapters.archive.threads import SqliteThreads
from bot.adapters.archive.timetable import SqliteTimetable
from bot.adapters.archive.wordings import SqliteWordings
from bot.money import Terms
from bot.news import Article, Citation, Dossier, NewJob, Post
from bot.ports import Claim, Revise, Sighting
from bot.ports.sightings import Settling, ids_to_read


class SqliteArchive:
    """The port `Archive` on SQLite, and beside it the ports of the same file. Made by `open`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.jobs = SqliteJobs(database)
        self.posts = SqlitePosts(database)
        self.threads = SqliteThreads(database)
        self.timetable = SqliteTimetable(database)
        self.subscriptions = SqliteSubscriptions(database)
        self.pushes = SqlitePushes(database)
        self.dropped = SqliteDroppedFiles(database)
        self.wordings = SqliteWordings(database)
        self.searching = SqliteSearching(database)
        self.stories = SqliteStories(database)
        self.stops = SqliteStops(database)
        self.operations = SqliteOperations(database)
        self.reviews = SqliteReviews(database)
        self.servers = SqliteServers(database)
        self.marks = SqliteMarks(database)
        self.replies = SqliteReplies(database)
        self.queries = SqliteQueries(database)
        self.reports = SqliteReports(database)
        self.accounts = SqliteAccounts(database)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path, *, exclusive: bool = False, busy_timeout_seconds: float = 5.0
    ) -> AsyncIterator[Self]:
        """Open the archive, for as long as the block lasts; make the file if there is none.

        `exclusive` refuses a second process that asks for the same, and nobody else. It takes back
        the jobs that a process leased which held the archive so before and died.
        `busy_timeout_seconds` is how long a writer waits for writers of other processes.

        Raises:
            ArchiveError: the file is not ours, newer than this program, cannot be opened, or is
                another process's that opened it exclusively.
        """
        with failures_as_sentences(path):
            prepare_file(path)
        async with AsyncExitStack() as stack:
            if exclusive:
                stack.enter_context(held(path))
            reader = reading_engine(path, busy_timeout_seconds=busy_timeout_seconds)
            writer = writing_engine(path, busy_timeout_seconds=busy_timeout_seconds)
            stack.push_async_callback(dispose_when_idle, reader)
            stack.push_async_callback(dispose_when_idle, writer)
            with failures_as_sentences(path):
                await prepare_tables(path, reader=reader, writer=writer)
            archive = cls(Database(path, reader, writer))
            if exclusive:
                await archive.jobs.take_back_all()
            yield archive

    def meter(self, terms: Terms, clock: Callable[[], datetime]) -> SqliteMeter:
        """Return the meter of calls to models; all on this file count what is spent together."""
        return SqliteMeter(self._database, terms, clock)

    async def revise(self, changes: Mapping[str, Revise]) -> tuple[Article, ...]:
        """Change articles by id in one transaction that no other writer can come between.

        The changes run while the write lock is held. Returns the stored articles in their order.

        Raises:
            ArchiveError: the store cannot be written, or a stored article is damaged.
            ValueError: a change drops or alters a stored revision, or gives another article.
        """
        async with self._database.writing() as connection:
            stored = await articles.read(connection, list(changes))
            revised = {key: change(stored.get(key)) for key, change in changes.items()}
            for key, after in revised.items():
                articles.require_kept(key, stored.get(key), after)
            await articles.write(connection, stored, revised.values())
            await citing.enqueue(connection, stored, revised.values())
        return tuple(revised.values())

    async def record(self, sightings: Sequence[Sighting]) -> tuple[Article, ...]:
        """Take in items: find by their keys which articles they are, and change those or make new.

        All in one transaction; the changes run while the write lock is held. Returns the stored
        articles in the order of the sightings, each once.

        Raises:
            ArchiveError: the store cannot be written, or a stored article is damaged.
            ValueError: a change drops or alters a stored revision, or gives another article.
        """
        async with self._database.writing() as connection:
            known = await keys.read(connection, sightings)
            stored = await articles.read(connection, ids_to_read(known, sightings))
            settling = Settling(known, dict(stored))
            revised = settling.settle(sightings)
            for after in revised:
                articles.require_kept(after.id, stored.get(after.id), after)
            await articles.write(connection, stored, revised)
            await keys.write(connection, settling.new_keys)
            await citing.enqueue(connection, stored, revised)
        return revised

    async def find_article(self, article_id: str) -> Article | None:
        """Return the article with all its revisions.

        Raises:
            ArchiveError: the article is damaged, or the store cannot be read.
        """
        async with self._database.reading() as connection:
            found = await articles.read(connection, [article_id])
            given_out = await stopped.as_given_out(connection, found.values())
            return next(iter(given_out), None)

    async def articles_since(self, since: datetime) -> tuple[Article, ...]:
        """Return the articles dated at or after `since`, oldest first, then by id.

        Raises:
            ArchiveError: an article among them is damaged, and named; `find_article` and a later
                `since` still give the others.
            ValueError: `since` is not aware.
        """
        async with self._database.reading() as connection:
            return await articles.read_since(connection, since)

    async def citations(self, article_ids: Collection[str] = ()) -> tuple[Citation, ...]:
        """Return how the citations of these articles stand; of none, all that are not sound.

        By article, then by place.
        """
        async with self._database.reading() as connection:
            return await citations.read(connection, article_ids)

    async def note_citations(self, noted: Sequence[Citation]) -> None:
        """Keep how citations stand, in place of how they stood, in one transaction.

        Raises:
            ArchiveError: the store cannot be written.
        """
        async with self._database.writing() as connection:
            await citations.write(connection, noted)

    async def store(
        self,
        dossier: Dossier,
        *,
        posts: Sequence[Post] = (),
        then: Sequence[NewJob] = (),
        claim: Claim | None = None,
    ) -> None:
        """Keep a briefing for good, with the posts and jobs that it causes, in one transaction.

        Its texts are kept by reference to their stored revisions. What is stored already stays as
        it is: the same briefing, posts by their keys, jobs that wait with the same payload.

        Raises:
            ArchiveError: the store cannot be written, or holds another briefing of this version.
            LeaseLostError: the claim's job is another worker's by now; nothing is changed.
            ValueError: the dossier holds a revision that is not stored as it stands there.
        """
        async with self._database.writing() as connection:
            await require_claim(connection, claim)
            await briefings.keep(connection, dossier)
            await keep_missing(connection, posts)
            await enqueue_missing(connection, then)

    async def briefings_citing(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of posted briefings of which some version rests on the article."""
        async with self._database.reading() as connection:
            return await citing.read(connection, article_id)

    async def find_dossier(self, briefing_id: str, version: int | None = None) -> Dossier | None:
        """Return a stored briefing with the revisions that it cites; the latest version if `None`.

        `briefing_id` is an id, the beginning of one (four characters or more), or `latest` for the
        briefing that was made last. What the dossier says of its articles is what was known when
        it was stored.

        Raises:
            ArchiveError: the stored briefing is damaged, or the store cannot be read.
            UnknownError: several ids begin with `briefing_id`.
        """
        async with self._database.reading() as connection:
            return await briefings.find(connection, briefing_id, version)
