"""The memory of what models replied, so that the same question is not paid for twice."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.ports.model import ModelReply


class Replies(Protocol):
    """Keeps replies by a key of all that they depend on, and with the articles they rest on."""

    async def find(self, key: str, *, now: datetime) -> ModelReply | None:
        """Return the reply that is kept under the key, without usages: it costs nothing.

        `None` for one that is too old, or rests on an article that is held at `now`.

        Raises:
            ArchiveError: the store cannot be read.
        """
        ...

    async def keep(
        self, key: str, reply: ModelReply, rests_on: Collection[str], *, now: datetime
    ) -> None:
        """Keep the reply, in place of an earlier one, and forget those that are too old.

        Nothing is kept of a reply that rests on an article that is held at `now`: it may have
        been withdrawn while the model was writing.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: it rests on nothing, so that nothing could take it back.
        """
        ...

    async def forget(self, article_ids: Collection[str]) -> None:
        """Forget all replies that rest on one of the articles.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...
