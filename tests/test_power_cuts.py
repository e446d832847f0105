"""A power cut at any moment of posting: the archive opens, tells no lie, and goes on from there."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.errors import DeliveryError
from bot.news import Dossier, Post
from tests.fakes_channels import FakeChannels
from tests.posting_world import World

CHANNELS = (10, 11, 12)
SALT = slice(16, 24)
"""Bytes of a WAL's header that change when it starts anew. Source: SQLite, "WAL file format"."""


@dataclass
class Cut:
    """What is left of the archive after a power cut, and what stood in the channels by then."""

    path: Path
    sent: list[Post]


@dataclass
class Power:
    """Copies an archive as power cuts would leave it.

    What SQLite wrote before the last post was sent is on the disk, since a try is written through.
    Of what it wrote since, any part may be lost, or be something else.
    """

    path: Path
    folder: Path
    dice: random.Random
    synced: tuple[bytes, int] = (b"", 0)
    cuts: list[Cut] = field(default_factory=list)

    @property
    def wal(self) -> Path:
        """The write-ahead log."""
        return self.path.with_name(f"{self.path.name}-wal")

    def sync(self) -> None:
        """Note that all that is written by now is on the disk."""
        written = self.wal.read_bytes()
        self.synced = written[SALT], len(written)

    def cut(self, sent: list[Post]) -> None:
        """Copy what would be left."""
        home = self.folder / f"cut-{len(self.cuts)}"
        home.mkdir()
        written = self.wal.read_bytes() if self.wal.exists() else b""
        safe = self.synced[1] if written[SALT] == self.synced[0] else 0
        at = self.dice.randint(min(safe, len(written)), len(written))
        torn = self.dice.choice([b"", self.dice.randbytes(len(written) - at)])
        shutil.copyfile(self.path, home / self.path.name)
        (home / self.wal.name).write_bytes(written[:at] + torn)
        self.cuts.append(Cut(home / self.path.name, [*sent]))


class Channels(FakeChannels):
    """Channels beside which the power is cut while they take a post, or fail to answer.

    What was sent to them a moment ago they know by its nonce; what they had `sent` before, no more.
    """

    def __init__(self, power: Power | None = None, sent: list[Post] | None = None) -> None:
        super().__init__()
        self.sent = sent or []
        self._power = power
        self._nonces: dict[str, int] = {}

    async def send(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> int:
        """Take the post; every third answer is lost."""
        power = self._power
        if power:
            power.sync()
            power.cut(self.sent)
        if post.nonce not in self._nonces:
            taken = await super().send(post, dossier, may_send=may_send, first_id=first_id)
            self._nonces[post.nonce] = taken
        if power:
            power.cut(self.sent)
            if power.dice.random() < 1 / 3:
                raise DeliveryError("#news: the answer was lost.")
        return self._nonces[post.nonce]


@pytest.mark.parametrize(
    ("seed", "resumed"), [(0, 1), *(pytest.param(n, 5, marks=pytest.mark.soak) for n in range(10))]
)
async def test_whatever_a_power_cut_leaves_goes_on_to_each_post_once(
    tmp_path: Path, seed: int, resumed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - for tests
    power = Power(tmp_path / "nutgraf.db", tmp_path, dice)
    async with SqliteArchive.open(power.path) as archive:
        world = World(archive, Channels(power))
        await world.fall_due(CHANNELS)
        power.sync()  # who planned them has been answered
        for _ in range(12):
            await world.work(minutes=1)
            power.cut(world.channels.sent)
    assert len({post.key for post in world.channels.sent}) == len(CHANNELS)

    for cut in power.cuts:
        await require_sound(cut)
    for cut in dice.sample(power.cuts, resumed):
        await require_each_once(cut, world)


async def require_sound(cut: Cut) -> None:
    """Assert that the file is whole, and that what it says was sent was."""
    async with SqliteArchive.open(cut.path) as archive:
        world = World(archive, Channels(sent=cut.sent))
        marked = await world.marked(CHANNELS)
        assert marked.items() <= world.sent().items(), "marked as sent, and was not"
        tried = [await archive.posts.find_post(post.key) for post in cut.sent]
        assert all(post and post.tried_at for post in tried), "sent, and nobody would look for it"
    connection = sqlite3.connect(cut.path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


async def require_each_once(cut: Cut, before: World) -> None:
    """Assert that who goes on with what is left, after nonces are forgotten, sends each once."""
    async with SqliteArchive.open(cut.path, exclusive=True) as archive:
        world = World(archive, Channels(sent=cut.sent), now=before.now)
        await world.work(minutes=30)
        assert sorted(post.channel_id for post in world.channels.sent) == [*CHANNELS]
        assert await world.marked(CHANNELS) == world.sent()
