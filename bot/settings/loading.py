"""Reads the settings from the file that is named, the working folder's, or the one that ships."""

from pathlib import Path
from typing import Final

import msgspec

from bot.errors import SettingsError
from bot.settings.checks import check
from bot.settings.explaining import explain
from bot.settings.sections import Settings
from bot.shipped import shipped

CONFIG_FILE: Final = Path("config/nutgraf.toml")


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
        raise SettingsError(f"{name}: {explain(str(error))}") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise SettingsError(f"{name}: is not valid TOML: {error}.") from error
    try:
        check(settings)
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error
    return settings
