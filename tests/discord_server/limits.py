"""The limits that Discord puts on messages, threads and commands, each refused with its field."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from tests.discord_server.components import (
    BUTTON,
    IS_COMPONENTS_V2,
    TEXT_DISPLAY,
    VERSION_2_TYPES,
    Json,
    walk,
)
from tests.discord_server.refusals import Reason, Refusal

MAX_CONTENT: Final = 2000
MAX_NONCE: Final = 25
MAX_EMBEDS: Final = 10
MAX_EMBED_CHARS: Final = 6000
MAX_ROWS: Final = 5
MAX_COMPONENTS: Final = 40
MAX_DISPLAYED: Final = 4000
MAX_CUSTOM_ID: Final = 100
MAX_BUTTON_LABEL: Final = 80
MAX_THREAD_NAME: Final = 100
MAX_CHOICES: Final = 25
MAX_COMMANDS: Final = {1: 100, 2: 15, 3: 15}
ARCHIVE_MINUTES: Final = (60, 1440, 4320, 10080)
"""Source of all: Discord API reference: "Create Message", "Components", "Start Thread from
Message", "Application Commands"."""

_COMMAND_NAME: Final = re.compile(r"[-_'\w]{1,32}")


def check_message(payload: Json) -> None:
    """Check a message as it would stand.

    Raises:
        Refusal: it is empty, or something in it is over a limit.
    """
    content, components = payload.get("content") or "", payload.get("components") or []
    if len(content) > MAX_CONTENT:
        raise Refusal.form("content", f"Must be {MAX_CONTENT} or fewer in length.")
    if not any(payload.get(key) for key in ("content", "embeds", "components", "attachments")):
        raise Refusal(Reason.EMPTY_MESSAGE)
    _check_embeds(payload.get("embeds") or [])
    _check_components(components)
    if payload.get("flags", 0) & IS_COMPONENTS_V2:
        _check_version_2(payload)
    else:
        _check_version_1(components)


def check_nonce(nonce: str | int | None, *, enforced: bool) -> None:
    """Check the nonce of a message.

    Raises:
        Refusal: it is too long, or to be enforced and not there.
    """
    if nonce is not None and len(str(nonce)) > MAX_NONCE:
        raise Refusal.form("nonce", f"Must be {MAX_NONCE} or fewer in length.")
    if enforced and nonce in (None, ""):
        raise Refusal.form("enforce_nonce", "There is no nonce to enforce.")


def _check_embeds(embeds: Sequence[Json]) -> None:
    if len(embeds) > MAX_EMBEDS:
        raise Refusal.form("embeds", f"Must be {MAX_EMBEDS} or fewer in length.")
    total = 0
    for embed in embeds:
        texts = [embed.get("title"), embed.get("description")]
        texts += [(embed.get(key) or {}).get("text") for key in ("footer",)]
        texts += [(embed.get("author") or {}).get("name")]
        for field in embed.get("fields") or ():
            texts += [field["name"], field["value"]]
        total += sum(len(text or "") for text in texts)
    if total > MAX_EMBED_CHARS:
        raise Refusal.form("embeds", f"Embed size exceeds maximum size of {MAX_EMBED_CHARS}")


def _check_components(components: Sequence[Json]) -> None:
    ids = Counter(c["custom_id"] for c in walk(components) if c.get("custom_id"))
    for custom_id, times in ids.items():
        if times > 1:
            raise Refusal.form("components", f"Component custom id {custom_id} is duplicated")
        if len(custom_id) > MAX_CUSTOM_ID:
            raise Refusal.form("components", f"custom_id: {MAX_CUSTOM_ID} or fewer in length.")
    for component in walk(components):
        if component["type"] == BUTTON and len(component.get("label") or "") > MAX_BUTTON_LABEL:
            raise Refusal.form("components", f"label: {MAX_BUTTON_LABEL} or fewer in length.")


def _check_version_1(components: Sequence[Json]) -> None:
    if len(components) > MAX_ROWS:
        raise Refusal.form("components", f"Must be {MAX_ROWS} or fewer in length.")
    if any(component["type"] in VERSION_2_TYPES for component in walk(components)):
        raise Refusal.form("components", "Some of these need the flag IS_COMPONENTS_V2.")


def _check_version_2(payload: Json) -> None:
    for key in ("content", "embeds"):
        if payload.get(key):
            raise Refusal.form(key, "Cannot be used with the flag IS_COMPONENTS_V2.")
    found = list(walk(payload.get("components")))
    if len(found) > MAX_COMPONENTS:
        raise Refusal.form("components", f"Must be {MAX_COMPONENTS} or fewer in all.")
    displayed = sum(len(c["content"]) for c in found if c["type"] == TEXT_DISPLAY)
    if displayed > MAX_DISPLAYED:
        raise Refusal.form("components", f"Displayed text: {MAX_DISPLAYED} or fewer in length.")


def check_thread(body: Json) -> None:
    """Check what a thread is to be called and how soon it is put away.

    Raises:
        Refusal: the name is empty or too long, or the time is not one of Discord's four.
    """
    if "name" in body and not 1 <= len(body["name"]) <= MAX_THREAD_NAME:
        raise Refusal.form("name", f"Must be between 1 and {MAX_THREAD_NAME} in length.")
    if body.get("auto_archive_duration") not in (None, *ARCHIVE_MINUTES):
        raise Refusal.form("auto_archive_duration", f"Must be one of {ARCHIVE_MINUTES}.")


def check_choices(choices: Sequence[Json]) -> None:
    """Check what an autocompletion offers.

    Raises:
        Refusal: too many choices, or a name that is empty or longer than 100.
    """
    if len(choices) > MAX_CHOICES:
        raise Refusal.form("data.choices", f"Must be {MAX_CHOICES} or fewer in length.")
    if any(not 1 <= len(choice["name"]) <= MAX_CUSTOM_ID for choice in choices):
        raise Refusal.form("data.choices", "name: between 1 and 100 in length.")


def check_commands(commands: Sequence[Json]) -> None:
    """Check the commands of one scope together.

    Raises:
        Refusal: too many, two of one name, a name or an option that Discord does not take.
    """
    names = Counter((command.get("type", 1), command["name"]) for command in commands)
    if any(times > 1 for times in names.values()):
        raise Refusal.form("name", "Application command names must be unique")
    for kind, most in MAX_COMMANDS.items():
        if sum(command.get("type", 1) == kind for command in commands) > most:
            raise Refusal.form("commands", f"Maximum number of {most} commands reached.")
    for command in commands:
        if command.get("type", 1) == 1:
            _check_slash(command, command["name"])


def _check_slash(command: Json, path: str) -> None:
    name = command["name"]
    if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
        raise Refusal.form("name", f"Command name is invalid: {path}")
    if not 1 <= len(command.get("description") or "") <= MAX_CUSTOM_ID:
        raise Refusal.form("description", f"Must be between 1 and 100 in length: {path}")
    options = command.get("options") or []
    if len(options) > MAX_CHOICES:
        raise Refusal.form("options", f"Must be {MAX_CHOICES} or fewer in length: {path}")
    required = [bool(option.get("required")) for option in options if option["type"] > 2]
    if required != sorted(required, reverse=True):
        raise Refusal.form("options", f"Required options must come first: {path}")
    for option in options:
        _check_slash(option, f"{path} {option['name']}")
        if len(option.get("choices") or []) > MAX_CHOICES:
            raise Refusal.form("choices", f"Must be {MAX_CHOICES} or fewer: {path}")
