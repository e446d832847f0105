"""Checks of the sections on models: where they are, who holds the key, what amounts are."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

from bot.money import to_millionths
from bot.settings.models import BudgetSettings, EndpointSettings

NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


def check_endpoints(endpoints: Sequence[EndpointSettings]) -> None:
    """Let endpoints pass that can be asked.

    Raises:
        ValueError: one cannot; a sentence that names it and the key. A secret that was written
            where its name belongs does not stand in it.
    """
    for name, times in Counter(endpoint.name for endpoint in endpoints).items():
        if not NAME.fullmatch(name):
            raise ValueError(
                f"model.endpoint.name: {name!r} is not a name of lower-case letters, digits and "
                f'hyphens; write it like "city-gpu".'
            )
        if times > 1:
            raise ValueError(f"model.endpoint: {times} of them are called {name}; rename one.")
    for endpoint in endpoints:
        _check(endpoint)


def _check(endpoint: EndpointSettings) -> None:
    where = f"model.endpoint {endpoint.name}"
    if not _is_base_url(endpoint.base_url):
        raise ValueError(
            f"{where}: base_url is not an address of http or https without a user, a query and a "
            f'fragment; write it like "https://models.example/v1".'
        )
    if not (endpoint.summary_model or endpoint.answer_model):
        raise ValueError(f"{where} lacks a model; set summary_model, answer_model or both.")
    if endpoint.key_env and not VARIABLE.fullmatch(endpoint.key_env):
        raise ValueError(
            f"{where}: key_env is not the name of an environment variable; the key itself belongs "
            f"in that variable, and never in this file."
        )


def _is_base_url(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port  # reading it checks it
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and port != 0
        and not re.search(r"\s", address)
        and not _has_more(parts)
    )


def _has_more(parts: SplitResult) -> bool:
    return bool(parts.username or parts.password or parts.query or parts.fragment)


def check_budget(budget: BudgetSettings) -> None:
    """Let amounts pass that can be counted in millionths.

    Raises:
        ValueError: one cannot; a sentence that names its key.
    """
    for key in ("desk_per_day", "total_per_day"):
        try:
            to_millionths(getattr(budget, key))
        except ValueError as error:
            raise ValueError(f"budget.{key}: {error}; write it like 1.50.") from error
