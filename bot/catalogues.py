"""Reads what a newsroom keeps beside its settings: publishers, topics, and prices of models."""

from pathlib import Path
from typing import Final, TypeVar

import msgspec

from bot.errors import SettingsError
from bot.money import Prices
from bot.news import Value
from bot.shipped import shipped
from bot.stories import Publishers, Topics

PUBLISHERS_FILE: Final = Path("config/publishers.toml")

TOPICS_FILE: Final = Path("config/topics.toml")

PRICES_FILE: Final = Path("config/prices.toml")

C = TypeVar("C", bound=Value)


def load_publishers(path: Path | None = None) -> Publishers:
    """Return the publishers of the file; without one, the working folder's, or else the shipped.

    Raises:
        SettingsError: the file is missing, unreadable or not TOML, or has an unknown key or a value
            of a wrong type; the sentence names the file and the key.
    """
    return _load(path, PUBLISHERS_FILE, Publishers)


def load_topics(path: Path | None = None) -> Topics:
    """Return the topics of the file; without one, the working folder's, or else none.

    Raises:
        SettingsError: as `load_publishers`.
    """
    return _load(path, TOPICS_FILE, Topics)


def load_prices(currency: str, path: Path | None = None) -> Prices:
    """Return the prices of the file; without one, the working folder's, or else none at all.

    Args:
        currency: that of the budget, which must be the file's.
        path: the file.

    Raises:
        SettingsError: as `load_publishers`, or the currencies differ.
    """
    prices = _load(path, PRICES_FILE, Prices)
    if prices.currency != currency:
        raise SettingsError(
            f"{path or PRICES_FILE}: prices are in {prices.currency}, and the budget in "
            f"config/nutgraf.toml is in {currency}; write both in one currency."
        )
    return prices


def _load(path: Path | None, usual: Path, kind: type[C]) -> C:
    if path is None:
        path = usual if usual.is_file() else None
    name = str(path or f"the built-in {usual.name}")
    try:
        text = path.read_bytes() if path else shipped(usual).read_bytes()
        return msgspec.toml.decode(text, type=kind)
    except OSError as error:
        raise SettingsError(f"{name}: cannot be read ({error.strerror}).") from error
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        place = where.rstrip("`").removeprefix(".") or "the file"
        raise SettingsError(f"{name}: {place}: {what[:1].lower()}{what[1:]}.") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise SettingsError(f"{name}: is not valid TOML: {error}.") from error
