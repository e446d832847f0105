"""What Discord asks of the commands that are registered, as facts checked on their payloads.

Source: Discord API, "Application Commands" (Naming; Application Command Object, Option, Option
Choice; Registering a Command: at most 100 slash commands, and 15 menus for messages), read in the
description that /applications/{id}/commands has in Discord's own document. discord.py checks names
and descriptions when a command is made, and neither the order, nor counts, nor the total.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

NAME: Final = re.compile(r"[-_'\w]{1,32}")
"""Of slash commands and options, in lower case; letters of any script and digits."""
MAX_MENU_NAME: Final = 32
MAX_DESCRIPTION: Final = 100
MAX_OPTIONS: Final = 25
MAX_CHOICES: Final = 25
MAX_CHOICE_CHARS: Final = 100
MAX_TOTAL: Final = 8_000
"""Characters of all names, descriptions and values of one command."""
MAX_COMMANDS: Final = 100
MAX_MENUS: Final = 15
"""Menus for messages; for users there may be as many again."""
SLASH, MENU = 1, 3
SUBCOMMAND, GROUP = 1, 2

Payload = Mapping[str, Any]


def complaints(commands: Sequence[Payload]) -> list[str]:
    """Return what Discord would refuse of the commands of a bulk overwrite, a sentence each."""
    slash = [one for one in commands if one.get("type", SLASH) == SLASH]
    menus = [one for one in commands if one.get("type", SLASH) == MENU]
    found = [f"{name} is registered twice" for name in _twice(slash) + _twice(menus)]
    if len(slash) > MAX_COMMANDS:
        found.append(f"{len(slash)} slash commands")
    if len(menus) > MAX_MENUS:
        found.append(f"{len(menus)} menus")
    found += [f"{menu['name']}: no name of a menu" for menu in menus if not _is_menu(menu)]
    for command in slash:
        found += [f"{command['name']}: {wrong}" for wrong in _command(command)]
    return found


def _is_menu(menu: Payload) -> bool:
    return 1 <= len(menu["name"]) <= MAX_MENU_NAME and not menu.get("description")


def _command(command: Payload) -> Iterator[str]:
    yield from _named(command)
    if (total := total_chars(command)) > MAX_TOTAL:
        yield f"{total} characters in all"
    yield from _options(command.get("options", ()), depth=0)


def _named(one: Payload) -> Iterator[str]:
    name = one["name"]
    if not NAME.fullmatch(name) or name != name.lower():
        yield f"{name!r} is no name"
    if not 1 <= len(one.get("description", "")) <= MAX_DESCRIPTION:
        yield f"{name}: a description of {len(one.get('description', ''))} characters"


def _options(options: Sequence[Payload], depth: int) -> Iterator[str]:
    if len(options) > MAX_OPTIONS:
        yield f"{len(options)} options"
    yield from (f"option {name} twice" for name in _twice(options))
    required = [bool(one.get("required")) for one in options]
    if required != sorted(required, reverse=True):
        yield "a required option after one that is not"
    kinds = {one["type"] in {SUBCOMMAND, GROUP} for one in options}
    if len(kinds) > 1:
        yield "subcommands beside options"
    for one in options:
        yield from _named(one)
        yield from _choices(one)
        if one["type"] in {SUBCOMMAND, GROUP}:
            if depth > 1 or (one["type"] == GROUP and depth):
                yield f"{one['name']}: nested too deep"
            yield from _options(one.get("options", ()), depth + 1)


def _choices(option: Payload) -> Iterator[str]:
    choices = option.get("choices", ())
    if choices and option.get("autocomplete"):
        yield f"{option['name']}: choices and autocompletion"
    if len(choices) > MAX_CHOICES:
        yield f"{option['name']}: {len(choices)} choices"
    for choice in choices:
        if not 1 <= len(choice["name"]) <= MAX_CHOICE_CHARS:
            yield f"{option['name']}: a choice of {len(choice['name'])} characters"
        if isinstance(choice["value"], str) and len(choice["value"]) > MAX_CHOICE_CHARS:
            yield f"{option['name']}: a value of {len(choice['value'])} characters"
    yield from (f"{option['name']}: choice {name} twice" for name in _twice(choices))


def total_chars(one: Payload) -> int:
    """Return the characters of names, descriptions and values, those of options included."""
    own = len(one["name"]) + len(one.get("description", ""))
    choices = sum(len(c["name"]) + len(str(c["value"])) for c in one.get("choices", ()))
    return own + choices + sum(map(total_chars, one.get("options", ())))


def _twice(named: Sequence[Payload]) -> list[str]:
    counted = Counter(one["name"] for one in named)
    return [name for name, times in counted.items() if times > 1]
