"""The secrets that pushed messages are signed with: from the environment or a folder, read once."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from bot.errors import SettingsError

PREFIX: Final = "NUTGRAF_PUSH_SECRET_"
MIN_CHARS: Final = 32
"""As many as `openssl rand -hex 16` gives: 128 bits."""


def load_push_secrets(
    names: Iterable[str], folder: str, environment: Mapping[str, str] = os.environ
) -> dict[str, bytes]:
    """Return the secret of each name.

    It stands in the variable `variable_of(name)`, or else alone in a file of that name in `folder`.

    Raises:
        SettingsError: there is none, it is too short, or two names share one.
    """
    found: dict[str, bytes] = {}
    for name in names:
        secret = environment.get(variable_of(name), "").strip() or _in_folder(name, folder)
        if len(secret) < MIN_CHARS:
            raise SettingsError(
                f"The secret of push://{name} has fewer than {MIN_CHARS} characters; make one "
                f"with `openssl rand -hex 32`."
            )
        if secret.encode() in found.values():
            raise SettingsError(f"push://{name} has the secret of another source; give it its own.")
        found[name] = secret.encode()
    return found


def variable_of(name: str) -> str:
    """Return the name of the environment variable: of "city-desk" NUTGRAF_PUSH_SECRET_CITY_DESK."""
    return PREFIX + name.upper().replace("-", "_")


def _in_folder(name: str, folder: str) -> str:
    if not folder:
        raise SettingsError(
            f"There is no secret for push://{name}. Set {variable_of(name)}, or name a folder as "
            f"web.secrets_folder in config/nutgraf.toml that holds it in a file {name}."
        )
    path = Path(folder) / name
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"web.secrets_folder: {path} cannot be read ({error}).") from error
