"""Scripted talks about stories of the sample wire: what is asked and done, and what must be told.

The same scripts run in a simulated Discord (`tests/chat`) and at the terminal desk
(`tests/console`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal, Protocol

from msgspec.structs import replace as struct_replace

from bot.demo.wire import NOW, load_wire
from bot.desk import Desk
from bot.news import Article, Outlet, Revision, Source, Subscription
from bot.ports import Archive, Revise
from bot.text import squeeze
from tests.fakes_subscriptions import FakeSubscriptions
from tests.laws.desks import a_desk

Doing = Literal["restart", "brief", "kill quote", "hold quote", "kill story", "release", "correct"]
NOT_THERE: Final = "Not in the sources of this story."
WITHDRAWN: Final = "withdrawn"
CHANGED: Final = "changed since first read"
ADDRESS: Final = re.compile(r"https://[a-z]+\.example/[a-z0-9-]+")
QUOTED: Final = re.compile(r"“([^”]+)”")


@dataclass(frozen=True)
class Ask:
    """A question in the talk's story, or in another one's, and what the answer has and has not.

    Without `says` it is refused.
    """

    question: str
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    by: Literal["editor", "other"] = "editor"
    about: str = ""


@dataclass(frozen=True)
class Do:
    """Something that happens between two questions; of a correction `words` become `instead`."""

    doing: Doing
    words: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Talk:
    """A thread of one story, found by words, which the wire reports as an event."""

    name: str
    story: str
    event: str
    steps: tuple[Ask | Do, ...]


class Surface(Protocol):
    """Where a talk is held."""

    async def ask(self, ask: Ask, story: str) -> str:
        """Ask in the story's thread, and return what is answered, addresses of sources included."""
        ...

    async def do(self, doing: Doing, words: str) -> None:
        """Do something that is no question."""
        ...


async def hold_talk(talk: Talk, surface: Surface, archive: Archive) -> None:
    """Go through the talk and check each answer: what it says, and that it keeps to its sources."""
    stopped: list[str] = []
    for number, step in enumerate(talk.steps, start=1):
        if isinstance(step, Do):
            await _do(step, surface, archive, stopped)
            continue
        told = squeeze(await surface.ask(step, step.about or talk.story))
        where = f"{talk.name}, step {number}: {step.question}\n{told}"
        check_sources(told, EVENTS[step.about] if step.about else talk.event, where)
        for words in (*step.never, *stopped):
            assert words not in told, where
        if not step.says:
            assert NOT_THERE in told, where
        for words in step.says:
            assert words in told, where


def check_sources(told: str, event: str, where: str) -> None:
    """Assert that all addresses are of the event's reports, and all quoted words stand in them."""
    own = {a.address: a for a in wire_articles() if a.source.address and _event(a) == event}
    assert set(ADDRESS.findall(told)) <= own.keys(), where
    said = " ".join(squeeze(r.body) for a in own.values() for r in a.revisions)
    for words in QUOTED.findall(told):
        assert words in said.replace('"', "“") or words in said, where


async def _do(step: Do, surface: Surface, archive: Archive, stopped: list[str]) -> None:
    if step.doing == "correct":
        await _correct(step, archive)
        return
    await surface.do(step.doing, step.words)
    if step.doing in {"kill quote", "hold quote"}:
        stopped.append(step.words)
    if step.doing == "release":
        stopped.clear()


async def _correct(step: Do, archive: Archive) -> None:
    """Have the outlet print other words in the article that has these."""
    for article in wire_articles():
        if step.words in article.latest.body:
            await archive.revise({article.id: _corrected(step)})


def _corrected(step: Do) -> Revise:
    def revise(article: Article | None) -> Article:
        assert article
        body = article.latest.body.replace(step.words, step.instead)
        newer = Revision.of(
            article.id, article.latest.number + 1, article.latest.title, body, seen_at=NOW
        )
        return struct_replace(article, revisions=(*article.revisions, newer))

    return revise


@cache
def wire_articles() -> tuple[Article, ...]:
    """Return the open English articles of the sample wire."""
    return tuple(_articles())


def _articles() -> Iterator[Article]:
    wire = load_wire()
    for item in wire.items("after"):
        if item.is_open and item.language == "en":
            outlet = wire.outlet(item.outlet)
            source = Source(
                f"https://{outlet.slug}.example/feed", "feed", Outlet(outlet.name, outlet.publisher)
            )
            text = Revision.of(item.id, 1, item.headline, item.body, seen_at=item.published_at)
            yield Article(
                item.id,
                source,
                (text,),
                address=f"https://{outlet.slug}.example/{item.id}",
                published_at=item.published_at,
            )


def _event(article: Article) -> str:
    return next(item.event for item in load_wire().items("after") if item.id == article.id)


async def wire_desk() -> Desk:
    """Return a desk that has read the sample wire."""
    desk = a_desk({}, ())
    articles = {a.id: a for a in wire_articles()}
    sources = sorted({a.source.address for a in articles.values()})
    listed = [Subscription(address, NOW, paused=True) for address in sources]
    desk = replace(desk, subscriptions=FakeSubscriptions(listed))
    await desk.tools.archive.revise({i: _becoming(a) for i, a in articles.items()})
    return desk


def _becoming(article: Article) -> Revise:
    return lambda _: article


FERRY: Final = "Maid of Stavering"
TALKS_STORY: Final = "Marta Quill"
HOSPITAL: Final = "Saltergate laundry"
EVENTS: Final = {FERRY: "ferry", TALKS_STORY: "talks", HOSPITAL: "hospital"}

TALKS: Final = (
    Talk(
        "a speaker, somebody else's question, a restart",
        FERRY,
        "ferry",
        (
            Ask("What did Ruth Ashgrove say?", ("There was no panic",)),
            Ask("And what did she say about the list?", ("The list is closed",)),
            Ask("How many people were injured?", ("34",), by="other"),
            Ask("When was that?", ("Tuesday",), by="other"),
            Do("restart"),
            Ask("What did she say about August?", ("I would not have slept as well",)),
            Ask("Who reported the crash first?", ("Radio Tamble",)),
            Ask("What did Anselm Corde say about the recorder?", ("speaks more precisely",)),
            Ask("Is he married?"),
        ),
    ),
    Talk(
        "two pronouns in a row, and what is not there",
        FERRY,
        "ferry",
        (
            Ask("What did Hester Amory say?", ("in between there was only the water",)),
            Ask("And what did she say about the yellow coat?", ("gentleman in the yellow coat",)),
            Ask("How old is she?", ("Amory, 58, teaches geography",)),
            Ask("What does she teach?", ("teaches geography",)),
            Ask("Where was she born?"),
            Ask("Who is Anselm Corde?", ("chief executive",)),
            Ask("How old is he?"),
        ),
    ),
    Talk(
        "two stories and another briefing in between",
        TALKS_STORY,
        "talks",
        (
            Ask("What did Marta Quill say about luggage?", ("We are not luggage",)),
            Ask("When was that?", ("Tuesday",)),
            Ask("What did Ruth Ashgrove say?", ("There was no panic",), about=FERRY),
            Do("brief"),
            Ask("Who reported it first?", ("Harbour Courier",)),
            Ask("What did Beatrix Holm say?", ("I recommend windows",)),
            Ask("And what did she say about the ferry?", never=("There was no panic",)),
            Ask("How much does pay rise?", ("6.8 per cent",)),
        ),
    ),
    Talk(
        "a quote is killed in between",
        FERRY,
        "ferry",
        (
            Ask("What did Ruth Ashgrove say?", ("There was no panic",)),
            Do("kill quote", "There was no panic, but there was a great deal of silence"),
            Ask("What did Ruth Ashgrove say?", ("The list is closed",)),
            Ask("Who said there was no panic?", never=("great deal of silence",)),
            Do("restart"),
            Ask("What did she say about silence?", never=("no panic",)),
            Ask("How many people were on board?", ("206",)),
        ),
    ),
    Talk(
        "a quote is held and released",
        HOSPITAL,
        "hospital",
        (
            Ask("What did Leif Ormond say?", ("We have two inspectors and 61 roofs",)),
            Ask("And what did he say about the map?", ("She put a pin in a street map",)),
            Do("hold quote", "We have two inspectors and 61 roofs"),
            Ask("What did Leif Ormond say?", ("She put a pin",), ("61 roofs",)),
            Ask("What did he say about inspectors?", ("Leif Ormond",), ("We have two",)),
            Do("release"),
            Ask("What did he say about inspectors?", ("We have two inspectors and 61 roofs",)),
        ),
    ),
    Talk(
        "the whole story is killed",
        HOSPITAL,
        "hospital",
        (
            Ask("What did Noor Haddon say?", ("we are looking for a mist",)),
            Ask("Who is she?", ("medical director",)),
            Do("kill story", HOSPITAL),
            Ask("What did she say about the mist?", (WITHDRAWN,), ("looking for a mist",)),
            Ask("How many people are ill?", (WITHDRAWN,), ("Fourteen",)),
            Ask("What did Ruth Ashgrove say?", ("There was no panic",), about=FERRY),
        ),
    ),
    Talk(
        "a source is corrected",
        TALKS_STORY,
        "talks",
        (
            Ask("How many dockers stood outside the Customs House?", ("About 400 dockers",)),
            Do("correct", "About 400 dockers", "About 350 dockers"),
            Ask(
                "How many dockers stood outside the Customs House?",
                ("About 350", CHANGED),
                ("400",),
            ),
            Ask("When was that?", ("Tuesday",), ("400",)),
            Ask("What did Pim Lascar say?", ("He had a free week",)),
            Ask("How old is he?", ("Pim Lascar, 24",)),
        ),
    ),
)
