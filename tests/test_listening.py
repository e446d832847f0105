from datetime import timedelta

import pytest

from bot.errors import SettingsError
from bot.listening import Pulse, health_of, open_web
from bot.settings import Settings
from tests.fakes import FakePushes
from tests.laws.desks import NOW, a_desk

ROUND = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("minutes", "connected", "status", "reasons"),
    [
        (0, True, "ok", 0),
        (15, True, "ok", 0),
        (16, True, "failing", 1),
        (0, False, "failing", 1),
        (16, False, "failing", 2),
    ],
)
async def test_a_newsroom_is_well_while_it_reads_and_can_post(
    minutes: int, *, connected: bool, status: str, reasons: int
) -> None:
    desk = a_desk({"a.txt": b"Ferry stops\n\nFor a month."}, ["a.txt", "gone.txt"])
    await desk.read_sources(now=NOW)
    pulse = Pulse(NOW - timedelta(days=1), ROUND, lambda: connected)

    health = health_of(desk, pulse, now=NOW + timedelta(minutes=minutes))
    assert (health.status, len(health.reasons)) == (status, reasons)
    assert (health.sources, health.sources_unread, health.last_read_at) == (2, 1, NOW)


async def test_a_source_that_pushes_needs_somebody_who_listens() -> None:
    pulse = Pulse(NOW, ROUND, lambda: True)
    desk = a_desk({}, ["push://wire"])

    with pytest.raises(SettingsError, match=r"push://wire is a source, and nobody listens to it"):
        async with open_web(Settings(), desk, FakePushes(), pulse, clock=lambda: NOW):
            pass
    async with open_web(Settings(), a_desk({}), FakePushes(), pulse, clock=lambda: NOW):
        pass


def test_a_newsroom_that_has_just_started_is_given_time() -> None:
    pulse = Pulse(NOW, ROUND, lambda: True)

    assert health_of(a_desk({}), pulse, now=NOW + ROUND).status == "ok"
    assert health_of(a_desk({}), pulse, now=NOW + 4 * ROUND).status == "failing"
