"""Joins the web door with the desk: who may push what, and how the newsroom is."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk import Desk
from bot.errors import SettingsError
from bot.intake import receive
from bot.pipeline import PUSH, Listed
from bot.ports import Document, Pushes
from bot.push_secrets import load_push_secrets
from bot.settings import Settings
from bot.web import Health, Parts, listen


@dataclass(frozen=True)
class Pulse:
    """What tells whether the newsroom is alive: since when, how often it reads, and Discord."""

    started_at: datetime
    poll_every: timedelta
    is_connected: Callable[[], bool]


@asynccontextmanager
async def open_web(
    settings: Settings, desk: Desk, pushes: Pushes, pulse: Pulse, *, clock: Callable[[], datetime]
) -> AsyncIterator[None]:
    """Listen while the block lasts, if the settings name an address.

    Raises:
        SettingsError: the address cannot be listened on, or a source has no proper secret.
    """
    by_address = {entry.address: entry for entry in desk.sources if entry.address.startswith(PUSH)}
    if not settings.web.listen:
        _require_nobody(by_address)
        yield
        return
    names = [address.removeprefix(PUSH) for address in by_address]

    async def take(document: Document) -> tuple[str, ...]:
        entry: Listed = by_address[document.address]
        return (await receive(document, entry, desk.tools, now=clock())).article_ids

    parts = Parts(
        load_push_secrets(names, settings.web.secrets_folder),
        take,
        pushes,
        lambda: health_of(desk, pulse, now=clock()),
        clock,
        settings.web.max_megabytes * 1_000_000,
    )
    async with listen(settings.web.listen, parts):
        yield


def _require_nobody(addresses: Iterable[str]) -> None:
    for address in addresses:
        raise SettingsError(
            f"{address} is a source, and nobody listens to it: name an address as web.listen in "
            f'config/nutgraf.toml, such as "127.0.0.1:8080".'
        )


def health_of(desk: Desk, pulse: Pulse, *, now: datetime) -> Health:
    """Return how the newsroom is: failing when it has not read for three rounds, or cannot post."""
    last = desk.last_read_at
    reasons = []
    if now - (last or pulse.started_at) > 3 * pulse.poll_every:
        reasons.append("The sources have not been read for three rounds.")
    if not pulse.is_connected():
        reasons.append("There is no connection to Discord.")
    unread = desk.last_intake.unread if desk.last_intake else ()
    return Health(
        "failing" if reasons else "ok",
        pulse.started_at,
        last,
        len(desk.sources),
        len({one.address for one in unread}),
        tuple(reasons),
    )
