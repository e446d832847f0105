"""Says of a key that cannot be followed which one it is, and what is allowed there."""

import re
from typing import Final

from msgspec import inspect

from bot.settings.sections import Settings

SAID: Final[dict[type, str]] = {
    inspect.BoolType: "true or false",
    inspect.DecimalType: "an amount such as 1.50",
}


def explain(message: str) -> str:
    """Turn msgspec's sentence (what, then where as `$.a.b`) into ours, with what is allowed."""
    what, _, where = message.partition(" - at `$")
    key = where.rstrip("`").removeprefix(".")
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", what)
    if unknown:
        full = f"{key}.{unknown[1]}" if key else unknown[1]
        return f"unknown key {full}; allowed here: {', '.join(_fields_at(key))}."
    missing = re.fullmatch(r"Object missing required field `(.*)`", what)
    if missing:
        return f"{key} lacks the key {missing[1]}."
    return f"{key} must be {_allowed(key)} ({what[:1].lower()}{what[1:]})."


def _fields_at(key: str) -> dict[str, inspect.Type]:
    """Return the keys that are allowed in a section, with what their values must be."""
    kind: inspect.Type = inspect.type_info(Settings)
    for name in filter(None, re.sub(r"\[\d+\]", "", key).split(".")):
        fields = (
            {f.name: f.type for f in kind.fields} if isinstance(kind, inspect.StructType) else {}
        )
        kind = fields[name]
        kind = kind.item_type if isinstance(kind, inspect.VarTupleType) else kind
    return {f.name: f.type for f in kind.fields} if isinstance(kind, inspect.StructType) else {}


def _allowed(key: str) -> str:
    """Say in words what the value of a key may be."""
    section, _, name = key.rpartition(".")
    kind = _fields_at(section).get(name.partition("[")[0])
    if isinstance(kind, inspect.VarTupleType):
        kind = kind.item_type if "[" in name else kind
    match kind:
        case inspect.IntType(ge=low, le=high):
            return f"a whole number from {low} to {high}"
        case inspect.FloatType(ge=low, le=high):
            return f"a number from {low} to {high}"
        case inspect.StrType():
            return "text in quotation marks" + _text_limits(kind)
        case inspect.VarTupleType(item_type=inspect.StrType()):
            return "a list of texts"
        case _:
            return SAID.get(type(kind), "a section in brackets")


def _text_limits(kind: inspect.StrType) -> str:
    if kind.pattern:
        return ": one word of plain characters, without parentheses"
    return ", not empty" if kind.min_length else ""
