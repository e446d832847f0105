"""Which schedules are due next."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schedule.alarms import Alarms
from tests.builders import NOON, a_schedule

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(time: str, day: int = 4) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02}T{time}").replace(tzinfo=UTC)


def taken(alarms: Alarms, now: datetime) -> list[str]:
    return list(iter(lambda: alarms.take(now), None))


def test_the_earliest_comes_first_and_is_set_to_its_next_instant() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("evening", "18:00"), NOON)
    alarms.add(a_schedule("afternoon", "15:00"), NOON)
    assert alarms.earliest() == at("15:00")
    assert alarms.take(at("14:59")) is None
    assert taken(alarms, at("18:00")) == ["afternoon", "evening"]
    assert alarms.earliest() == at("15:00", day=5)


def test_instants_that_were_missed_are_one() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("s", "06:00", "18:00"), NOON)
    assert taken(alarms, NOON + 3 * DAY) == ["s"]
    assert alarms.earliest() == at("18:00", day=7)


def test_nothing_is_due_without_a_schedule_that_runs() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("paused", paused=True), NOON)
    alarms.add(a_schedule("gone"), NOON)
    alarms.remove("gone")
    alarms.remove("never known")
    assert alarms.earliest() is None
    assert taken(alarms, NOON + 9 * DAY) == []


def test_a_schedule_that_is_added_again_replaces_itself() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("s", "15:00"), NOON)
    alarms.add(a_schedule("s", "16:00"), NOON)
    assert taken(alarms, at("15:30")) == []
    assert taken(alarms, at("16:30")) == ["s"]


def test_a_schedule_that_is_paused_later_is_due_no_more() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("s", "15:00"), NOON)
    alarms.add(a_schedule("s", "15:00", paused=True), NOON)
    assert taken(alarms, NOON + DAY) == []


def test_a_recalled_schedule_is_due_sooner_and_then_at_its_own_time() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("s", "15:00"), NOON)
    alarms.recall("s", NOON + HOUR)
    alarms.recall("s", NOON + 2 * HOUR)
    alarms.recall("unknown", NOON)
    assert taken(alarms, NOON + HOUR) == ["s"]
    assert alarms.earliest() == at("15:00")


def test_a_clock_that_was_days_ahead_does_not_silence_a_schedule() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("s", "15:00"), NOON)
    assert taken(alarms, NOON + 30 * DAY) == ["s"]
    assert taken(alarms, NOON) == []  # set right again
    assert taken(alarms, at("15:00")) == ["s"]


def test_a_clock_that_is_corrected_by_a_moment_wakes_nothing_twice() -> None:
    alarms = Alarms()
    alarms.add(a_schedule("s", "15:00"), NOON)
    assert taken(alarms, at("15:00")) == ["s"]
    assert taken(alarms, at("15:00") - timedelta(seconds=1)) == []
    assert taken(alarms, at("15:00")) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 23)), max_size=60))
def test_however_often_schedules_change_the_last_word_holds(changes: list[tuple[str, int]]) -> None:
    alarms = Alarms()
    last: dict[str, str] = {}
    for name, hour in changes:
        last[name] = f"{hour:02}:30"
        alarms.add(a_schedule(name, last[name], zone="UTC"), NOON)
    for passed in range(1, 25):
        now = NOON + timedelta(hours=passed)
        expected = {name for name, time in last.items() if time == f"{(now - HOUR / 2):%H:%M}"}
        assert set(taken(alarms, now)) == expected
