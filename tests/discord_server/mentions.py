"""Who a message notifies: what its text mentions, as far as `allowed_mentions` lets it."""

import re
from typing import Final

from tests.discord_server.components import Json

_MENTION: Final = re.compile(r"<@(?P<role>&)?!?(?P<id>\d+)>|@(?P<all>everyone|here)")


def find_pings(text: str, allowed: Json | None, replied_to: str | None = None) -> tuple[str, ...]:
    """Return who is notified: "everyone", "role:ID" or "user:ID", each once, in order.

    Whether the bot has the permission for it is not asked: a message that would ping where it may
    is wrong where it may not. Source: Discord API reference, "Allowed Mentions Object".
    """
    rules = {"parse": ["users", "roles", "everyone"], "replied_user": True}
    rules = rules if allowed is None else allowed
    found = {_name(match): match["id"] or "" for match in _MENTION.finditer(text)}
    pings = [name for name, number in found.items() if _is_allowed(name, number, rules)]
    if replied_to and rules.get("replied_user"):
        pings.append(f"user:{replied_to}")
    return tuple(dict.fromkeys(pings))


def _name(match: re.Match[str]) -> str:
    if match["all"]:
        return "everyone"
    return f"{'role' if match['role'] else 'user'}:{match['id']}"


def _is_allowed(name: str, number: str, rules: Json) -> bool:
    parse = rules.get("parse") or ()
    if name == "everyone":
        return "everyone" in parse
    group = "roles" if name.startswith("role:") else "users"
    return group in parse or number in {str(listed) for listed in rules.get(group) or ()}
