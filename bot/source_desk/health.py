"""Says of each source how its polls go: which fail, which are silent, gone, moved or paused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.news import Subscription, is_pushed

STALE_AFTER: Final = timedelta(days=14)
"""A source that answers and has had nothing new for so long may have been given up."""

LATE_AFTER: Final = timedelta(minutes=15)
"""When the longest overdue poll is later than that, nobody polls, or not fast enough."""


@dataclass(frozen=True)
class Health:
    """The sources by how they do; each stands in the first of these lists that it belongs to.

    Args:
        gone: they answered 410 and are polled no more.
        paused: by an editor or the settings.
        failing: the last poll failed; the longest failing first.
        moved: they are read where a permanent redirect leads.
        stale: nothing new for 14 days, the longest silent first.
        partly: the last reading left something of them unread.
        waiting: never asked yet, or nothing has been sent yet.
        well: all others.
        last_read_at: when any source last answered.
        late_since: since when the longest overdue poll has been due, if it is late.
    """

    now: datetime
    gone: tuple[Subscription, ...]
    paused: tuple[Subscription, ...]
    failing: tuple[Subscription, ...]
    moved: tuple[Subscription, ...]
    stale: tuple[Subscription, ...]
    partly: tuple[Subscription, ...]
    waiting: tuple[Subscription, ...]
    well: tuple[Subscription, ...]
    last_read_at: datetime | None
    late_since: datetime | None

    @property
    def total(self) -> int:
        """How many sources there are."""
        lists = (self.gone, self.paused, self.failing, self.moved, self.stale, self.partly)
        return sum(map(len, (*lists, self.waiting, self.well)))


def health_of(kept: Iterable[Subscription], *, now: datetime) -> Health:
    """Return the sources by how they do."""
    kept = tuple(kept)
    by_state: dict[str, list[Subscription]] = {}
    for one in kept:
        by_state.setdefault(state_of(one, now=now), []).append(one)
    answers = [one.poll.read_at for one in kept if one.poll.read_at]
    polled = [one for one in kept if one.is_read and not is_pushed(one.address)]
    due = [one.due_at or now for one in polled]
    late = [at for at in due if now - at > LATE_AFTER]
    found = {state: tuple(ones) for state, ones in by_state.items()}
    return Health(
        now,
        found.get("gone", ()),
        found.get("paused", ()),
        tuple(sorted(found.get("failing", ()), key=lambda o: o.poll.failing_since or now)),
        found.get("moved", ()),
        tuple(sorted(found.get("stale", ()), key=lambda o: o.poll.changed_at or now)),
        found.get("partly", ()),
        found.get("waiting", ()),
        found.get("well", ()),
        max(answers, default=None),
        min(late, default=None),
    )


def state_of(one: Subscription, *, now: datetime) -> str:
    """Return the state of a source, named as the lists of `Health` are."""
    poll = one.poll
    changed = poll.changed_at or now
    states = (
        ("gone", poll.gone),
        ("paused", not one.is_read),
        ("failing", poll.failures > 0),
        ("waiting", poll.checked_at is None),
        ("moved", bool(poll.moved_to)),
        ("stale", now - changed > STALE_AFTER),
        ("partly", bool(poll.unread)),
    )
    return next((name for name, applies in states if applies), "well")
