"""Approval: what members' steps make of a review, in any order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.approvals import after_edit, after_step, approvers
from bot.errors import ApprovalError
from bot.news import Review, ReviewAction, ReviewStep
from tests.builders import NOON

HOUR = timedelta(hours=1)
REVIEW = Review("s@1", "s", "b", 1, 2, 9, NOON, NOON + HOUR, NOON + HOUR)


def step(
    action: ReviewAction, member: int = 1, *, version: int = 1, minutes: int = 0
) -> ReviewStep:
    return ReviewStep("s@1", action, "b", version, member, NOON + timedelta(minutes=minutes))


def taken(review: Review, *steps: ReviewStep) -> Review:
    for number, one in enumerate(steps):
        change = after_edit(review, one) if one.action == "edited" else None
        review = change or after_step(review, steps[:number], one)
    return review


def test_it_takes_as_many_people_as_were_asked_for() -> None:
    once = taken(REVIEW, step("approved", 1))
    assert once.state == "waiting"
    assert taken(REVIEW, step("approved", 1), step("approved", 2)).state == "approved"
    assert taken(replace(REVIEW, approvals=1), step("approved", 1)).state == "approved"


def test_nobody_approves_twice() -> None:
    with pytest.raises(ApprovalError, match="2 different people"):
        taken(REVIEW, step("approved", 1), step("approved", 1))


def test_what_is_held_is_not_approved_until_it_is_released_and_then_anew() -> None:
    held = (step("approved", 1), step("held", 2))
    with pytest.raises(ApprovalError, match="releases it first"):
        taken(REVIEW, *held, step("approved", 3))
    released = (*held, step("released", 3))
    assert approvers(taken(REVIEW, *released), released) == ()
    assert taken(REVIEW, *released, step("approved", 3)).state == "waiting"


def test_who_agreed_to_an_earlier_version_agreed_to_something_else() -> None:
    changed = (step("approved", 1), step("edited", 2, version=2))
    after = taken(REVIEW, *changed)
    assert (after.version, after.state, approvers(after, changed)) == (2, "waiting", ())
    with pytest.raises(ApprovalError, match="changed the edition"):
        taken(REVIEW, *changed, step("approved", 3, version=1))


@pytest.mark.parametrize("action", ["approved", "held"])
def test_what_comes_too_late_changes_nothing(action: ReviewAction) -> None:
    with pytest.raises(ApprovalError, match="not approved in time"):
        taken(REVIEW, step(action, minutes=60))
    with pytest.raises(ApprovalError, match="posted already"):
        taken(replace(REVIEW, state="posted"), step(action))


ACTIONS = st.sampled_from(["approved", "held", "released", "edited"])


@given(st.lists(st.tuples(ACTIONS, st.integers(1, 3), st.integers(1, 3)), max_size=12))
def test_whatever_is_pressed_an_approved_edition_has_its_people(
    pressed: list[tuple[ReviewAction, int, int]],
) -> None:
    review, steps = REVIEW, list[ReviewStep]()
    for action, member, version in pressed:
        one = step(action, member, version=version)
        try:
            if action == "edited":
                review = after_edit(review, one)
            else:
                review = after_step(review, steps, one)
        except ApprovalError:
            continue
        steps.append(one)
        # counted anew, from the last step that takes approvals back
        last = max((n for n, s in enumerate(steps) if s.action in ("held", "edited")), default=-1)
        people = {s.member_id for s in steps[last + 1 :] if s.action == "approved"}
        assert (review.state == "approved") == (len(people) >= 2 and review.state != "held")
        assert all(s.version == review.version for s in steps[last + 1 :] if s.action == "approved")
