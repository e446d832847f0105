"""How an edition is written with what is left of the budget: shorter first, then less by a model.

Key quotes are no part of the plan: they are the sources' own words, cost nothing and are never cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

from bot.money.estimates import estimate
from bot.money.prices import Tariff
from bot.ports import ModelRequest

Length = Literal["full", "short", "extractive"]
"""How a story is written: by a model, by a model in fewer words, or without one."""


@dataclass(frozen=True)
class StoryCost:
    """The most that a model's words on one story can cost, in millionths, in either length."""

    full: int
    short: int

    @classmethod
    def of(cls, full: ModelRequest, short: ModelRequest, tariff: Tariff) -> Self:
        """Return the cost of a story that is asked for by either of these requests."""
        return cls(estimate(full, tariff).most, estimate(short, tariff).most)


def portion(length: Length, usual: int) -> int:
    """Return how many sentences, or tokens of sources, a story of this length is given.

    Half of the usual for a short one, at least 1; none where no model is asked.
    """
    if length == "extractive":
        return 0
    return usual if length == "full" else max(1, usual // 2)


def plan_edition(costs: Sequence[StoryCost], left: int) -> tuple[Length, ...]:
    """Return how to write each story, so that all together cost no more than what is left.

    `costs` stand in the order of the edition, the weightiest story first. While it is too much,
    the last stories are shortened; and when all are short, the last ones are written without a
    model.
    """
    lengths: list[Length] = ["full"] * len(costs)
    total = sum(cost.full for cost in costs)
    for position in reversed(range(len(costs))):
        if total <= left:
            return tuple(lengths)
        lengths[position] = "short"
        total -= costs[position].full - costs[position].short
    for position in reversed(range(len(costs))):
        if total <= left:
            break
        lengths[position] = "extractive"
        total -= costs[position].short
    return tuple(lengths)


def budget_note(lengths: Sequence[Length]) -> str:
    """Return for a card's small print what the budget cost the readers; empty if nothing.

    Give it how the stories were written in the end, since another desk may have been faster than
    the plan; what a model failed at for other reasons counts as it was planned.
    """
    without, short, stories = lengths.count("extractive"), lengths.count("short"), len(lengths)
    if without:
        who = _some(without, stories, "was", "were")
        return f"{who} written without the model: today's budget is used up."
    if short:
        who = _some(short, stories, "is", "are")
        return f"{who} shorter than usual: today's budget is nearly used up."
    return ""


def _some(part: int, stories: int, one: str, many: str) -> str:
    if part == stories:
        return f"The story {one}" if stories == 1 else f"All {stories} stories {many}"
    return f"{part} of {stories} stories {one if part == 1 else many}"
