"""What is said of how the sources do: pure, of lists of sources."""

from datetime import UTC, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.delivery.plain import to_plain
from bot.news import PollState, Subscription, Unread
from bot.source_desk import health_of
from bot.source_desk.cards import state_words
from bot.source_desk.machines import health_json
from bot.source_desk.reports import health_card
from tests.source_desk.desks import FEED, NOW, OTHER

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
READ = PollState(
    interval_seconds=900,
    checked_at=NOW - MINUTE,
    read_at=NOW - MINUTE,
    changed_at=NOW - MINUTE,
    next_at=NOW + 14 * MINUTE,
)
FAILING = replace(
    READ,
    read_at=NOW - DAY,
    failures=7,
    failing_since=NOW - 20 * 60 * MINUTE,
    reason="answered 503 Service Unavailable",
    next_at=NOW + 90 * MINUTE,
)


def a_source(poll: PollState, address: str = FEED, **more: object) -> Subscription:
    return Subscription(address, NOW - 30 * DAY, "Harbour Courier", poll=poll, **more)  # type: ignore[arg-type]


def said(*sources: Subscription) -> str:
    return to_plain(health_card(health_of(sources, now=NOW), UTC))


def test_when_all_is_well_that_is_one_line() -> None:
    assert said(a_source(READ), a_source(READ, OTHER)) == (
        "All is well: 2 sources, the last answer came 1 minute ago.\n"
    )


def test_what_fails_is_named_with_since_when_why_and_when_it_is_tried_again() -> None:
    text = said(a_source(FAILING), a_source(READ, OTHER))
    assert text.startswith("1 of 2 sources can be read; the last answer came 1 minute ago.\n")
    assert (
        f"Harbour Courier ({FEED}): answered 503 Service Unavailable, since 3 Mar, 16:00 "
        "(7 polls in a row); last read 3 Mar, 12:00; next try in 2 hours" in text
    )


def test_what_fails_longest_comes_first() -> None:
    newer = replace(FAILING, failing_since=NOW - MINUTE)
    found = health_of([a_source(newer, OTHER), a_source(FAILING)], now=NOW)
    assert [one.address for one in found.failing] == [FEED, OTHER]


def test_gone_stale_moved_partly_read_waiting_and_paused_sources_are_told_apart() -> None:
    text = said(
        a_source(replace(READ, gone=True, failures=1, failing_since=NOW, reason="answered 410")),
        a_source(replace(READ, changed_at=NOW - 15 * DAY), "https://stale.example/"),
        a_source(replace(READ, moved_to="https://new.example/feed"), "https://moved.example/"),
        a_source(
            replace(READ, unread=(Unread("https://p.example/", "answered 403"),)),
            "https://part.example/",
        ),
        a_source(PollState(), "https://waiting.example/"),
        a_source(FAILING, "https://paused.example/", paused=True),
    )
    assert "`sources remove https://courier.example/feed.xml` forgets it" in text
    assert "(https://stale.example/): last change 15 days ago" in text
    assert "(https://moved.example/): https://new.example/feed" in text
    assert "(https://part.example/): https://p.example/: answered 403" in text
    assert "Not asked yet (1)" in text
    assert "Paused (1)" in text
    assert text.startswith("3 of 5 sources can be read, 1 of them in part;")


def test_when_nobody_polls_that_is_said() -> None:
    late = replace(READ, next_at=NOW - 2 * 60 * MINUTE)
    assert "one has been due since 4 Mar, 10:00" in said(a_source(late))
    assert "none was asked yet; `nutgraf run` asks them" in said(a_source(PollState()))
    assert said(a_source(READ, paused=True)).startswith("1 source, paused; none is read.")
    assert "None of 1 source has ever answered." in said(a_source(replace(FAILING, read_at=None)))
    assert "due since" not in said(a_source(late, paused=True))


def test_a_source_that_was_just_resumed_is_not_late() -> None:
    paused = a_source(replace(READ, next_at=NOW - DAY), paused=True)
    assert "due since" not in said(paused.resumed())


def test_a_source_that_is_sent_to_us_is_never_late() -> None:
    came = replace(READ, interval_seconds=0, next_at=None)
    sent, silent = a_source(came, "push://wire"), a_source(PollState(), "push://desk")
    text = said(sent, silent)

    assert text.startswith("1 of 2 sources can be read;")
    assert "due since" not in text
    assert "(push://desk): is sent to Nutgraf, and nothing came yet" in text
    assert state_words(sent, now=NOW) == "read 1 minute ago, whenever it is sent"
    assert state_words(silent, now=NOW) == "nothing was sent yet"


def test_no_source_at_all_says_how_to_add_one() -> None:
    assert "`sources add ADDRESS`" in said()


polls = st.builds(
    lambda gone, moved, changed, unread, state: replace(
        state, gone=gone, moved_to="https://m.example/" if moved else "",
        changed_at=NOW - changed, unread=(Unread("x", "y"),) * unread,
    ),
    st.booleans(), st.booleans(), st.timedeltas(timedelta(), 60 * DAY), st.integers(0, 5),
    st.sampled_from([READ, FAILING, PollState()]),
)  # fmt: skip


@given(st.lists(st.tuples(polls, st.booleans()), max_size=12))
def test_each_source_stands_in_exactly_one_list(states: list[tuple[PollState, bool]]) -> None:
    sources = [
        a_source(poll, f"https://a{n}.example/", paused=paused)
        for n, (poll, paused) in enumerate(states)
    ]
    found = health_of(sources, now=NOW)
    decoded = msgspec.json.decode(health_json(found))
    lists = [value for value in decoded.values() if isinstance(value, list)]

    assert found.total == len(sources)
    assert sum(map(len, lists)) + decoded["well"] == len(sources)
    assert said(*sources)
