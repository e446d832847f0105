"""Turns what a person picks at the client into the data of an interaction, as Discord builds it."""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.discord_server.channels import Channel, Guild
from tests.discord_server.commands import SUBCOMMAND_TYPES
from tests.discord_server.components import LABEL, STRING_SELECT, TEXT_DISPLAY, TEXT_INPUT, Json
from tests.discord_server.people import Role, User

Picked = str | int | float | bool | User | Role | Channel
"""What can be given for an option of a command."""

VALUE_TYPES: Final[Mapping[int, type | tuple[type, ...]]] = {
    3: str,
    4: int,
    5: bool,
    10: (int, float),
}
"""Source: "Application Command Option Type"."""

OBJECT_TYPES: Final[Mapping[int, type | tuple[type, ...]]] = {
    6: User,
    7: Channel,
    8: Role,
    9: (User, Role),
}


def command_data(
    command: Json,
    path: Sequence[str],
    picked: Mapping[str, Picked],
    *,
    guild: Guild | None,
    focused: str | None = None,
) -> Json:
    """Return the data of a command that was sent, or that is being typed if one is `focused`.

    `path` holds the names of the group and the subcommand below the command.

    Raises:
        LookupError: there is no such subcommand or option.
        ValueError: the client would not send this: a required option is not there, a value is of
            the wrong type or not among the choices.
    """
    leaf, wrap = command, []
    for name in path:
        leaf = _option(leaf, name)
        wrap.append(leaf)
    options = _values(leaf, picked, focused)
    for level in reversed(wrap):
        options = [{"name": level["name"], "type": level["type"], "options": options}]
    data = {"id": command["id"], "name": command["name"], "type": command["type"]}
    data |= {"options": options} if options else {}
    data |= {"guild_id": command["guild_id"]} if "guild_id" in command else {}
    ids = [str(value.id) for value in picked.values() if isinstance(value, (User, Role, Channel))]
    return data | ({"resolved": _resolve(ids, guild)} if ids and guild else {})


def _option(command: Json, name: str) -> Json:
    for option in command.get("options") or ():
        if option["name"] == name:
            found: Json = option
            return found
    there = [option["name"] for option in command.get("options") or ()]
    raise LookupError(f"{command['name']!r} has no {name!r}; it has {there}")


def _values(leaf: Json, picked: Mapping[str, Picked], focused: str | None) -> list[Json]:
    values = []
    for name, value in picked.items():
        option = _option(leaf, name)
        if focused is None:
            _check(option, value)
        entry = {"name": name, "type": option["type"], "value": _wire(value)}
        values.append(entry | ({"focused": True} if name == focused else {}))
    for option in leaf.get("options") or ():
        if option["type"] in SUBCOMMAND_TYPES:
            raise ValueError(f"{leaf['name']!r} is used with a subcommand: {option['name']!r}")
        if option.get("required") and option["name"] not in picked and focused is None:
            raise ValueError(f"{option['name']!r} is required")
    return values


def _check(option: Json, value: Picked) -> None:
    name, kind = option["name"], option["type"]
    expected = VALUE_TYPES.get(kind) or OBJECT_TYPES[kind]
    if not isinstance(value, expected) or (kind == 4 and isinstance(value, bool)):
        raise ValueError(f"{name!r} takes no {value!r}")
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise ValueError(f"{name!r} is one of {choices}")
    if isinstance(value, str):
        least, most = option.get("min_length") or 0, option.get("max_length") or 6000
        if not least <= len(value) <= most:
            raise ValueError(f"{name!r} has {least} to {most} characters")
    elif isinstance(value, (int, float)):
        least, most = option.get("min_value", value), option.get("max_value", value)
        if not least <= value <= most:
            raise ValueError(f"{name!r} is between {least} and {most}")


def _wire(value: Picked) -> str | int | float | bool:
    return str(value.id) if isinstance(value, (User, Role, Channel)) else value


def select_data(select: Json, values: Sequence[str], guild: Guild | None) -> Json:
    """Return the data of a select in which values were chosen (ids, if it lists people or places).

    Raises:
        ValueError: one is not among the options, or too few or too many were chosen.
    """
    options = [option["value"] for option in select.get("options") or ()]
    if select["type"] == STRING_SELECT and not set(values) <= set(options):
        raise ValueError(f"{list(values)} are not among {options}")
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise ValueError(f"{least} to {most} are to be chosen, not {len(values)}")
    data: Json = {"custom_id": select["custom_id"], "component_type": select["type"]}
    data |= {"id": select.get("id"), "values": list(values)}
    if guild and select["type"] != STRING_SELECT:
        data["resolved"] = _resolve(values, guild)
    return data


def _resolve(values: Sequence[str], guild: Guild) -> Json:
    resolved: Json = {"users": {}, "members": {}, "roles": {}, "channels": {}}
    for value in values:
        identity = int(value)
        if identity in guild.members:
            member = guild.members[identity]
            resolved["users"][value] = member.user.payload()
            resolved["members"][value] = {**member.payload(with_user=False), "permissions": "0"}
        elif identity in guild.roles:
            resolved["roles"][value] = guild.roles[identity].payload()
        else:
            channel = guild.channels[identity].payload()
            resolved["channels"][value] = {**channel, "permissions": "0"}
    return resolved


def modal_data(modal: Json, typed: Mapping[str, str | Sequence[str]]) -> Json:
    """Return the data of a form as it was filled in; what was not typed keeps its default.

    Raises:
        LookupError: the form has no such field.
        ValueError: a required field is empty, or a text too long or too short.
    """
    left = dict(typed)
    components = [_filled(component, left) for component in modal["components"]]
    if left:
        raise LookupError(f"the form has no field {sorted(left)}")
    return {"custom_id": modal["custom_id"], "components": components}


def _filled(component: Json, left: dict[str, str | Sequence[str]]) -> Json:
    body: Json = {"type": component["type"], "id": component.get("id")}
    if component["type"] == LABEL:
        return body | {"component": _filled(component["component"], left)}
    if component.get("components"):
        return body | {"components": [_filled(inner, left) for inner in component["components"]]}
    if component["type"] == TEXT_DISPLAY:
        return body
    body["custom_id"] = component["custom_id"]
    value = left.pop(component["custom_id"], None)
    if component["type"] != TEXT_INPUT:
        return body | {"values": list(value) if value is not None else []}
    text = str(component.get("value") or "" if value is None else value)
    least, most = component.get("min_length") or 0, component.get("max_length") or 4000
    if component.get("required", True) and not text:
        raise ValueError(f"{component['custom_id']!r} is required")
    if text and not least <= len(text) <= most:
        raise ValueError(f"{component['custom_id']!r} has {least} to {most} characters")
    return body | {"value": text}
