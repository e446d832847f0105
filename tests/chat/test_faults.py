"""Whatever fails, Discord or the store, the member is told in a sentence, and nothing is half done.

Each thing that a member can do is done once in good order, to see which requests it makes and which
methods of the store it calls; then once for each of them, which fails.
"""

import inspect
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

import pytest
from simcord.results import InteractionResult

from bot.errors import ArchiveError
from tests.chat.doings import QUESTION, Doing, Scene, a_scene, doings
from tests.chat.rooms import Room, a_room, text_of
from tests.fakes import FakeArchive

DOINGS: Final = doings()
FULL: Final = bool(os.environ.get("NUTGRAF_FULL"))
"""Every fault of everything takes half an hour; without it the long suite tries some of them."""
ALWAYS: Final = ("a question",)
LONG: Final = (
    tuple(DOINGS) if FULL else (*ALWAYS, "/brief", "Discuss", "Check quotes", "/schedule add")
)
SOME: Final = [
    name if name in ALWAYS else pytest.param(name, marks=pytest.mark.soak) for name in LONG
]
"""What the default suite tries, and beside it what the long one does."""
LOCKED: Final = "The archive is locked by another program."
UNEXPECTED: Final = "Something went wrong that should not."
REFUSED: Final = {403: 50013, 404: 10003, 429: 0, 500: 0}
"""From a status to the code that Discord sends with it."""


class Lost(dict[str, Any]):
    """A fault of simcord's that breaks the connection instead of answering."""

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - of simcord's
        """Break, once the request is known to be meant."""
        if key == "status":
            raise ConnectionResetError("gone")
        return super().__getitem__(key)


@asynccontextmanager
async def a_scene_of_its_own() -> AsyncIterator[Scene]:
    async with a_room(check_errors=False) as room:
        yield await a_scene(room)


def pattern(path: str) -> str:
    """Return the path with a star for each id and token."""
    parts = (
        part if not part or part.isalpha() or part[0] == "@" else "*" for part in path.split("/")
    )
    return "/".join(parts)


async def requests_of(do: Doing) -> list[tuple[str, str]]:
    """Return the requests that are made when nothing fails, each once."""
    async with a_scene_of_its_own() as scene:
        before = len(scene.room.env.http_requests)
        await do(scene)
        made = scene.room.env.http_requests[before:]
        return list(dict.fromkeys((r.method, pattern(r.path)) for r in made))


def ports_of(room: Room) -> dict[str, object]:
    """Return the store's ports by name."""
    archive = room.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    inside = {name: port for name, port in vars(archive).items() if hasattr(port, "__dict__")}
    return {**inside, "archive": archive, "sources": room.desk.subscriptions}


def methods_of(room: Room) -> Iterator[tuple[str, object, str]]:
    for name, port in ports_of(room).items():
        for method, _ in inspect.getmembers(type(port), inspect.iscoroutinefunction):
            if not method.startswith("_"):
                yield f"{name}.{method}", port, method


@contextmanager
def noting(room: Room, called: list[str]) -> Iterator[None]:
    """Note which methods of the store are called by the chat, in their order."""
    for name, port, method in list(methods_of(room)):
        setattr(port, method, _noting(name, getattr(port, method), called))
    yield


def _noting(name: str, real: Callable[..., Any], called: list[str]) -> Callable[..., Any]:
    async def noted(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        called.append(name)
        return await real(*args, **kwargs)

    return noted


def break_method(room: Room, name: str, error: Exception) -> None:
    """Have the method raise the error from now on."""

    async def broken(*_: Any, **__: Any) -> Any:  # noqa: ANN401
        raise error

    ((port, method),) = [(p, m) for n, p, m in methods_of(room) if n == name]
    setattr(port, method, broken)


async def calls_of(do: Doing) -> list[str]:
    """Return the methods of the store that are called when nothing fails, each once."""
    called: list[str] = []
    async with a_scene_of_its_own() as scene:
        with noting(scene.room, called):
            await do(scene)
    return list(dict.fromkeys(called))


def said_to(result: InteractionResult | None) -> list[str]:
    """Return what the member alone was told."""
    if result is None:
        return []
    answers = [*([result.response] if result.response else []), *result.followups]
    return [text_of(one.message) for one in answers if one.ephemeral]


def said_to_all(scene: Scene) -> list[str]:
    """Return what stands in the channel and in its threads, for everybody."""
    channel = scene.room.channel
    return [text for place in (channel, *channel.threads) for text in scene.room.texts(place)]


def counts(room: Room) -> dict[str, int]:
    """Return how much of everything is stored."""
    archive = room.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    return {
        "briefings": len(archive.dossiers),
        "posts": len(archive.posts.posts),
        "threads": len(archive.posts.threads),
        "schedules": len(archive.timetable.saved),
        "jobs": len(archive.jobs.waiting),
    }


def is_logged(log: list[logging.LogRecord]) -> bool:
    """Tell whether the log has it: from us, or from discord.py for what nobody expected."""
    return any(
        r.levelno >= (logging.WARNING if r.name.startswith("bot.") else logging.ERROR) for r in log
    )


def shown_to(result: InteractionResult) -> str:
    """Return all that answers the interaction, whoever sees it."""
    answers = [*([result.response] if result.response else []), *result.followups]
    return "\n".join(text_of(one.message) for one in answers).strip()


def assert_told(
    result: InteractionResult | None, new: list[str], log: list[logging.LogRecord], *, here: bool
) -> None:
    """Assert that the member hears of it; where Discord takes no word to them, the log does.

    Args:
        result: of the interaction; a question in a thread has none.
        new: what stands there now that everybody sees.
        log: what was logged.
        here: whether Discord can be reached for the member.
    """
    if result is None:
        assert is_logged(log) or any(text != QUESTION for text in new), "nobody hears of it"
    elif here:
        assert shown_to(result) or result.modal, "the member waits for ever"
        assert not {*said_to(result)} & {*new}, "all see the error"
    else:
        assert shown_to(result) or is_logged(log), "nobody hears of it"


async def fail_at(
    do: Doing, request: tuple[str, str], status: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Do it while one kind of request fails, and again when none does."""
    method, path = request
    async with a_scene_of_its_own() as scene:
        env, before, shown = scene.room.env, counts(scene.room), len(said_to_all(scene))
        if status is None:
            fault = Lost(method=method, path=path, times=None)
            env.backend.faults.append(fault)
        else:
            env.inject_error(method, path, status=status, code=REFUSED[status], times=None)
        caplog.clear()
        result = await do(scene)

        reachable = not path.startswith(("/interactions", "/webhooks"))
        assert_told(result, said_to_all(scene)[shown:], caplog.records, here=reachable)
        env.backend.faults.clear()
        after = await do(scene)
        assert after is None or shown_to(after) or after.modal
        clean = counts(scene.room)
        assert all(clean[kind] <= before[kind] + 2 for kind in clean), (
            "it is stored again and again"
        )
        threads = [thread.id for thread in scene.room.channel.threads]
        archive = scene.room.desk.tools.archive
        assert isinstance(archive, FakeArchive)
        assert {*archive.posts.threads} <= {*threads}, "a thread is remembered that is not there"


async def fail_in_store(
    do: Doing, method: str, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Do it while one method of the store fails."""
    sentence = str(error) if isinstance(error, ArchiveError) else UNEXPECTED
    async with a_scene_of_its_own() as scene:
        shown = len(said_to_all(scene))
        break_method(scene.room, method, error)
        caplog.clear()
        result = await do(scene)

        new = said_to_all(scene)[shown:]
        assert_told(result, new, caplog.records, here=True)
        if result is not None:
            assert not any(sentence in text for text in new), "all see the error"


@pytest.mark.parametrize("name", SOME)
async def test_a_connection_that_is_lost_is_told(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for request in await requests_of(DOINGS[name]):
        await fail_at(DOINGS[name], request, None, caplog)


@pytest.mark.soak
@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("status", REFUSED)
async def test_a_request_that_is_refused_is_told(
    name: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    for request in await requests_of(DOINGS[name]):
        await fail_at(DOINGS[name], request, status, caplog)


@pytest.mark.parametrize("name", SOME)
async def test_a_store_that_fails_is_told(name: str, caplog: pytest.LogCaptureFixture) -> None:
    for method in await calls_of(DOINGS[name]):
        await fail_in_store(DOINGS[name], method, ArchiveError(LOCKED), caplog)


@pytest.mark.soak
@pytest.mark.parametrize("name", LONG)
async def test_what_nobody_expected_is_told_with_a_reference(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for method in await calls_of(DOINGS[name]):
        await fail_in_store(DOINGS[name], method, RuntimeError("boom"), caplog)
