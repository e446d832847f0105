"""A full disk while posting: nothing is marked that was not sent, and all of it ends well."""

import resource
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.errors import DeliveryError
from bot.news import Dossier, Post
from tests.fakes_channels import FakeChannels
from tests.posting_world import OPERATIONS, World

CHANNELS = (10, 11)


class Disk:
    """The disk of this process: once full, the system refuses to write to any file."""

    def __init__(self) -> None:
        self._soft, self._hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        """Refuse whatever is written from now on; Python ignores the signal that goes with it."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, self._hard))

    def free(self) -> None:
        """Let files be written again."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._soft, self._hard))


@pytest.fixture
def disk() -> Iterator[Disk]:
    found = Disk()
    yield found
    found.free()


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[SqliteArchive]:
    async with SqliteArchive.open(tmp_path / "nutgraf.db") as opened:
        yield opened


class Channels(FakeChannels):
    """Channels beside which the disk fills up, before or after they take the first post."""

    def __init__(self, disk: Disk, *, before: bool) -> None:
        super().__init__()
        self._disk = disk
        self._before = before

    async def send(
        self,
        post: Post,
        dossier: Dossier,
        *,
        may_send: Callable[[], bool],
        first_id: int | None = None,
    ) -> int:
        """Take the post."""
        if self._before and not self.sent:
            self._disk.fill()
        taken = await super().send(post, dossier, may_send=may_send, first_id=first_id)
        if not self.sent[1:]:
            self._disk.fill()
        return taken


async def require_well_ended(world: World) -> None:
    """Assert that each edition stands once, and that the archive knows."""
    assert sorted(post.channel_id for post in world.channels.sent) == [*CHANNELS]
    assert await world.marked(CHANNELS) == world.sent()
    for channel in CHANNELS:
        last = await world.archive.timetable.last_occurrence(f"s{channel}")
        assert last
        assert last.state == "posted"
    assert await world.archive.jobs.dead_letters() == ()


async def test_a_disk_that_is_full_when_editions_fall_due_holds_them_up(
    archive: SqliteArchive, disk: Disk
) -> None:
    world = World(archive, FakeChannels())
    await world.fall_due(CHANNELS)
    disk.fill()
    await world.work(minutes=10)
    assert world.channels.sent == []
    assert await world.marked(CHANNELS) == {}

    disk.free()
    await world.work(minutes=20)
    await require_well_ended(world)


@pytest.mark.parametrize("before", [True, False])
async def test_a_disk_that_fills_up_around_a_post_marks_nothing_that_was_not_sent(
    archive: SqliteArchive, disk: Disk, *, before: bool
) -> None:
    world = World(archive, Channels(disk, before=before))
    await world.fall_due(CHANNELS)
    await world.work(minutes=10)
    assert len(world.channels.sent) == 1, "nothing is sent of which the try is not noted"
    assert await world.marked(CHANNELS) == {}, "it was sent, and that could not be noted"

    disk.free()
    await world.work(minutes=30)
    await require_well_ended(world)


async def test_operations_hear_of_a_failure_once_there_is_room_again(
    archive: SqliteArchive, disk: Disk
) -> None:
    class Closed(FakeChannels):
        """A channel that is gone, beside which the disk fills up."""

        async def send(
            self,
            post: Post,
            dossier: Dossier,
            *,
            may_send: Callable[[], bool],
            first_id: int | None = None,
        ) -> int:
            """Refuse the post."""
            assert may_send()
            assert first_id is None
            assert dossier.briefing.id == post.briefing_id
            if not refused:
                disk.fill()
            refused.append(post.key)
            raise DeliveryError("#news is gone.", closed=True)

    refused: list[str] = []
    world = World(archive, Closed())
    await world.fall_due(CHANNELS[:1])
    await world.work(minutes=10)
    assert refused
    assert world.teller.told == []

    disk.free()
    await world.work(minutes=30)
    ((channel, told),) = world.teller.told
    assert channel == OPERATIONS
    assert "was not posted. #news is gone." in told
    assert await world.marked(CHANNELS) == {}
    schedule = await archive.timetable.find_schedule("s10")
    assert schedule
    assert schedule.paused
