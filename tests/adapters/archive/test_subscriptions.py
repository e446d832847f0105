"""What every list of sources promises: the same tests on SQLite and on the fake."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.errors import SubscriptionError, UnknownError
from bot.news import PollState, Subscription
from bot.ports import Subscriptions
from tests.builders import NOON
from tests.fakes import FakeArchive

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
COURIER = Subscription("https://courier.example/feed", NOON, "Harbour Courier", urgent=True)
LEDGER = Subscription("wire/ledger", NOON + MINUTE, publisher="Côte & Cie “Presse”")
POLLED = PollState(
    etag='W/"a\\"b"',
    last_modified="Wed, 04 Mar 2026 11:00:00 GMT",
    validated_address="https://courier.example/new",
    body_sha256="0" * 64,
    read_items=("a", "b"),
    interval_seconds=300,
    next_at=NOON + 5 * MINUTE,
    checked_at=NOON,
    read_at=NOON - DAY,
    changed_at=NOON - 2 * DAY,
    failures=3,
    failing_since=NOON - DAY,
    reason="answered 503",
    moving_to="https://courier.example/newer",
    moved_to="https://courier.example/new",
)


@pytest.fixture
def subscriptions(archive: SqliteArchive | FakeArchive) -> Subscriptions:
    return archive.subscriptions


async def addresses_due(subscriptions: Subscriptions, after: timedelta = MINUTE) -> list[str]:
    return [one.address for one in await subscriptions.due(NOON + after, 10)]


async def test_what_is_added_comes_back_as_it_was_in_the_order_in_which_it_came(
    subscriptions: Subscriptions,
) -> None:
    polled = replace(COURIER, paused=True, poll=POLLED)
    assert await subscriptions.add_subscription(LEDGER)
    assert await subscriptions.add_subscription(polled)

    assert await subscriptions.subscriptions() == (LEDGER, polled)
    assert await subscriptions.find_subscription(COURIER.address) == polled
    assert await subscriptions.find_subscription("nobody") is None


async def test_what_is_there_already_stays_as_it_is(subscriptions: Subscriptions) -> None:
    await subscriptions.add_subscription(COURIER)

    assert not await subscriptions.add_subscription(replace(COURIER, outlet="Another"))
    assert await subscriptions.subscriptions() == (COURIER,)


async def test_many_are_added_at_once_and_those_that_are_there_stay(
    subscriptions: Subscriptions,
) -> None:
    await subscriptions.add_subscription(COURIER)
    filed = replace(LEDGER, folder="Coast/Harbours")
    await subscriptions.add_subscriptions([replace(COURIER, outlet="Another"), filed, filed])
    await subscriptions.add_subscriptions([])

    assert await subscriptions.subscriptions() == (COURIER, filed)


async def test_the_settings_decide_on_what_they_list_and_leave_the_rest(
    subscriptions: Subscriptions,
) -> None:
    await subscriptions.configure([COURIER])
    await subscriptions.save_polls({COURIER.address: POLLED})
    await subscriptions.pause(COURIER.address)
    later = replace(
        COURIER, added_at=NOON + DAY, outlet="Courier", publisher="P", urgent=False,
        paused_in_settings=True, configured=True,
    )  # fmt: skip
    await subscriptions.configure([later])

    (kept,) = await subscriptions.subscriptions()
    assert kept == replace(later, added_at=NOON, paused=True, poll=POLLED)


async def test_what_vanishes_from_the_settings_vanishes_and_what_an_editor_added_stays(
    subscriptions: Subscriptions,
) -> None:
    await subscriptions.add_subscription(LEDGER)
    await subscriptions.configure([COURIER])
    await subscriptions.configure([])

    assert await subscriptions.subscriptions() == (LEDGER,)


async def test_what_an_editor_added_becomes_the_settings_when_they_list_it(
    subscriptions: Subscriptions,
) -> None:
    await subscriptions.add_subscription(LEDGER)
    await subscriptions.configure([LEDGER])

    assert await subscriptions.subscriptions() == (replace(LEDGER, configured=True),)


async def test_a_thousand_sources_leave_the_settings_at_once(subscriptions: Subscriptions) -> None:
    many = [Subscription(f"s{n}", NOON) for n in range(1_001)]
    await subscriptions.configure(many)
    await subscriptions.configure(many[:1])

    assert [one.address for one in await subscriptions.subscriptions()] == ["s0"]


async def test_a_configured_source_can_be_paused_and_not_removed(
    subscriptions: Subscriptions,
) -> None:
    await subscriptions.configure([COURIER])
    with pytest.raises(SubscriptionError, match=r"listed in the settings; take its \[\[source\]\]"):
        await subscriptions.remove_subscription(COURIER.address)
    await subscriptions.pause(COURIER.address)

    (kept,) = await subscriptions.subscriptions()
    assert kept.paused
    assert not kept.is_read
    assert await addresses_due(subscriptions) == []


async def test_what_an_editor_added_can_be_removed(subscriptions: Subscriptions) -> None:
    await subscriptions.add_subscription(LEDGER)
    await subscriptions.remove_subscription(LEDGER.address)

    assert await subscriptions.subscriptions() == ()


async def test_what_is_resumed_is_due_at_once_even_if_it_was_gone(
    subscriptions: Subscriptions,
) -> None:
    gone = replace(POLLED, gone=True)
    await subscriptions.add_subscription(replace(COURIER, paused=True, poll=gone))
    await subscriptions.resume(COURIER.address)

    assert await subscriptions.subscriptions() == (
        replace(COURIER, poll=replace(POLLED, next_at=None)),
    )
    assert await addresses_due(subscriptions) == [COURIER.address]


async def test_what_the_settings_pause_is_resumed_there(subscriptions: Subscriptions) -> None:
    paused = replace(COURIER, configured=True, paused_in_settings=True)
    await subscriptions.configure([paused])

    assert await addresses_due(subscriptions) == []
    with pytest.raises(SubscriptionError, match="is paused in the settings; take “paused = true”"):
        await subscriptions.resume(COURIER.address)


async def test_an_address_that_nobody_reads_is_unknown(subscriptions: Subscriptions) -> None:
    for ask in (subscriptions.pause, subscriptions.resume, subscriptions.remove_subscription):
        with pytest.raises(UnknownError):
            await ask("nobody")


async def test_the_longest_due_comes_first_and_no_more_than_asked_for(
    subscriptions: Subscriptions,
) -> None:
    ahead = {
        "never": None,
        "late": -9,
        "now": 1,
        "early": 2,
        "tomorrow": 1_500,
        "moved clock": 1_502,
        "gone": -5,
    }
    for address, minutes in ahead.items():
        next_at = None if minutes is None else NOON + minutes * MINUTE
        state = PollState(next_at=next_at, gone=address == "gone")
        await subscriptions.add_subscription(Subscription(address, NOON, poll=state))

    assert await addresses_due(subscriptions) == ["never", "late", "now", "moved clock"]
    assert len(await subscriptions.due(NOON + MINUTE, 2)) == 2
    others = await subscriptions.due(NOON + MINUTE, 2, without={"never", "now"})
    assert [one.address for one in others] == ["late", "moved clock"]


async def test_polls_are_saved_together_and_of_what_was_removed_nothing(
    subscriptions: Subscriptions,
) -> None:
    await subscriptions.add_subscription(COURIER)
    await subscriptions.add_subscription(LEDGER)
    states = {"removed": POLLED, LEDGER.address: POLLED, COURIER.address: PollState(gone=True)}
    await subscriptions.save_polls(states)
    await subscriptions.save_polls({})

    assert await subscriptions.subscriptions() == (
        replace(COURIER, poll=PollState(gone=True)),
        replace(LEDGER, poll=POLLED),
    )
    assert await addresses_due(subscriptions, 5 * MINUTE) == [LEDGER.address]


@given(st.integers(0, 3), st.booleans(), st.booleans())
def test_a_failure_has_its_beginning_and_its_reason(
    failures: int,
    dated: bool,  # noqa: FBT001 - given by hypothesis
    explained: bool,  # noqa: FBT001 - given by hypothesis
) -> None:
    state = {
        "failures": failures,
        "failing_since": NOON if dated else None,
        "reason": "answered 500" if explained else "",
    }
    if (failures > 0) == dated == explained:
        assert convert(state, PollState).failures == failures
    else:
        with pytest.raises(ValidationError):
            convert(state, PollState)


def test_a_source_is_read_where_it_has_moved() -> None:
    assert COURIER.read_from == COURIER.address
    moved = replace(COURIER, poll=POLLED)
    assert moved.read_from == "https://courier.example/new"
