"""Where Discord's token for the bot comes from."""

import os
from pathlib import Path
from typing import Final

from bot.errors import SettingsError
from bot.settings import Settings

TOKEN_VARIABLE: Final = "NUTGRAF_DISCORD_TOKEN"  # noqa: S105 - a name, not a token


def load_token(settings: Settings) -> str:
    """Return Discord's token for the bot, from the environment or its file.

    Raises:
        SettingsError: there is none, or the file cannot be read; the sentence says what to do.
    """
    if token := os.environ.get(TOKEN_VARIABLE, "").strip():
        return token
    path = settings.discord.token_file
    if not path:
        raise SettingsError(
            f"There is no Discord token. Set {TOKEN_VARIABLE}, or name a file as "
            f"discord.token_file in config/nutgraf.toml; the README says where a token comes "
            f"from. Without one, `nutgraf demo` shows what Nutgraf does."
        )
    try:
        token = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"discord.token_file: {path} cannot be read ({error}).") from error
    if not token:
        raise SettingsError(f"discord.token_file: {path} is empty.")
    return token
