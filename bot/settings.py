"""The settings: `config/nutgraf.toml`, checked key by key when the program starts."""

import re
import zoneinfo
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import inspect

from bot.errors import SettingsError
from bot.news import PUSH, is_pushed
from bot.shipped import shipped

CONFIG_FILE: Final = Path("config/nutgraf.toml")
HOST_PORT: Final = re.compile(r"(?:[^\s:/@\[\]]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})")
"""A host and its port: "wire.example:8080", "10.0.0.7:80", "[fd00::7]:80"."""
MAX_PORT: Final = 65_535
PUSH_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the settings: immutable, and an unknown key is an error."""


def _between(low: int, high: int) -> msgspec.Meta:
    return msgspec.Meta(ge=low, le=high)


class ArchiveSettings(Section, frozen=True):
    """`[archive]`."""

    database: Annotated[str, msgspec.Meta(min_length=1)] = "data/nutgraf.db"


class ReadingSettings(Section, frozen=True):
    """`[reading]`: limits on what comes from outside."""

    timeout_seconds: Annotated[float, _between(1, 300)] = 20
    max_megabytes: Annotated[int, _between(1, 200)] = 20
    max_items_per_source: Annotated[int, _between(1, 1000)] = 100
    fetches_at_once: Annotated[int, _between(1, 1000)] = 100
    contact: Annotated[str, msgspec.Meta(max_length=200, pattern="^[!-'*-~]*$")] = ""
    allow: tuple[str, ...] = ()


class BriefingSettings(Section, frozen=True):
    """`[briefing]`: the size of an edition."""

    window_hours: Annotated[int, _between(1, 720)] = 24
    max_stories: Annotated[int, _between(1, 25)] = 6


class WritingSettings(Section, frozen=True):
    """`[writing]`: the size of a brief."""

    sentences_per_story: Annotated[int, _between(1, 20)] = 3
    max_words_per_article: Annotated[int, _between(20, 1000)] = 120
    quotes_per_story: Annotated[int, _between(0, 50)] = 4


class DeskSettings(Section, frozen=True):
    """`[desk]`: what readers see."""

    time_zone: str = "UTC"


class DiscordSettings(Section, frozen=True):
    """`[discord]`: how `nutgraf run` signs in."""

    token_file: str = ""


class WebSettings(Section, frozen=True):
    """`[web]`: what `nutgraf run` listens to."""

    listen: str = ""
    secrets_folder: str = ""
    max_megabytes: Annotated[int, _between(1, 20)] = 5


class SourceSettings(Section, frozen=True):
    """One `[[source]]`."""

    address: Annotated[str, msgspec.Meta(min_length=1)]
    outlet: str = ""
    publisher: str = ""
    urgent: bool = False
    paused: bool = False


class Settings(Section, frozen=True):
    """All of `nutgraf.toml`."""

    archive: ArchiveSettings = ArchiveSettings()
    reading: ReadingSettings = ReadingSettings()
    briefing: BriefingSettings = BriefingSettings()
    writing: WritingSettings = WritingSettings()
    desk: DeskSettings = DeskSettings()
    discord: DiscordSettings = DiscordSettings()
    web: WebSettings = WebSettings()
    source: tuple[SourceSettings, ...] = ()


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings of the file; without one, the working folder's, or else the defaults.

    Raises:
        SettingsError: the file is missing or unreadable, is not TOML, or has an unknown key or a
            value of a wrong type or size; the sentence names the file, the key and what is allowed.
    """
    if path is None:
        path = CONFIG_FILE if CONFIG_FILE.is_file() else None
    name = str(path or "the built-in nutgraf.toml")
    try:
        text = path.read_bytes() if path else shipped(CONFIG_FILE).read_bytes()
    except OSError as error:
        raise SettingsError(f"{name}: cannot be read ({error.strerror}).") from error
    return parse_settings(text, name)


def parse_settings(text: bytes, name: str) -> Settings:
    """Return the settings that the TOML holds; `name` is what errors call the file.

    Raises:
        SettingsError: as `load_settings`.
    """
    try:
        settings = msgspec.toml.decode(text, type=Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{name}: {_explain(str(error))}") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise SettingsError(f"{name}: is not valid TOML: {error}.") from error
    _check_zone(settings.desk.time_zone, name)
    _check_allowed(settings.reading.allow, name)
    _check_sources(settings.source, name)
    _check_listen(settings.web.listen, name)
    return settings


def _explain(message: str) -> str:
    """Turn msgspec's sentence (what, then where as `$.a.b`) into ours, with what is allowed."""
    what, _, where = message.partition(" - at `$")
    key = where.rstrip("`").removeprefix(".")
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", what)
    if unknown:
        full = f"{key}.{unknown[1]}" if key else unknown[1]
        return f"unknown key {full}; allowed here: {', '.join(_fields_at(key))}."
    missing = re.fullmatch(r"Object missing required field `(.*)`", what)
    if missing:
        return f"{key} lacks the key {missing[1]}."
    return f"{key} must be {_allowed(key)} ({what[:1].lower()}{what[1:]})."


def _fields_at(key: str) -> dict[str, inspect.Type]:
    """Return the keys that are allowed in a section, with what their values must be."""
    kind: inspect.Type = inspect.type_info(Settings)
    for name in filter(None, re.sub(r"\[\d+\]", "", key).split(".")):
        fields = (
            {f.name: f.type for f in kind.fields} if isinstance(kind, inspect.StructType) else {}
        )
        kind = fields[name]
        kind = kind.item_type if isinstance(kind, inspect.VarTupleType) else kind
    return {f.name: f.type for f in kind.fields} if isinstance(kind, inspect.StructType) else {}


def _allowed(key: str) -> str:
    """Say in words what the value of a key may be."""
    section, _, name = key.rpartition(".")
    kind = _fields_at(section).get(name.partition("[")[0])
    if isinstance(kind, inspect.VarTupleType):
        kind = kind.item_type if "[" in name else kind
    match kind:
        case inspect.IntType(ge=low, le=high):
            return f"a whole number from {low} to {high}"
        case inspect.FloatType(ge=low, le=high):
            return f"a number from {low} to {high}"
        case inspect.StrType():
            return "text in quotation marks" + _text_limits(kind)
        case inspect.BoolType():
            return "true or false"
        case inspect.VarTupleType(item_type=inspect.StrType()):
            return "a list of texts"
        case _:
            return "a section in brackets"


def _text_limits(kind: inspect.StrType) -> str:
    if kind.pattern:
        return ": one word of plain characters, without parentheses"
    return ", not empty" if kind.min_length else ""


def _check_zone(zone: str, name: str) -> None:
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"{name}: desk.time_zone: {zone!r} is not in the IANA time zone database; "
            f'write it like "Europe/London".'
        ) from error


def _is_host_port(entry: str) -> bool:
    match = HOST_PORT.fullmatch(entry)
    return match is not None and 0 < int(match[1]) <= MAX_PORT


def _check_allowed(entries: tuple[str, ...], name: str) -> None:
    for entry in entries:
        if not _is_host_port(entry):
            raise SettingsError(
                f"{name}: reading.allow: {entry!r} is not a host and its port as the address names "
                f'them; write it like "wire.example:8080", for https with port 443.'
            )


def _check_listen(listen: str, name: str) -> None:
    if listen and not _is_host_port(listen):
        raise SettingsError(
            f"{name}: web.listen: {listen!r} is not a host and a port; write it like "
            f'"127.0.0.1:8080", or "" to listen to nobody.'
        )


def _check_sources(sources: tuple[SourceSettings, ...], name: str) -> None:
    for source in sources:
        if is_pushed(source.address) and not PUSH_NAME.fullmatch(source.address.removeprefix(PUSH)):
            raise SettingsError(
                f"{name}: source {source.address!r}: behind {PUSH} stands a name of lower-case "
                f"letters, digits and hyphens, such as {PUSH}city-desk."
            )
