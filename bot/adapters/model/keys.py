"""The keys that model endpoints ask for: from the environment or a secret file, read once."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.errors import SettingsError

PREFIX: Final = "NUTGRAF_MODEL_KEY_"
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Key:
    """A key and where it came from; printing it shows only where.

    `secret` is empty where an endpoint has none, as models on one's own machine do.
    """

    secret: str = field(repr=False)
    origin: str
    """What to change if the endpoint refuses it: "the variable X", "the file /run/secrets/x"."""


def load_key(
    endpoint: str,
    *,
    variable: str = "",
    file: str = "",
    environment: Mapping[str, str] = os.environ,
) -> Key:
    """Return the key of the endpoint of that name, without spaces around it.

    It stands in the `variable`, or without a name in `variable_of(endpoint)`; or else alone in
    `file`. With neither there is none: not every endpoint wants one, and one that does says so.

    Raises:
        SettingsError: the file cannot be read, is empty, or may be read by others than its owner;
            or the key has characters that no header can carry.
    """
    variable = variable or variable_of(endpoint)
    if secret := environment.get(variable, "").strip():
        return _checked(Key(secret, f"the variable {variable}"))
    if file:
        return _checked(Key(_in_file(Path(file)), f"the file {file}"))
    return Key("", f"the variable {variable}")


def variable_of(endpoint: str) -> str:
    """Return the name of the environment variable: of "night-desk" NUTGRAF_MODEL_KEY_NIGHT_DESK."""
    return PREFIX + endpoint.upper().replace("-", "_")


def _in_file(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            # of the file that is open, which nobody can exchange any more
            mode = os.fstat(file.fileno()).st_mode
            secret = file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The model's key file {path} cannot be read ({error}).") from error
    if mode & OTHERS:
        raise SettingsError(
            f"The model's key file {path} can be read by others than its owner; "
            f"run `chmod 600 {path}`."
        )
    if not secret:
        raise SettingsError(f"The model's key file {path} is empty.")
    return secret


def _checked(key: Key) -> Key:
    if not (key.secret.isascii() and key.secret.isprintable() and " " not in key.secret):
        raise SettingsError(
            f"The model's key in {key.origin} has spaces, line breaks or letters that a key "
            f"cannot have; put the key alone there."
        )
    return key
