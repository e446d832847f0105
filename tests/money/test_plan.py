from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import Length, StoryCost, budget_note, plan_edition

COSTS = st.lists(
    st.integers(0, 100).flatmap(
        lambda full: st.builds(StoryCost, st.just(full), st.integers(0, full))
    ),
    max_size=12,
)
RANK: dict[Length, int] = {"full": 0, "short": 1, "extractive": 2}
SIX = [StoryCost(full=10, short=6)] * 6


def cost_of(costs: list[StoryCost], lengths: tuple[Length, ...]) -> int:
    return sum(
        {"full": cost.full, "short": cost.short, "extractive": 0}[length]
        for cost, length in zip(costs, lengths, strict=True)
    )


@given(COSTS, st.integers(0, 1_000))
def test_a_plan_costs_no_more_than_is_left_and_the_weightier_story_gets_no_less(
    costs: list[StoryCost], left: int
) -> None:
    lengths = plan_edition(costs, left)

    assert cost_of(costs, lengths) <= left
    assert all(RANK[one] <= RANK[next_] for one, next_ in pairwise(lengths))
    assert not {"full", "extractive"} <= set(lengths), "shorter comes before fewer"


@given(COSTS, st.integers(0, 1_000))
def test_more_money_never_makes_an_edition_worse(costs: list[StoryCost], left: int) -> None:
    poorer, richer = plan_edition(costs, left), plan_edition(costs, left + 1)

    assert all(RANK[rich] <= RANK[poor] for rich, poor in zip(richer, poorer, strict=True))


@pytest.mark.parametrize(
    ("left", "lengths"),
    [
        (60, ["full"] * 6),
        (59, ["full"] * 5 + ["short"]),
        (36, ["short"] * 6),
        (35, ["short"] * 5 + ["extractive"]),
        (6, ["short"] + ["extractive"] * 5),
        (5, ["extractive"] * 6),
        (0, ["extractive"] * 6),
    ],
)
def test_first_stories_become_shorter_and_then_fewer(left: int, lengths: list[Length]) -> None:
    assert plan_edition(SIX, left) == tuple(lengths)


def test_what_is_free_is_written_in_full_when_nothing_is_left() -> None:
    assert plan_edition([StoryCost(0, 0)] * 2, 0) == ("full", "full")


@pytest.mark.parametrize(
    ("lengths", "note"),
    [
        (["full"] * 3, ""),
        ([], ""),
        (
            ["full", "short"],
            "1 of 2 stories is shorter than usual: today's budget is nearly used up.",
        ),
        (["short"], "The story is shorter than usual: today's budget is nearly used up."),
        (
            ["short"] * 4 + ["extractive"] * 2,
            "2 of 6 stories were written without the model: today's budget is used up.",
        ),
        (
            ["extractive"] * 6,
            "All 6 stories were written without the model: today's budget is used up.",
        ),
        (["extractive"], "The story was written without the model: today's budget is used up."),
    ],
)
def test_the_note_says_what_the_budget_cost_the_readers(lengths: list[Length], note: str) -> None:
    assert budget_note(lengths) == note
