"""The memory of which signed messages came, so that none is taken twice."""

from datetime import datetime
from typing import Protocol


class Pushes(Protocol):
    """Remembers signatures for as long as their messages could be sent again."""

    async def admit(self, signature: str, *, now: datetime, until: datetime) -> bool:
        """Remember the signature up to `until`; false if it is remembered already.

        Of several that come at the same time with one signature, one is admitted. What need not be
        remembered at `now` any more is forgotten.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def forget(self, signature: str) -> None:
        """Let a message that could not be stored come again.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...
