"""What becomes of runs that nobody was awake for."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news import MissedRuns
from bot.schedule import missed_runs, why_late
from bot.schedule.missed import MAX_CAUGHT_UP
from tests.builders import NOON

HOUR = timedelta(hours=1)
OLD = tuple(NOON - hours * HOUR for hours in (3, 2, 1))
JUST_NOW = NOON - timedelta(minutes=5)
SOON = NOON + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("policy", "late"), [("skip", ()), ("once", OLD[-1:]), ("all", OLD)], ids=str
)
def test_each_policy_makes_of_missed_runs_what_it_says(
    policy: MissedRuns, late: tuple[object, ...]
) -> None:
    runs = missed_runs(OLD, policy, now=NOON)
    assert (runs.on_time, runs.late) == ((), late)
    assert runs.skipped == OLD[: len(OLD) - len(late)]


@pytest.mark.parametrize(("policy", "late"), [("skip", 0), ("once", 0), ("all", 3)])
def test_a_run_that_is_on_time_makes_up_for_those_before_it(policy: MissedRuns, late: int) -> None:
    runs = missed_runs((*OLD, JUST_NOW, SOON), policy, now=NOON)
    assert runs.on_time == (JUST_NOW, SOON)
    assert len(runs.late) == late


def test_a_week_of_missed_minutes_does_not_flood_a_channel() -> None:
    due = [NOON - timedelta(minutes=n) for n in range(10_000, 5, -1)]
    runs = missed_runs(due, "all", now=NOON)
    assert runs.late == tuple(due[-MAX_CAUGHT_UP:])
    assert len(runs.skipped) == len(due) - MAX_CAUGHT_UP


@given(st.sets(st.integers(-500, 80)), st.sampled_from(("skip", "once", "all")))
def test_every_run_is_made_or_skipped_once_in_order(minutes: set[int], policy: MissedRuns) -> None:
    due = [NOON + timedelta(minutes=n) for n in sorted(minutes)]
    runs = missed_runs(due, policy, now=NOON)
    assert [*runs.skipped, *runs.late, *runs.on_time] == due


def test_the_reason_says_whether_anybody_was_there_and_what_is_left_out() -> None:
    assert why_late(OLD[0], NOON, 0) == "Nutgraf was not running then"
    assert (
        why_late(NOON, OLD[0], 1)
        == "the computer slept or its clock was set; 1 more run was left out"
    )
    assert why_late(OLD[0], NOON, 2) == "Nutgraf was not running then; 2 more runs were left out"
