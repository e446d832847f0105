"""The settings: `config/nutgraf.toml`, checked key by key when the program starts."""

from bot.settings.loading import CONFIG_FILE, load_settings, parse_settings
from bot.settings.models import BudgetSettings, EndpointSettings, ModelSettings
from bot.settings.sections import (
    ArchiveSettings,
    BriefingSettings,
    DeskSettings,
    DiscordSettings,
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
    "ReadingSettings",
    "Settings",
    "SourceSettings",
    "WebSettings",
    "WritingSettings",
    "load_settings",
    "models_asked",
    "parse_settings",
    "payment_terms",
]
