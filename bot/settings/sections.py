"""The sections of `nutgraf.toml` with their keys, limits and defaults."""

from typing import Annotated

import msgspec

from bot.settings.models import BudgetSettings, ModelSettings
from bot.settings.section import Filled, Section, between


class ArchiveSettings(Section, frozen=True):
    """`[archive]`."""

    database: Filled = "data/nutgraf.db"
    uncited_days: Annotated[int, between(0, 36_500)] = 0


class ReadingSettings(Section, frozen=True):
    """`[reading]`: limits on what comes from outside."""

    timeout_seconds: Annotated[float, between(1, 300)] = 20
    max_megabytes: Annotated[int, between(1, 200)] = 20
    max_items_per_source: Annotated[int, between(1, 1000)] = 100
    fetches_at_once: Annotated[int, between(1, 1000)] = 100
    contact: Annotated[str, msgspec.Meta(max_length=200, pattern="^[!-'*-~]*$")] = ""
    allow: tuple[str, ...] = ()


class BriefingSettings(Section, frozen=True):
    """`[briefing]`: the size of an edition."""

    window_hours: Annotated[int, between(1, 720)] = 24
    max_stories: Annotated[int, between(1, 25)] = 6


class WritingSettings(Section, frozen=True):
    """`[writing]`: the size of a brief."""

    sentences_per_story: Annotated[int, between(1, 20)] = 3
    max_words_per_article: Annotated[int, between(20, 1000)] = 120
    quotes_per_story: Annotated[int, between(0, 50)] = 4


class NewsroomSettings(Section, frozen=True):
    """One `[[newsroom]]`: an archive of its own, and the Discord servers that belong to it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    database: Filled
    servers: tuple[Annotated[int, msgspec.Meta(ge=1)], ...] = ()


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
    max_megabytes: Annotated[int, between(1, 20)] = 5


class SourceSettings(Section, frozen=True):
    """One `[[source]]`."""

    address: Filled
    outlet: str = ""
    publisher: str = ""
    newsroom: str = ""
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
    model: ModelSettings = ModelSettings()
    budget: BudgetSettings = BudgetSettings()
    newsroom: tuple[NewsroomSettings, ...] = ()
    source: tuple[SourceSettings, ...] = ()
