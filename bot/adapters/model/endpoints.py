"""Where models are: the endpoints of a newsroom, the first choice first."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bot.adapters.model.keys import Key, load_key
from bot.errors import SettingsError
from bot.ports import ModelTask

NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an endpoint may be called: its key's environment variable has the same name."""

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Endpoint:
    """One endpoint that speaks chat.completions.

    `base_url` is what stands before `/chat/completions`: "https://api.example/v1". With an
    `api_version` it is an Azure resource of the old kind, "https://desk.openai.azure.com", and its
    models are names of deployments; Azure's newer `/openai/v1` is an endpoint like all others.
    `models` names the model of each task; who lacks a task is not asked for it.

    Raises:
        ValueError: the name has other letters than `NAME`; `base_url` is not an http or https
            address, or has a query or a password; there is no model; or a number is not positive.
    """

    name: str
    base_url: str
    key: Key
    models: Mapping[ModelTask, str]
    concurrency: int = 4
    """Requests that are under way at once; those of a model on one's own machine: its slots."""

    timeout_seconds: float = 60
    """Longest time for one request, from sending it to the last word of the reply."""

    api_version: str = ""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is not made of lower-case letters, digits, hyphens.")
        address = urlsplit(self.base_url)
        if address.scheme not in {"http", "https"} or not address.hostname or address.port == 0:
            raise ValueError(f"base_url: {self.base_url!r} is not an http or https address.")
        if address.query or address.fragment or "@" in address.netloc:
            raise ValueError("base_url must have no name, query or fragment.")
        if not any(self.models.values()):
            raise ValueError("No task has a model.")
        if self.concurrency < 1 or self.timeout_seconds <= 0:
            raise ValueError("concurrency and timeout_seconds must be positive.")

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, where no proxy leads."""
        return urlsplit(self.base_url).hostname in LOOPBACK

    def url_of(self, model: str) -> str:
        """Return the address in front of `/chat/completions`.

        Source: Azure OpenAI REST API reference, "Chat completions - Create".
        """
        base = self.base_url.rstrip("/")
        return f"{base}/openai/deployments/{model}" if self.api_version else base


def load_endpoint(  # noqa: PLR0913 - each by its name, as the settings have them
    name: str,
    base_url: str,
    models: Mapping[ModelTask, str],
    *,
    key_variable: str = "",
    key_file: str = "",
    concurrency: int = 4,
    timeout_seconds: float = 60,
    api_version: str = "",
    environment: Mapping[str, str] = os.environ,
) -> Endpoint:
    """Return the endpoint with its key, as `load_key` finds it.

    Raises:
        SettingsError: a value is wrong, or the key's file; the sentence names the endpoint.
    """
    key = load_key(name, variable=key_variable, file=key_file, environment=environment)
    try:
        return Endpoint(name, base_url, key, models, concurrency, timeout_seconds, api_version)
    except ValueError as error:
        raise SettingsError(f"The model endpoint {name}: {error}") from error
