"""The fake of the port `Channels`, in memory."""

from collections.abc import Callable
from datetime import datetime

from bot.delivery.compact import message_number
from bot.errors import LeaseLostError
from bot.news import Dossier, Post


class FakeChannels:
    """Channels that take what they are sent, unless an error is laid out for them."""

    def __init__(self) -> None:
        self.sent: list[Post] = []
        self.told: list[Dossier] = []
        self.edited: list[tuple[Post, Dossier]] = []
        self.gone: set[int] = set()
        self.taken_back: list[int] = []
        self.errors: list[Exception] = []

    async def send(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> int:
        """Take the post, or fail as laid out."""
        if self.errors:
            raise self.errors.pop(0)
        if not may_send():
            raise LeaseLostError
        assert dossier.briefing.id == post.briefing_id
        assert (message_number(post.key) == 1) == (first_id is None)
        self.sent.append(post)
        self.told.append(dossier)
        return len(self.sent)

    async def edit(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> bool:
        """Take the edit, or fail as laid out; what is gone is gone."""
        if self.errors:
            raise self.errors.pop(0)
        if not may_send():
            raise LeaseLostError
        assert post.message_id
        assert (message_number(post.key) == 1) == (first_id is None)
        if post.message_id not in self.gone:
            self.edited.append((post, dossier))
        return post.message_id not in self.gone

    async def take_back(self, thread_id: int, *, may_send: Callable[[], bool]) -> int:
        """Note the thread, or fail as laid out."""
        if self.errors:
            raise self.errors.pop(0)
        if not may_send():
            raise LeaseLostError
        self.taken_back.append(thread_id)
        return 1

    async def find(self, post: Post, since: datetime, *, first_id: int | None = None) -> int | None:
        """Look whether it was sent."""
        assert since.utcoffset() is not None
        assert (message_number(post.key) == 1) == (first_id is None)
        return next((n for n, p in enumerate(self.sent, 1) if p.key == post.key), None)
