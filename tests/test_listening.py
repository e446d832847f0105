from datetime import timedelta

import pytest

from bot.errors import SettingsError
from bot.listening import Pulse, health_of, open_web
from bot.news import Subscription
from bot.settings import Settings
from tests.fakes import FakePushes
from tests.laws.desks import NOW, a_desk

PAGE = (
    b"<html><body><article><h1>Ferry stops</h1><p>The ferry to the island stops for a month from "
    b"Monday, the line said.</p></article></body></html>"
)
LONG_AGO = NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "connected", "status", "reasons"),
    [
        (0, True, "ok", 0),
        (20, True, "ok", 0),
        (21, True, "failing", 1),
        (0, False, "failing", 1),
        (21, False, "failing", 2),
    ],
)
async def test_a_newsroom_is_well_while_it_reads_and_can_post(
    minutes: int, *, connected: bool, status: str, reasons: int
) -> None:
    desk = a_desk({"https://a.example/a": PAGE}, ["https://a.example/a", "push://wire"])
    await desk.read_sources(now=NOW)
    sources = await desk.subscriptions.subscriptions()
    due = sources[0].poll.next_at
    assert due
    pulse = Pulse(LONG_AGO, lambda: connected)

    health = health_of(sources, pulse, now=due - timedelta(minutes=5) + timedelta(minutes=minutes))
    assert (health.status, len(health.reasons)) == (status, reasons)
    assert health.sources == 2
    assert health.last_read_at
    assert abs(health.last_read_at - NOW) < timedelta(minutes=1)


async def test_a_source_that_was_just_resumed_does_not_make_the_newsroom_ill() -> None:
    desk = a_desk({"https://a.example/a": PAGE})
    await desk.read_sources(now=NOW)
    await desk.subscriptions.pause("https://a.example/a")
    await desk.subscriptions.resume("https://a.example/a")

    later = NOW + timedelta(days=1)
    kept = await desk.subscriptions.subscriptions()
    assert health_of(kept, Pulse(LONG_AGO, lambda: True), now=later).status == "ok"


async def test_sources_that_fail_are_counted_and_do_not_make_the_newsroom_ill() -> None:
    desk = a_desk({}, ["https://gone.example/feed"])
    await desk.read_sources(now=NOW)

    health = health_of(
        await desk.subscriptions.subscriptions(), Pulse(LONG_AGO, lambda: True), now=NOW
    )
    assert (health.status, health.sources_unread, health.last_read_at) == ("ok", 1, None)


async def test_a_source_that_pushes_needs_somebody_who_listens() -> None:
    pulse = Pulse(NOW, lambda: True)
    desk = a_desk({}, ["push://wire"])

    with pytest.raises(SettingsError, match=r"push://wire is a source, and nobody listens to it"):
        async with open_web(Settings(), [desk], FakePushes(), pulse, clock=lambda: NOW):
            pass
    async with open_web(Settings(), [a_desk({})], FakePushes(), pulse, clock=lambda: NOW):
        pass


def test_a_newsroom_that_has_just_started_is_given_time() -> None:
    sources = [Subscription("https://a.example/feed", LONG_AGO)]
    pulse = Pulse(NOW, lambda: True)

    assert health_of(sources, pulse, now=NOW + timedelta(minutes=15)).status == "ok"
    assert health_of(sources, pulse, now=NOW + timedelta(minutes=16)).status == "failing"
