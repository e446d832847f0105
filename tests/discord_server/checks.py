"""Checks request bodies against Discord's own OpenAPI document, if it is beside the checkout."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

VALIDATOR: Final = (
    Path(__file__).resolve().parents[3] / "shared" / "discord" / "validate_payload.py"
)

NOTE: Final = "../shared/discord is not here: request bodies are not checked against its document"


@dataclass(frozen=True)
class Violation:
    """A request that Discord's description does not allow, or that this server does not know."""

    method: str
    path: str
    problems: tuple[str, ...]


@cache
def load_validator() -> Callable[[str, str, Any], Any] | None:
    """Return the validator's `validate`, or `None` if it is not beside the checkout."""
    if not VALIDATOR.is_file():
        return None
    spec = importlib.util.spec_from_file_location("discord_payload_validator", VALIDATOR)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up while it is executed
    __import__("sys").modules[spec.name] = module
    spec.loader.exec_module(module)
    validate: Callable[[str, str, Any], Any] = module.validate
    return validate


def check_body(method: str, path: str, body: object) -> Violation | None:
    """Return what is wrong with the body, or `None`: nothing is, or nothing can be said."""
    validate = load_validator()
    if validate is None:
        return None
    result = validate(method, path, body)
    if result.ok:
        return None
    return Violation(method, path, (*result.schema, *result.docs))
