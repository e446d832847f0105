"""The settings: `config/nutgraf.toml`, checked key by key when the program starts."""

from bot.settings.loading import CONFIG_FILE, load_settings, parse_settings
from bot.settings.models import BudgetSettings, EndpointSettings, ModelSettings
from bot.settings.newsrooms import newsroom_named, newsrooms_of, settings_of_one, with_database
from bot.settings.sections import (
    ArchiveSettings,
    BriefingSettings,
    DeskSettings,
    DiscordSettings,
    NewsroomSettings,
    ReadingSettings,
    Settings,
    SourceSettings,
    WebSettings,
    WritingSettings,
)
from bot.settings.terms import models_asked, payment_terms

__all__ = [
    "CONFIG_FILE",
    "ArchiveSettings",
    "BriefingSettings",
    "BudgetSettings",
    "DeskSettings",
    "DiscordSettings",
    "EndpointSettings",
    "ModelSettings",
    "NewsroomSettings",
    "ReadingSettings",
    "Settings",
    "SourceSettings",
    "WebSettings",
    "WritingSettings",
    "load_settings",
    "models_asked",
    "newsroom_named",
    "newsrooms_of",
    "parse_settings",
    "payment_terms",
    "settings_of_one",
    "with_database",
]
