"""The fake of the port `Channels`, in memory."""

from bot.news import Dossier, Post


class FakeChannels:
    """Channels that take what they are sent, unless an error is laid out for them."""

    def __init__(self) -> None:
        self.sent: list[Post] = []
        self.told: list[Dossier] = []
        self.errors: list[Exception] = []

    async def send(self, post: Post, dossier: Dossier) -> int:
        """Take the post, or fail as laid out."""
        if self.errors:
            raise self.errors.pop(0)
        assert dossier.briefing.id == post.briefing_id
        self.sent.append(post)
        self.told.append(dossier)
        return len(self.sent)

    async def find(self, post: Post) -> int | None:
        """Look whether it was sent."""
        return next((n for n, p in enumerate(self.sent, 1) if p.key == post.key), None)
