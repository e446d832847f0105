"""Fakes of the ports, one each; they keep the promises of the real ones, in memory."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import datetime, timedelta
from hashlib import sha256

from msgspec.structs import astuple, replace

from bot.errors import (
    ArchiveError,
    ExtractError,
    FetchError,
    LeaseLostError,
    SourceError,
    UnknownError,
)
from bot.news import (
    Article,
    Citation,
    Dossier,
    Job,
    NewJob,
    Post,
    Revision,
    Span,
    StoryThread,
    Unread,
    digest,
)
from bot.news.posts import ANSWER
from bot.news.rechecks import recheck_job
from bot.ports import (
    Claim,
    Document,
    Dropped,
    Look,
    NotModified,
    Reading,
    Revise,
    Sighting,
    TriedFile,
    Validators,
)
from bot.ports.sightings import Settling
from bot.sources import read_document
from bot.text import fold
from tests.fakes_queries import FakeQueries, FakeSearching
from tests.fakes_reports import FakeReports
from tests.fakes_reviews import FakeReviews
from tests.fakes_servers import FakeServers
from tests.fakes_stops import FakeStops, identities
from tests.fakes_subscriptions import FakeSubscriptions
from tests.fakes_threads import FakeThreads
from tests.fakes_timetable import FakeOperations, FakeTimetable


@dataclass
class Waiting:
    """A job in `FakeJobs`, and who has it."""

    job: Job
    due_at: datetime
    worker: str = ""
    leased_until: datetime | None = None


class FakeJobs:
    """Jobs in memory."""

    def __init__(self) -> None:
        self.waiting: dict[int, Waiting] = {}
        self.buried: list[tuple[datetime, Job, str]] = []
        self._last_id = 0

    async def claim(
        self, worker: str, *, now: datetime, lease: timedelta, kinds: Collection[str] = ()
    ) -> Job | None:
        """Lease the first job that heads its key and is due."""
        heads: dict[str, Waiting] = {}
        for waiting in self.waiting.values():
            heads.setdefault(waiting.job.key, waiting)
        for head in heads.values():
            free = head.leased_until is None or head.leased_until <= now
            if free and head.due_at <= now and (not kinds or head.job.kind in kinds):
                head.worker, head.leased_until = worker, now + lease
                head.job = replace(head.job, attempts=head.job.attempts + 1)
                return head.job
        return None

    async def extend(self, job: Job, worker: str, *, until: datetime) -> bool:
        """Prolong the lease."""
        if waiting := self._find(job, worker):
            waiting.leased_until = until
        return waiting is not None

    async def finish(self, job: Job, worker: str, *, then: Sequence[NewJob] = ()) -> bool:
        """Delete the job and enqueue what follows."""
        if waiting := self._find(job, worker):
            del self.waiting[job.id]
            await self.enqueue(then)
        return waiting is not None

    async def retry(self, job: Job, worker: str, *, at: datetime, reason: str) -> bool:  # noqa: ARG002 - of the port
        """Give the job back."""
        if waiting := self._find(job, worker):
            self.waiting[job.id] = Waiting(job, at)
        return waiting is not None

    async def bury(self, job: Job, worker: str, *, now: datetime, reason: str) -> bool:
        """Move the job to the dead letters."""
        if waiting := self._find(job, worker):
            del self.waiting[job.id]
            self.buried.append((now, job, reason))
        return waiting is not None

    async def enqueue(self, jobs: Sequence[NewJob]) -> None:
        """Add the jobs with the next numbers."""
        for new in jobs:
            self._last_id += 1
            job = Job(self._last_id, new.kind, new.key, new.payload, attempts=0)
            self.waiting[job.id] = Waiting(job, new.due_at)

    async def dead_letters(self) -> tuple[tuple[Job, str], ...]:
        """Return the dead letters by when they were buried, then by id."""
        by_burial = sorted(self.buried, key=lambda letter: (letter[0], letter[1].id))
        return tuple((job, reason) for _, job, reason in by_burial)

    def holds(self, new: NewJob) -> bool:
        """Tell whether a job like the new one waits."""
        same = [(w.job.kind, w.job.key, w.job.payload) for w in self.waiting.values()]
        return (new.kind, new.key, new.payload) in same

    def prolong(self, claim: Claim) -> bool:
        """Prolong the lease of a claim, unless it is lost."""
        if waiting := self._find(claim.job, claim.worker):
            waiting.leased_until = claim.until
        return waiting is not None

    def _find(self, job: Job, worker: str) -> Waiting | None:
        found = self.waiting.get(job.id)
        return found if found and (found.worker, found.job) == (worker, job) else None


class FakePosts:
    """Posts and threads in memory."""

    def __init__(self, jobs: FakeJobs | None = None) -> None:
        self.jobs = jobs
        self.posts: dict[str, Post] = {}
        self.threads: dict[int, StoryThread] = {}
        self.dossiers: dict[tuple[str, int], Dossier] = {}

    def _require(self, claim: Claim | None) -> None:
        if claim and self.jobs and not self.jobs.prolong(claim):
            raise LeaseLostError

    async def find_post(self, key: str) -> Post | None:
        """Return the post."""
        return self.posts.get(key)

    async def post_of_message(self, message_id: int) -> Post | None:
        """Return the post of the message."""
        found = [post for post in self.posts.values() if post.message_id == message_id]
        return found[0] if found else None

    async def posts_of(self, occurrence: str) -> tuple[Post, ...]:
        """Return the posts of the occurrence."""
        own = [p for key, p in self.posts.items() if key.startswith(f"{occurrence}/")]
        return tuple(sorted(own, key=lambda post: int(post.key.rpartition("/")[2])))

    async def last_post(self, channel_id: int) -> Post | None:
        """Return the post that was tried last of those that stand in the channel."""
        there = [p for p in self.posts.values() if p.channel_id == channel_id and p.message_id]
        there = [p for p in there if p.shows == "edition" and not p.key.startswith(ANSWER)]
        return max(there, key=lambda p: (str(p.tried_at), p.key), default=None)

    async def told_in(self, channel_id: int, since: datetime) -> Mapping[str, datetime]:
        """Return the articles of the stories that stand in the channel."""
        told: dict[str, datetime] = {}
        there = [
            (self.dossiers[post.briefing_id, post.version].briefing, post)
            for post in self.posts.values()
            if (post.channel_id, post.briefing_id, post.version)
            in [(channel_id, *key) for key in self.dossiers]
            if post.message_id and post.tried_at and post.tried_at >= since
            if post.shows == "edition" and not post.key.startswith(ANSWER)
        ]
        for made, post in sorted(there, key=lambda pair: pair[0].made_at):
            for brief in made.briefs:
                if brief.story.id in post.stories or not post.messages:
                    told |= dict.fromkeys(brief.story.article_ids, made.made_at)
        return told

    async def posts_of_briefing(self, briefing_id: str) -> tuple[Post, ...]:
        """Return the posts of the briefing."""
        own = [post for post in self.posts.values() if post.briefing_id == briefing_id]
        return tuple(sorted(own, key=lambda post: post.key))

    async def add(self, posts: Sequence[Post], *, then: Sequence[NewJob] = ()) -> None:
        """Keep the new posts, and the jobs that do not wait."""
        for post in posts:
            other = await self.post_of_message(post.message_id) if post.message_id else None
            if other and other.key != post.key:
                raise ValueError(f"Message {post.message_id} is another post.")
        self.posts = {post.key: post for post in posts} | self.posts
        if self.jobs:
            await self.jobs.enqueue([job for job in then if not self.jobs.holds(job)])

    async def note_try(self, key: str, *, now: datetime, claim: Claim | None = None) -> Post:
        """Note the first try."""
        self._require(claim)
        if key not in self.posts:
            raise ValueError(f"There is no post {key}.")
        post = self.posts[key]
        self.posts[key] = replace(post, tried_at=post.tried_at or now)
        return self.posts[key]

    async def note_posted(self, key: str, *, message_id: int, claim: Claim | None = None) -> None:
        """Note the message."""
        self._require(claim)
        other = await self.post_of_message(message_id)
        if key not in self.posts or (other and other.key != key):
            raise ValueError(f"There is no post {key}, or message {message_id} is another one.")
        self.posts[key] = replace(self.posts[key], message_id=message_id)

    async def add_thread(self, thread: StoryThread) -> StoryThread:
        """Note the thread, unless its story has one."""
        story = (thread.channel_id, thread.briefing_id, thread.story_id)
        if known := await self.thread_of_story(*story):
            return known
        if thread.thread_id in self.threads:
            raise ValueError(f"Thread {thread.thread_id} discusses another story.")
        self.threads[thread.thread_id] = thread
        return thread

    async def find_thread(self, thread_id: int) -> StoryThread | None:
        """Return the thread."""
        return self.threads.get(thread_id)

    async def thread_of_story(
        self, channel_id: int, briefing_id: str, story_id: str
    ) -> StoryThread | None:
        """Return the thread of the story."""
        story = (channel_id, briefing_id, story_id)
        for thread in self.threads.values():
            if (thread.channel_id, thread.briefing_id, thread.story_id) == story:
                return thread
        return None

    async def threads_of_story(self, briefing_id: str, story_id: str) -> tuple[StoryThread, ...]:
        """Return the threads of the story, by id."""
        story = (briefing_id, story_id)
        own = [t for t in self.threads.values() if (t.briefing_id, t.story_id) == story]
        return tuple(sorted(own, key=lambda thread: thread.thread_id))


WHOLE = 10_000
"""What a text ranks higher that holds the whole phrase."""


class FakeWordings:
    """The texts of an archive in memory, searched one by one."""

    def __init__(self, articles: Mapping[str, Article], stops: FakeStops | None = None) -> None:
        self.articles = articles
        self.stops = stops or FakeStops()

    async def find_texts(
        self, words: str, *, now: datetime, limit: int = 10
    ) -> tuple[Revision, ...]:
        """Return the texts with the whole phrase, or else those that share most words."""
        if now.utcoffset() is None:
            raise ValueError("now must be aware")
        asked = _folded_words(words)
        given_out = map(self.stops.given_out, self.articles.values())
        texts = [r for a in given_out if not a.is_held(now) for r in a.revisions]
        ranked = [(_likeness(asked, _folded_words(f"{r.title} {r.body}")), r) for r in texts]
        ranked = [(rank, r) for rank, r in ranked if rank > 0]
        whole = [(rank, r) for rank, r in ranked if rank > WHOLE]
        ranked = sorted(whole or ranked, key=lambda pair: -pair[0])
        return tuple(r for _, r in ranked[:limit])


def _folded_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _likeness(asked: list[str], held: list[str]) -> int:
    whole = bool(asked) and f" {' '.join(asked)} " in f" {' '.join(held)} "
    return len(set(asked) & set(held)) + whole * WHOLE


class FakeArchive:
    """An archive in memory."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.keys: dict[str, str] = {}
        self.cited: dict[Span, Citation] = {}
        self.dossiers: dict[tuple[str, int], Dossier] = {}
        self.jobs = FakeJobs()
        self.posts = FakePosts(self.jobs)
        self.threads = FakeThreads(self.posts)
        self.posts.dossiers = self.dossiers
        self.timetable = FakeTimetable(self.jobs, self.posts)
        self.operations = FakeOperations(self.jobs)
        self.reviews = FakeReviews(self.jobs)
        self.timetable.reviews = self.reviews.reviews
        self.servers = FakeServers()
        self.subscriptions = FakeSubscriptions()
        self.reports = FakeReports()
        self.pushes = FakePushes()
        self.dropped = FakeDroppedFiles()
        self.stops = FakeStops(self)
        self.marks = FakeMarks()
        self.queries = FakeQueries()
        self.searching = FakeSearching(self.articles)
        self.wordings = FakeWordings(self.articles, self.stops)

    async def revise(self, changes: Mapping[str, Revise]) -> tuple[Article, ...]:
        """Apply all changes or none."""
        revised = {key: change(self.articles.get(key)) for key, change in changes.items()}
        for key, article in revised.items():
            before = self.articles.get(key)
            if article.id != key or (before and not set(before.revisions) <= {*article.revisions}):
                raise ValueError(f"{key} is not what it was")
        await self._recheck(revised.values())
        self.articles.update(revised)
        return tuple(revised.values())

    async def record(self, sightings: Sequence[Sighting]) -> tuple[Article, ...]:
        """Settle the sightings on a copy, and keep it if nothing is lost."""
        settling = Settling(dict(self.keys), dict(self.articles))
        revised = settling.settle(sightings)
        for article in revised:
            before = self.articles.get(article.id)
            if before and not set(before.revisions) <= {*article.revisions}:
                raise ValueError(f"{article.id} is not what it was")
        await self._recheck(revised)
        self.articles.update(settling.articles)
        self.keys.update(settling.known)
        return revised

    async def _recheck(self, revised: Iterable[Article]) -> None:
        for after in revised:
            job = recheck_job(self.articles.get(after.id), after)
            if job and await self.briefings_citing(after.id) and not self.jobs.holds(job):
                await self.jobs.enqueue([job])

    async def find_article(self, article_id: str) -> Article | None:
        """Return the article, less what is stopped of it."""
        found = self.articles.get(article_id)
        return found and self.stops.given_out(found)

    async def articles_since(self, since: datetime) -> tuple[Article, ...]:
        """Return the articles, oldest first, then by id."""
        if since.utcoffset() is None:
            raise ValueError("since must be aware")
        recent = (article for article in self.articles.values() if article.dated() >= since)
        by_date = sorted(recent, key=lambda article: (article.dated(), article.id))
        return tuple(map(self.stops.given_out, by_date))

    async def citations(self, article_ids: Collection[str] = ()) -> tuple[Citation, ...]:
        """Return the citations of the articles, or all that are not sound, by place."""
        by_place = sorted(self.cited.items(), key=lambda item: astuple(item[0]))
        return tuple(
            citation
            for span, citation in by_place
            if (span.article_id in article_ids if article_ids else not citation.is_sound)
        )

    async def note_citations(self, noted: Sequence[Citation]) -> None:
        """Keep how citations stand."""
        self.cited |= {citation.span: citation for citation in noted}

    async def store(
        self,
        dossier: Dossier,
        *,
        posts: Sequence[Post] = (),
        then: Sequence[NewJob] = (),
        claim: Claim | None = None,
    ) -> None:
        """Keep the dossier, if it is new and its revisions are here; add what is not there yet."""
        if claim and not self.jobs.prolong(claim):
            raise LeaseLostError
        key = (dossier.briefing.id, dossier.briefing.version)
        stored = [i for article in self.articles.values() for i in identities(article)]
        if any(i not in stored for article in dossier.articles for i in identities(article)):
            raise ValueError("the dossier cites a revision that is not stored")
        dossier = replace(dossier, articles=tuple(map(self._as_read, dossier.articles)))
        if self.dossiers.get(key, dossier) != dossier:
            raise ArchiveError(f"another briefing {key} is stored already")
        self.dossiers[key] = dossier
        for post in posts:
            self.posts.posts.setdefault(post.key, post)
        for job in then:
            if not self.jobs.holds(job):
                await self.jobs.enqueue([job])

    async def briefings_citing(self, article_id: str) -> tuple[str, ...]:
        """Return the posted briefings that rest on the article."""
        posted = {post.briefing_id for post in self.posts.posts.values()}
        found = {
            briefing_id
            for (briefing_id, _), dossier in self.dossiers.items()
            if any(article.id == article_id for article in dossier.articles)
        }
        return tuple(sorted(found & posted))

    def _as_read(self, given: Article) -> Article:
        """Return an article of a dossier with its texts as they are stored."""
        own = self.articles.get(given.id)
        texts = {r.number: r for r in own.revisions} if own else {}
        return replace(given, revisions=tuple(texts.get(r.number, r) for r in given.revisions))

    async def find_dossier(self, briefing_id: str, version: int | None = None) -> Dossier | None:
        """Return the dossier by id, by the beginning of its id, or the latest."""
        key = self._full_id(briefing_id)
        versions = {v: dossier for (i, v), dossier in self.dossiers.items() if i == key}
        return versions.get(max(versions, default=0) if version is None else version)

    def _full_id(self, briefing_id: str) -> str | None:
        ids = {stored for stored, _ in self.dossiers}
        if briefing_id == "latest":
            made = [(d.briefing.made_at, v, i) for (i, v), d in self.dossiers.items()]
            return max(made)[2] if made else None
        if briefing_id in ids:
            return briefing_id
        similar = [i for i in ids if len(briefing_id) >= 4 and i.startswith(briefing_id)]
        if len(similar) > 1:
            raise UnknownError(f"“{briefing_id}” begins several ids")
        return similar[0] if similar else None


class FakeDocuments:
    """Documents in memory, by address; whatever else is asked for is missing."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = dict(contents)
        self.fetched: list[str] = []

    async def fetch(self, address: str) -> Document:
        """Return the bytes as HTML or a feed would come: without a declared type."""
        self.fetched.append(address)
        if address not in self.contents:
            raise FetchError(address, "answered 404 Not Found", status=404)
        return Document(address, self.contents[address], final_address=address)

    async def fetch_if_changed(self, address: str, known: Validators) -> Document | NotModified:
        """Return the bytes unless their tag, which is their SHA-256, is known."""
        document = await self.fetch(address)
        etag = f'"{sha256(document.content).hexdigest()}"'
        if known == Validators(address, etag):
            return NotModified(address)
        return replace_fields(document, validators=Validators(address, etag))


class FakeReader:
    """Reads documents at once, as the pure stage does."""

    async def read(self, document: Document, *, now: datetime) -> Reading:
        """Return what the document holds; what breaks its parser is its own failure."""
        try:
            return read_document(document, now=now)
        except SourceError:
            raise
        except Exception as error:
            reason = f"cannot be read ({type(error).__name__})"
            raise ExtractError(document.address, reason) from error


class FakeRobots:
    """Permits every page but those that are named."""

    def __init__(self, refused: Collection[str] = ()) -> None:
        self.refused = refused
        self.asked: list[str] = []

    async def permit(self, address: str) -> None:
        """Refuse the page if it is one of those."""
        self.asked.append(address)
        self.recall(address)

    def recall(self, address: str) -> None:
        """Refuse the page if it was asked for and is one of those."""
        if address in self.refused and address in self.asked:
            raise FetchError(address, "the robots.txt asks programs not to read this page")


class FakeFolders:
    """Folders in memory: names and bytes, each file as old as it is."""

    def __init__(self, files: Mapping[str, Mapping[str, bytes]]) -> None:
        self.files = {folder: dict(inside) for folder, inside in files.items()}
        self.tried: dict[tuple[str, str], TriedFile] = {}

    async def look(self, folder: str, *, now: datetime) -> Look:
        """Return the files that were not read as they stand."""
        if folder not in self.files:
            raise FetchError(folder, "there is no such folder")
        found = [
            Dropped(name, name, digest(f"{name} {content!r}"), now)
            for name, content in self.files[folder].items()
        ]
        last = {key: file for (inside, key), file in self.tried.items() if inside == folder}
        read = {file.stamp for file in last.values()}
        standing = {file.stamp for file in found}
        failed = (file for file in last.values() if file.reason and file.stamp in standing)
        unread = tuple(Unread(folder + file.name, file.reason) for file in failed)
        return Look(tuple(file for file in found if file.stamp not in read), unread)

    async def fetch(self, folder: str, file: Dropped) -> Document:
        """Return the bytes of the file."""
        if file.name not in self.files[folder]:
            raise FetchError(folder + file.name, "there is no such file")
        content = self.files[folder][file.name]
        return Document(folder + file.name, content, final_address=folder)

    async def note(self, folder: str, tried: Sequence[TriedFile], *, now: datetime) -> None:  # noqa: ARG002 - of the port
        """Remember what was read."""
        self.tried |= {(folder, file.key): file for file in tried}


class FakeDroppedFiles:
    """The memory of files that were read, in memory."""

    def __init__(self) -> None:
        self.noted: dict[tuple[str, str], tuple[TriedFile, datetime]] = {}

    async def tried_files(self, folder: str) -> tuple[TriedFile, ...]:
        """Return the files of the folder by key."""
        found = (file for (inside, _), (file, _) in self.noted.items() if inside == folder)
        return tuple(sorted(found, key=lambda file: file.key))

    async def note_files(self, folder: str, files: Sequence[TriedFile], *, now: datetime) -> None:
        """Keep the files and forget the old ones."""
        if files:
            fresh = {k: v for k, v in self.noted.items() if now - v[1] <= timedelta(days=90)}
            self.noted = fresh | {(folder, file.key): (file, now) for file in files}


class FakeMarks:
    """The marks of readers, in memory."""

    def __init__(self) -> None:
        self.marks: dict[str, datetime] = {}

    async def mark_of(self, reader: str) -> datetime | None:
        """Return the mark."""
        return self.marks.get(reader)

    async def move_mark(self, reader: str, to: datetime) -> datetime:
        """Move the mark forward."""
        if to.utcoffset() is None:
            raise ValueError("to must be aware")
        self.marks[reader] = max(to, self.marks.get(reader, to))
        return self.marks[reader]


class FakePushes:
    """The memory of signatures, in memory."""

    def __init__(self) -> None:
        self.until: dict[str, datetime] = {}

    async def admit(self, signature: str, *, now: datetime, until: datetime) -> bool:
        """Remember the signature."""
        self.until = {kept: end for kept, end in self.until.items() if end >= now}
        is_new = signature not in self.until
        self.until.setdefault(signature, until)
        return is_new

    async def forget(self, signature: str) -> None:
        """Forget the signature."""
        self.until.pop(signature, None)
