from datetime import timedelta

import pytest

from bot.listening import Pulse, health_of
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


def test_a_newsroom_that_has_just_started_is_given_time() -> None:
    pulse = Pulse(NOW, ROUND, lambda: True)

    assert health_of(a_desk({}), pulse, now=NOW + ROUND).status == "ok"
    assert health_of(a_desk({}), pulse, now=NOW + 4 * ROUND).status == "failing"
