"""What the web door works with, given to it at the start."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from bot.ports import Document, Pushes


class Health(msgspec.Struct, frozen=True):
    """How the newsroom is. `reasons` are sentences, and empty when all is well."""

    status: Literal["ok", "failing"]
    started_at: datetime
    last_read_at: datetime | None
    sources: int
    sources_unread: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """What is needed to answer.

    Args:
        secrets: of each name that may push, the secret that it signs with.
        receive: takes in a document whose address is "push://" and the name, and returns the ids of
            its articles; raises `ExtractError` and `ArchiveError`.
        pushes: remembers what came.
        health: says how the newsroom is.
        clock: says what time it is; aware, UTC.
        max_bytes: largest document.
    """

    secrets: Mapping[str, bytes]
    receive: Callable[[Document], Awaitable[tuple[str, ...]]]
    pushes: Pushes
    health: Callable[[], Awaitable[Health]]
    clock: Callable[[], datetime]
    max_bytes: int
