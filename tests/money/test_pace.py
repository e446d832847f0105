from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BudgetError
from bot.money import LONGEST_WAIT, WINDOW, Pace, Start
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
ARRIVALS = st.lists(
    st.tuples(st.integers(0, 90_000_000), st.integers(1, 60)), min_size=1, max_size=60
)
"""Microseconds since the arrival before, and tokens."""
LIMITS = st.builds(Pace, st.integers(0, 8), st.one_of(st.just(0), st.integers(60, 300)))


def started(pace: Pace, arrivals: list[tuple[int, int]]) -> list[tuple[Start, Start]]:
    """Return the calls that were let through: as they arrived, and as they start."""
    now, found = NOON, list[tuple[Start, Start]]()
    for pause, tokens in arrivals:
        now += timedelta(microseconds=pause)
        call = Start(now, tokens)
        try:
            at = pace.start(call, [start for _, start in found], "gpu")
        except BudgetError:
            continue
        found.append((call, Start(at, tokens)))
    return found


@given(LIMITS, ARRIVALS)
def test_no_minute_wherever_it_begins_holds_more_than_the_limits(
    pace: Pace, arrivals: list[tuple[int, int]]
) -> None:
    starts = [start for _, start in started(pace, arrivals)]

    for first in starts:
        # a window that holds the most begins with a start; both of its ends are inside
        inside = [start for start in starts if first.at <= start.at <= first.at + MINUTE]
        assert not 0 < pace.requests_per_minute < len(inside)
        assert not 0 < pace.tokens_per_minute < sum(start.tokens for start in inside)


@given(LIMITS, ARRIVALS)
def test_nobody_starts_before_it_came_or_who_came_before_or_later_than_needed(
    pace: Pace, arrivals: list[tuple[int, int]]
) -> None:
    last = NOON
    before: list[Start] = []
    for call, start in started(pace, arrivals):
        assert max(call.at, last) <= start.at <= call.at + LONGEST_WAIT
        if start.at > max(call.at, last):
            a_moment_ago = start.at - timedelta(microseconds=1)
            inside = [one for one in before if one.at > a_moment_ago - WINDOW]
            tokens = call.tokens + sum(one.tokens for one in inside)
            too_many = 0 < pace.requests_per_minute < len(inside) + 1
            assert too_many or 0 < pace.tokens_per_minute < tokens
        before.append(start)
        last = start.at


@given(ARRIVALS)
def test_without_limits_nobody_waits(arrivals: list[tuple[int, int]]) -> None:
    assert not Pace().is_limited
    assert all(call == start for call, start in started(Pace(), arrivals))


def test_a_burst_starts_at_once_and_the_next_one_a_window_later() -> None:
    starts = [start.at - NOON for _, start in started(Pace(3), [(0, 1)] * 7)]

    assert starts == [timedelta(0)] * 3 + [WINDOW] * 3 + [2 * WINDOW]


def test_who_has_more_tokens_than_a_minute_is_told_to_raise_them() -> None:
    with pytest.raises(BudgetError, match="tokens_per_minute are 10; raise them in config/nutgraf"):
        Pace(tokens_per_minute=10).start(Start(NOON, 11), [], "gpu")
