"""The newsrooms of the settings: each with its archive, its servers and its sources."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from bot.errors import SettingsError
from bot.settings.sections import NewsroomSettings, Settings

THE_ONLY: Final = "newsroom"
"""What a newsroom is called that the settings do not name."""


def check_newsrooms(settings: Settings) -> None:
    """Let newsrooms pass that share nothing.

    Raises:
        ValueError: two share a name, an archive or a server, or a source names none of them.
    """
    every = settings.newsroom
    _require_own("name", (one.name.casefold() for one in every))
    _require_own("database", (one.database for one in every))
    _require_own("servers", (server for one in every for server in set(one.servers)))
    names = {one.name for one in every}
    for source in settings.source:
        if source.newsroom and source.newsroom not in names:
            raise ValueError(
                f"source {source.address!r}: there is no newsroom {source.newsroom!r}; list it as "
                f"[[newsroom]], or leave the key out."
            )


def _require_own(key: str, values: Iterable[object]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise ValueError(
                f"newsroom.{key}: {value} stands in {times} newsrooms; one alone has it."
            )


def newsrooms_of(settings: Settings) -> tuple[tuple[NewsroomSettings, Settings], ...]:
    """Return each newsroom with the settings that hold for it: its archive, its sources.

    A source that names no newsroom is read by all. Without any newsroom in the settings there is
    one, on the archive of `[archive]`.
    """
    if not settings.newsroom:
        return ((NewsroomSettings(THE_ONLY, settings.archive.database), settings),)
    return tuple((one, _for(one, settings)) for one in settings.newsroom)


def newsroom_named(settings: Settings, name: str | None) -> tuple[NewsroomSettings, Settings]:
    """Return the newsroom of that name; the only one if none is named.

    Raises:
        SettingsError: there is none of that name, or there are several and none is named.
    """
    every = newsrooms_of(settings)
    found = [one for one in every if name is None or one[0].name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one, _ in every)
    asked = "Say which newsroom" if name is None else f"There is no newsroom {name!r}; say which"
    raise SettingsError(f"{asked} with --newsroom: {names}.")


def with_database(settings: Settings, database: str) -> Settings:
    """Return the settings of the newsroom with that archive alone, or of one that none lists."""
    same = tuple(one for one in settings.newsroom if one.database == database)
    archive = replace(settings.archive, database=database)
    return replace(settings, archive=archive, newsroom=same)


def settings_of_one(settings: Settings) -> Settings:
    """Return what holds for the only newsroom.

    Raises:
        SettingsError: there are several; the sentence says how to name one.
    """
    (_, only), *others = newsrooms_of(settings)
    if others:
        named = ", ".join(f"{one.database} ({one.name})" for one in settings.newsroom)
        raise SettingsError(
            "There are several newsrooms. Name one by its archive, behind `nutgraf`: "
            f"--database FILE, of {named}."
        )
    return only


def _for(one: NewsroomSettings, settings: Settings) -> Settings:
    return replace(
        settings,
        archive=replace(settings.archive, database=one.database),
        source=tuple(s for s in settings.source if s.newsroom in {"", one.name}),
    )
