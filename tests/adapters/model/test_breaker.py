from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.adapters.model.breaker import Breaker
from tests.adapters.model.asking import Clock


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        ticket = breaker.enter()
        assert ticket is not None
        breaker.leave(ticket, worked=False)


def test_it_opens_after_so_many_failures_in_a_row() -> None:
    breaker = Breaker(Clock(), failures=3, open_seconds=30)

    fail(breaker, 2)
    assert breaker.admits()
    fail(breaker)

    assert not breaker.admits()
    assert breaker.enter() is None
    assert breaker.wait_seconds == 30


def test_a_success_in_between_starts_the_count_anew() -> None:
    breaker = Breaker(Clock(), failures=3)
    fail(breaker, 2)
    ticket = breaker.enter()
    assert ticket is not None
    breaker.leave(ticket, worked=True)

    fail(breaker, 2)

    assert breaker.admits()


def test_one_request_tries_it_when_the_time_is_over() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1, open_seconds=30)
    fail(breaker)
    clock.seconds = 30

    probe = breaker.enter()

    assert probe is not None
    assert breaker.enter() is None
    breaker.leave(probe, worked=True)
    assert breaker.enter() is not None
    assert breaker.enter() is not None


def test_it_opens_again_when_the_trial_fails() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=5, open_seconds=30)
    fail(breaker, 5)
    clock.seconds = 30

    fail(breaker)

    assert breaker.wait_seconds == 30


def test_a_trial_that_says_nothing_leaves_room_for_the_next() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1, open_seconds=30)
    fail(breaker)
    clock.seconds = 30
    probe = breaker.enter()
    assert probe is not None

    breaker.leave(probe, worked=None)

    assert breaker.enter() is not None


def test_what_was_sent_before_it_opened_says_nothing_any_more() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1, open_seconds=30)
    early = breaker.enter()
    assert early is not None
    fail(breaker)
    clock.seconds = 30
    probe = breaker.enter()
    assert probe is not None

    breaker.leave(early, worked=True)

    assert breaker.enter() is None
    breaker.leave(probe, worked=False)
    assert breaker.wait_seconds == 30


def test_who_asks_to_be_left_alone_is_for_as_long_as_he_says() -> None:
    clock = Clock()
    breaker = Breaker(clock)

    breaker.open_for(120)

    clock.seconds = 119
    assert not breaker.admits()
    clock.seconds = 120
    assert breaker.admits()


class AnyOrder(RuleBasedStateMachine):
    """Requests that enter and leave as they like, while time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.breaker = Breaker(self.clock, failures=2, open_seconds=10)
        self.inside: list[int] = []

    @rule()
    def enter(self) -> None:
        admitted = self.breaker.admits()
        ticket = self.breaker.enter()
        assert (ticket is not None) == admitted
        if ticket is not None:
            self.inside.append(ticket)

    @rule(worked=st.sampled_from([True, False, None]))
    def leave(self, worked: bool | None) -> None:  # noqa: FBT001 - hypothesis names it
        if self.inside:
            self.breaker.leave(self.inside.pop(0), worked=worked)

    @rule(seconds=st.integers(1, 20))
    def wait(self, seconds: int) -> None:
        self.clock.seconds += seconds

    @invariant()
    def it_never_stays_open_for_ever(self) -> None:
        assert self.breaker.wait_seconds <= 10
        if not self.inside and self.breaker.wait_seconds == 0:
            assert self.breaker.admits()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=40, stateful_step_count=25)
