"""Checks what no type can say: time zones, addresses, and the names of pushed sources."""

import re
import zoneinfo
from typing import Final

from bot.news import PUSH, is_pushed
from bot.settings.model_checks import check_budget, check_endpoints
from bot.settings.newsrooms import check_newsrooms
from bot.settings.sections import Settings, SourceSettings

HOST_PORT: Final = re.compile(r"(?:[^\s:/@\[\]]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})")
"""A host and its port: "wire.example:8080", "10.0.0.7:80", "[fd00::7]:80"."""
MAX_PORT: Final = 65_535
PUSH_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


def check(settings: Settings) -> None:
    """Let settings pass that can be followed.

    Raises:
        ValueError: one cannot; a sentence that names the key and what to write.
    """
    _check_zone(settings.desk.time_zone)
    _check_allowed(settings.reading.allow)
    _check_sources(settings.source)
    _check_listen(settings.web.listen)
    check_endpoints(settings.model.endpoint)
    check_budget(settings.budget)
    check_newsrooms(settings)


def _check_zone(zone: str) -> None:
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f"desk.time_zone: {zone!r} is not in the IANA time zone database; "
            f'write it like "Europe/London".'
        ) from error


def _is_host_port(entry: str) -> bool:
    match = HOST_PORT.fullmatch(entry)
    return match is not None and 0 < int(match[1]) <= MAX_PORT


def _check_allowed(entries: tuple[str, ...]) -> None:
    for entry in entries:
        if not _is_host_port(entry):
            raise ValueError(
                f"reading.allow: {entry!r} is not a host and its port as the address names "
                f'them; write it like "wire.example:8080", for https with port 443.'
            )


def _check_listen(listen: str) -> None:
    if listen and not _is_host_port(listen):
        raise ValueError(
            f"web.listen: {listen!r} is not a host and a port; write it like "
            f'"127.0.0.1:8080", or "" to listen to nobody.'
        )


def _check_sources(sources: tuple[SourceSettings, ...]) -> None:
    for source in sources:
        if is_pushed(source.address) and not PUSH_NAME.fullmatch(source.address.removeprefix(PUSH)):
            raise ValueError(
                f"source {source.address!r}: behind {PUSH} stands a name of lower-case "
                f"letters, digits and hyphens, such as {PUSH}city-desk."
            )
