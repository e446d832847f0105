"""A server with a channel and people, and the real client on fakes, for tests in simcord."""

import json
import re
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env

from bot.chat.client import NewsClient
from bot.chat.parts import Parts
from bot.chat.suggestions import Suggestions
from bot.desk import Desk
from bot.ports import Documents
from bot.schedule.due import next_runs
from bot.schedule.words import in_words, parse_times
from bot.schedule_desk import TimingWords
from bot.server_desk import note_welcomed
from bot.source_desk import ReadingLimits, SourceDesk
from tests.fakes import FakeArchive
from tests.laws.desks import NOW, a_desk

# beside the checkout; without it the requests of all tests go unchecked, and one test says so
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "discord"

PAGE = """<html><head><title>{title}</title>
<meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="2026-09-17T04:00:00Z"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""

HARBOUR = (
    "The harbour crane at Tern Island will stand still until Friday, the port company said.",
    "“The hull of the barge needs new plates,” said Mira Tolland, who runs the ferry line.",
    "Two hundred people cross the sound on the ferry each day.",
)
SCHOOL = (
    "The school in Ostervik will open a new library in October.",
    "“We have waited nine years for this room,” said Jonas Hale, the head teacher.",
    "The council paid 40,000 crowns for the shelves.",
)


def page(title: str, paragraphs: tuple[str, ...], outlet: str = "Harbour Courier") -> bytes:
    """Return an article's page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return PAGE.format(title=title, outlet=outlet, paragraphs=body).encode()


MODAL = 9
"""Type of an answer that opens a form. Source: Discord API, "Interaction Callback Type"."""

NEWS: Mapping[str, bytes] = {
    "https://courier.example/crane": page("Harbour crane stands still until Friday", HARBOUR),
    "https://post.example/library": page("New library for Ostervik school", SCHOOL, "Sound Post"),
}


@dataclass
class Room:
    """What a test sees: the simulated Discord, and the parts behind the client."""

    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    editor: MemberActor
    parts: Parts
    changes: list[datetime]

    @property
    def client(self) -> NewsClient:
        """The client under test."""
        assert isinstance(self.env.bot, NewsClient)
        return self.env.bot

    @property
    def desk(self) -> Desk:
        """The desk behind the client, as it answers in the server."""
        seated = self.client.newsrooms.known(self.guild.id)
        return (seated or self.parts).desk

    def texts(self, channel: ChannelHandle | None = None) -> list[str]:
        """Return what the messages of a channel say, one string each."""
        return [text_of(message) for message in (channel or self.channel).history()]


def parts_of(
    desk: Desk, clock: Callable[[], datetime] = lambda: NOW
) -> tuple[Parts, list[datetime]]:
    """Return parts on fakes, and the list that grows whenever schedules change."""
    changes: list[datetime] = []

    async def changed() -> None:
        changes.append(clock())
        await suggestions.refresh_schedules()

    words = TimingWords(parse_times, in_words, next_runs)
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    suggestions = Suggestions(desk, archive.timetable)
    desk.tools.listeners.append(suggestions.note)
    parts = Parts(
        desk,
        archive.posts,
        archive.timetable,
        clock,
        words,
        changed,
        archive.operations,
        sources_of(desk),
        desk.tools.documents,
        suggestions,
        archive.reviews,
        archive.servers,
        archive.threads,
    )
    return parts, changes


def sources_of(desk: Desk) -> SourceDesk:
    """Return the desk of the desk's sources, on the same fakes."""
    tools = desk.tools
    return SourceDesk(
        desk.subscriptions,
        tools.documents,
        tools.reader,
        tools.robots,
        tools.progress,
        tools.read_lexicon,
        ReadingLimits(20_000_000, 20, 5, 100),
        desk.zone,
    )


@asynccontextmanager
async def a_room(
    contents: Mapping[str, bytes] = NEWS,
    *,
    desk: Desk | None = None,
    check_errors: bool = True,
    client: Callable[[Parts], NewsClient] = NewsClient,
    links: Documents | None = None,
    clock: Callable[[], datetime] = lambda: NOW,
) -> AsyncIterator[Room]:
    """Open a room; when it closes, every request that was made is checked against Discord's own."""
    parts, changes = parts_of(desk or a_desk(contents), clock)
    parts = replace(parts, links=links or parts.links)
    bot = client(parts)
    async with simcord.run(bot, check_errors=check_errors) as env:
        guild = env.create_guild()
        await parts.servers.add_server(guild.id, now=parts.clock())
        await note_welcomed(parts.servers, guild.id)
        await bot.newsrooms.of_server(guild.id)
        channel = guild.create_text_channel("news")
        may = discord.Permissions(manage_channels=True, manage_guild=True)
        role = guild.create_role("Chiefs", permissions=may)
        editor = guild.add_member(env.create_user("mira"), roles=[role])
        yield Room(env, guild, channel, editor, parts, changes)
        check_requests(env)


def check_requests(env: Env) -> None:
    """Assert what holds for every request: no mention can fire, and Discord would take it."""
    for request in env.http_requests:
        if request.method not in {"POST", "PATCH", "PUT"} or request.json is None:
            continue
        body = request.json
        if isinstance(body, dict):
            message = body.get("data") if request.path.endswith("/callback") else body
            is_form = body.get("type") == MODAL
            if isinstance(message, dict) and "components" in message and not is_form:
                assert message["allowed_mentions"] == {"parse": []}
        if SHARED.exists():
            assert_valid(request.method, request.path, body)


@cache
def _validator() -> ModuleType:
    spec = spec_from_file_location("validate_payload", SHARED / "validate_payload.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def assert_valid(method: str, path: str, body: object) -> None:
    """Assert that Discord's own description allows the request."""
    result = _validator().validate(method, path, json.loads(json.dumps(body)))
    assert result.ok, (path, result.schema, result.docs)


def text_of(message: discord.Message) -> str:
    """Return all that a message says, its components included."""
    raw = [component.to_dict() for component in message.components]
    return "\n".join([message.content, *_strings(raw)]).strip()


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("content"), str):
            yield node["content"]
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def plain(text: str) -> str:
    """Return the text without the backslashes that escape it."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def ids_of(node: object, kind: int) -> list[str]:
    """Return the ids of all components of a kind: 2 are buttons, 3 string selects."""
    if isinstance(node, dict):
        own = [node["custom_id"]] if node.get("type") == kind and "custom_id" in node else []
        return own + [i for value in node.values() for i in ids_of(value, kind)]
    return [i for value in node for i in ids_of(value, kind)] if isinstance(node, list) else []


def menus(message: discord.Message) -> list[str]:
    """Return the ids of a message's menus."""
    return ids_of([component.to_dict() for component in message.components], 3)


def buttons(message: discord.Message, label: str) -> list[str]:
    """Return the ids of a message's buttons with the label."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == 2 and node.get("label") == label:
                found.append(node["custom_id"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk([component.to_dict() for component in message.components])
    return found
