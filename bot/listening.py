"""Joins the web door with the desk: who may push what, and how the newsroom is."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk import Desk
from bot.errors import SettingsError
from bot.news import PUSH, Subscription, is_pushed
from bot.ports import Document, Pushes
from bot.push_secrets import load_push_secrets
from bot.settings import Settings
from bot.web import Health, Parts, listen

OVERDUE: Final = timedelta(minutes=15)
"""A source that was due so long ago and was not asked shows that nobody polls."""


@dataclass(frozen=True)
class Pulse:
    """What tells whether the newsroom is alive: since when it runs, and if Discord is there."""

    started_at: datetime
    is_connected: Callable[[], bool]


@asynccontextmanager
async def open_web(
    settings: Settings,
    desks: Sequence[Desk],
    pushes: Pushes,
    pulse: Pulse,
    *,
    clock: Callable[[], datetime],
) -> AsyncIterator[None]:
    """Listen while the block lasts, if the settings name an address.

    What is pushed goes to each of the desks that lists its source; `pushes` are of all of them.

    Raises:
        SettingsError: the address cannot be listened on, or a source has no proper secret.
    """
    pushed = sorted({a for desk in desks for a in await _pushed(desk)})
    if not settings.web.listen:
        _require_nobody(pushed)
        yield
        return

    async def take(document: Document) -> tuple[str, ...]:
        listing = [desk for desk in desks if document.address in await _pushed(desk)]
        taken = [await desk.polls.receive(document, now=clock()) for desk in listing]
        return tuple(article_id for ids in taken for article_id in ids)

    async def health() -> Health:
        every = [one for desk in desks for one in await desk.subscriptions.subscriptions()]
        return health_of(every, pulse, now=clock())

    parts = Parts(
        load_push_secrets([a.removeprefix(PUSH) for a in pushed], settings.web.secrets_folder),
        take,
        pushes,
        health,
        clock,
        settings.web.max_megabytes * 1_000_000,
    )
    async with listen(settings.web.listen, parts):
        yield


async def _pushed(desk: Desk) -> tuple[str, ...]:
    sources = await desk.subscriptions.subscriptions()
    return tuple(source.address for source in sources if is_pushed(source.address))


def _require_nobody(addresses: Sequence[str]) -> None:
    for address in addresses:
        raise SettingsError(
            f"{address} is a source, and nobody listens to it: name an address as web.listen in "
            f'config/nutgraf.toml, such as "127.0.0.1:8080".'
        )


def health_of(sources: Sequence[Subscription], pulse: Pulse, *, now: datetime) -> Health:
    """Return how the newsroom is: failing when sources wait to be asked, or it cannot post."""
    polled = [one for one in sources if one.is_read and not is_pushed(one.address)]
    due = [max(one.due_at or now, pulse.started_at) for one in polled]
    waiting = sum(now - at > OVERDUE for at in due)
    reasons = []
    if waiting:
        minutes = OVERDUE // timedelta(minutes=1)
        reasons.append(f"{waiting} sources were due {minutes} minutes ago and were not read.")
    if not pulse.is_connected():
        reasons.append("There is no connection to Discord.")
    return Health(
        "failing" if reasons else "ok",
        pulse.started_at,
        max((one.poll.read_at for one in sources if one.poll.read_at), default=None),
        len(sources),
        sum(one.poll.failures > 0 for one in sources),
        tuple(reasons),
    )
