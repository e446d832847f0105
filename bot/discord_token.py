"""Where Discord's token for the bot comes from."""

import os
from base64 import b64decode
from pathlib import Path
from typing import Final

from bot.errors import SettingsError
from bot.settings import Settings

TOKEN_VARIABLE: Final = "NUTGRAF_DISCORD_TOKEN"  # noqa: S105 - a name, not a token
PARTS: Final = 3


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


def application_id_of(token: str) -> int:
    """Return the id of the bot's application, with which its token begins.

    Source: Discord API, "Authentication": the first of three parts is the id in base64.

    Raises:
        SettingsError: it is no token of a bot; the sentence does not repeat it.
    """
    first, *others = token.split(".")
    try:
        decoded = b64decode(first + "=" * (-len(first) % 4), altchars=b"-_", validate=True)
        application_id = int(decoded.decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        application_id = 0
    if len(others) != PARTS - 1 or not all(others) or application_id <= 0:
        raise SettingsError(
            "This is not the token of a Discord bot, which has three parts with dots between them. "
            "A client secret or a public key will not do: copy the token from "
            "https://discord.com/developers/applications (your application, Bot, Reset Token) "
            f"into {TOKEN_VARIABLE} or the file that discord.token_file names."
        )
    return application_id
