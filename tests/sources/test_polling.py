"""What follows from a poll: never before the server's instant, always within bounds, never lost."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.errors import ExtractError, FetchError, SourceError
from bot.news import PollState, Subscription, Unread
from bot.ports import Caching, Document, NotModified, Validators
from bot.sources.feed_times import ttl_seconds, update_seconds
from bot.sources.freshness import MAX_RETRY_SECONDS, fresh_seconds, http_date, retry_seconds
from bot.sources.intervals import interval_after_change, interval_after_failures, next_slot
from bot.sources.polling import (
    Read,
    after_failure,
    after_no_change,
    after_reading,
    validators,
)
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOON = timedelta(microseconds=1)
FEED = "https://courier.example/feed"
COURIER = Subscription(FEED, NOON)

instants = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
addresses = st.text(min_size=1, max_size=30)
header_values = st.one_of(
    st.text(max_size=50),
    st.sampled_from(
        [
            "max-age=300",
            "public, max-age=31536000, immutable",
            "max-age=99999999999999999999999999",
            "no-cache, max-age=600",
            'Max-Age="60"',
            "max-age=-1",
            "0",
            "-1",
            "Wed, 04 Mar 2026 13:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 -2359",
            "Mon, 01 Jan 0001 00:00:00 +2359",
            "Wednesday, 04-Mar-26 13:00:00 GMT",
            "Wed Mar  4 13:00:00 2026",
            "9" * 5000,
            "²",
        ]
    ),
)
cachings = st.builds(Caching, header_values, header_values, header_values, header_values)
errors = st.one_of(
    st.builds(ExtractError, st.just(FEED), st.text(max_size=5)),
    st.builds(
        FetchError,
        st.just(FEED),
        st.text(max_size=5),
        status=st.sampled_from([0, 404, 410, 429, 503]),
        retry_after=header_values,
    ),
)
reads = st.builds(
    Read,
    new=st.integers(0, 200),
    unfinished=st.booleans(),
    ttl_seconds=st.integers(0, 86_400),
    update_seconds=st.integers(0, 31_536_000),
)


def a_document(
    caching: Caching | None = None, *, moved_to: str = "", content: bytes = b"x"
) -> Document:
    given = Validators(FEED, '"1"', "then")
    return Document(
        FEED, content, moved_to=moved_to, validators=given, caching=caching or Caching()
    )


ends = st.one_of(
    errors,
    st.builds(NotModified, st.just(FEED), cachings),
    st.tuples(st.builds(a_document, cachings), reads),
)
End = SourceError | NotModified | tuple[Document, Read]


def after(source: Subscription, end: End, now: datetime) -> Subscription:
    if isinstance(end, SourceError):
        poll = after_failure(source, end, now=now)
    elif isinstance(end, NotModified):
        poll = after_no_change(source, end, now=now)
    else:
        poll = after_reading(source, *end, now=now)
    return replace(source, poll=poll)


def asked_for(end: End, now: datetime, ttl: int) -> timedelta:
    """Return for how long the server, or its document, asked to be left alone."""
    match end:
        case FetchError():
            return timedelta(seconds=retry_seconds(end.retry_after, now=now))
        case NotModified(caching=caching):
            return timedelta(seconds=max(ttl, fresh_seconds(caching, now=now)))
        case (Document(caching=caching), Read(ttl_seconds=own)):
            return timedelta(seconds=max(own, fresh_seconds(caching, now=now)))
    return timedelta()


@given(addresses, st.booleans(), st.lists(st.tuples(ends, st.timedeltas(-400 * DAY, 400 * DAY))))
def test_a_source_is_asked_within_a_day_and_never_before_what_its_server_says(
    address: str,
    urgent: bool,  # noqa: FBT001 - given by hypothesis
    history: list[tuple[End, timedelta]],
) -> None:
    source, now = Subscription(address, NOON, urgent=urgent), NOON
    for end, step in history:
        ttl = source.poll.ttl_seconds
        source = after(source, end, now)
        poll = source.poll
        assert poll.next_at is not None
        assert poll.next_at.tzinfo is UTC
        least = timedelta(seconds=54) if urgent and not poll.failures else 4.5 * MINUTE
        assert max(least, asked_for(end, now, ttl)) <= poll.next_at - now <= DAY
        now += step  # forward or backward: whatever the clock does, the next state is in bounds


@given(cachings, header_values, instants)
def test_whatever_a_header_says_it_is_a_time_within_limits(
    caching: Caching, line: str, now: datetime
) -> None:
    assert 0 <= fresh_seconds(caching, now=now) <= 86_400
    assert 0 <= retry_seconds(line, now=now) <= MAX_RETRY_SECONDS
    assert 0 <= ttl_seconds(line) <= 86_400
    assert update_seconds(line, line) >= 0
    found = http_date(line)
    assert found is None or found.tzinfo is UTC


@given(instants, st.integers(0, 100_000))
def test_an_instant_and_a_number_of_seconds_mean_the_same(now: datetime, seconds: int) -> None:
    now = now.replace(microsecond=0)
    date = format_datetime(now + timedelta(seconds=seconds), usegmt=True)
    assert retry_seconds(date, now=now) == retry_seconds(str(seconds), now=now)
    by_age = fresh_seconds(Caching(f"max-age={seconds}"), now=now)
    assert fresh_seconds(Caching(expires=date), now=now) == by_age


@pytest.mark.parametrize(
    ("caching", "seconds"),
    [
        (Caching("public, max-age=600"), 600),
        (Caching('MAX-AGE = "600"'), 600),
        (Caching("max-age=600", age="500"), 100),
        (Caching("max-age=600", age="900"), 0),
        (Caching("max-age=600, max-age=5"), 600),
        (Caching("no-cache, max-age=600"), 0),
        (Caching("no-store"), 0),
        (Caching("s-maxage=600"), 0),
        (Caching("max-age=31536000"), 86_400),
        (Caching("max-age=10", expires="Wed, 04 Mar 2026 13:00:00 GMT"), 10),
        (Caching(expires="Wed, 04 Mar 2026 12:10:00 GMT"), 600),
        (
            Caching(expires="Wed, 04 Mar 2026 11:10:00 GMT", date="Wed, 04 Mar 2026 11:00:00 GMT"),
            600,
        ),
        (Caching(expires="0"), 0),
        (Caching(expires="Wed, 04 Mar 2026 11:00:00 GMT"), 0),
    ],
)
def test_how_long_an_answer_is_fresh(caching: Caching, seconds: int) -> None:
    assert fresh_seconds(caching, now=NOON) == seconds


@pytest.mark.parametrize(
    ("line", "seconds"),
    [("120", 120), ("999999", 28_800), ("Wed, 04 Mar 2026 12:02:00 GMT", 120), ("soon", 0)],
)
def test_who_sends_us_away_is_obeyed_up_to_eight_hours(line: str, seconds: int) -> None:
    error = FetchError(FEED, "answered 503", status=503, retry_after=line)
    poll = after_failure(COURIER, error, now=NOON)

    assert poll.next_at is not None
    wait = poll.next_at - NOON
    assert timedelta(seconds=max(seconds, 270)) <= wait <= timedelta(seconds=max(seconds + 60, 570))


def test_a_304_that_says_nothing_leaves_what_the_reading_said() -> None:
    read = after(COURIER, (a_document(Caching("max-age=7200")), Read(1, ttl_seconds=60)), NOON)
    later = NOON + 2 * HOUR
    silent = after(read, NotModified(FEED), later)
    said = after(read, NotModified(FEED, Caching("max-age=60")), later)

    assert silent.poll.next_at is not None
    assert silent.poll.next_at >= later + 2 * HOUR
    assert said.poll.next_at is not None
    assert said.poll.next_at < later + HOUR


def test_a_source_that_changes_often_is_asked_often_and_a_quiet_one_rarely() -> None:
    source, now = COURIER, NOON
    for _ in range(30):
        source = after(source, (a_document(), Read(3)), now)
        now += HOUR
    assert source.poll.interval_seconds == pytest.approx(300, abs=1), "20 minutes a change"
    for _ in range(30):
        source = after(source, (a_document(), Read(1)), now)
        now += 10 * HOUR
    assert source.poll.interval_seconds == pytest.approx(3_600, rel=0.01), "a tenth of ten hours"
    quiet = after(source, NotModified(FEED), now + 5 * DAY)
    assert quiet.poll.interval_seconds == pytest.approx(43_200, rel=0.1)


def test_what_a_feed_says_of_itself_counts_until_it_is_known_better() -> None:
    hinted = after(COURIER, (a_document(), Read(9, update_seconds=86_400)), NOON)
    silent = after(COURIER, (a_document(), Read(9)), NOON)

    assert hinted.poll.interval_seconds == 8_640
    assert silent.poll.interval_seconds == 900
    assert interval_after_change(900, HOUR, 86_400, new=1) < 900


def test_failures_double_from_five_minutes_to_a_day_and_are_told_since_when() -> None:
    source, now = COURIER, NOON
    for n in range(12):
        source = after(source, FetchError(FEED, "answered 500", status=500), now)
        poll = source.poll
        assert (poll.failures, poll.failing_since, poll.reason) == (n + 1, NOON, "answered 500")
        assert poll.next_at is not None
        assert poll.next_at - now <= DAY
        now = poll.next_at
    assert [interval_after_failures(n) // 60 for n in (1, 2, 3, 9, 10, 99)] == [
        5, 10, 20, 1280, 1440, 1440,
    ]  # fmt: skip
    well = after(source, NotModified(FEED), now)
    assert (well.poll.failures, well.poll.failing_since, well.poll.reason) == (0, None, "")


def test_ten_thousand_sources_are_not_asked_in_the_same_second() -> None:
    slots = [next_slot(f"https://s{n}.example/", 300, now=NOON) for n in range(10_000)]
    seconds = [slot.replace(microsecond=0) for slot in slots]

    assert max(seconds.count(second) for second in set(seconds)) < 80


@given(addresses, st.sampled_from([60, 300, 900, 7_200]), st.floats(0, 5))
def test_a_poll_that_begins_a_little_late_does_not_move_the_next(
    address: str, interval: int, late: float
) -> None:
    first = next_slot(address, interval, now=NOON)
    second = next_slot(address, interval, now=first + timedelta(seconds=late))
    third = next_slot(address, interval, now=second)

    assert abs(third - second - (second - first)) < timedelta(milliseconds=1)


def test_what_is_gone_is_polled_no_more_and_told() -> None:
    poll = after_failure(COURIER, FetchError(FEED, "answered 410 Gone", status=410), now=NOON)

    assert poll.gone
    assert (poll.reason, poll.failing_since) == ("answered 410 Gone", NOON)
    assert not replace(COURIER, poll=poll).is_read


def test_a_move_counts_when_two_polls_in_a_row_have_seen_it() -> None:
    new, newer = f"{FEED}/new", f"{FEED}/newer"
    once = after(COURIER, NotModified(FEED, moved_to=new), NOON)
    assert once.read_from == FEED
    assert after(once, NotModified(FEED), NOON).poll.moving_to == ""
    other = after(once, NotModified(FEED, moved_to=newer), NOON)
    assert (other.read_from, other.poll.moving_to) == (FEED, newer)
    twice = after(once, (a_document(moved_to=new), Read(0)), NOON)
    assert twice.read_from == new
    assert after(twice, NotModified(new), NOON).read_from == new
    again = after(twice, NotModified(new, moved_to=newer), NOON)
    assert (again.read_from, again.poll.moving_to) == (new, newer)


def test_where_a_move_leads_to_nothing_the_own_address_is_asked_again() -> None:
    moved = replace(COURIER, poll=PollState(moved_to=f"{FEED}/new"))
    poll = after_failure(moved, FetchError(FEED, "answered 410 Gone", status=410), now=NOON)

    assert not poll.gone
    assert poll.moved_to == ""


def test_what_was_given_is_asked_with_unless_something_is_left_to_read() -> None:
    whole = after(COURIER, (a_document(), Read(1, read_items=("a",))), NOON)
    assert validators(whole) == Validators(FEED, '"1"', "then")
    notes = (Unread("https://courier.example/1", "answered 503"),)
    left = after(COURIER, (a_document(), Read(1, unread=notes, unfinished=True)), NOON)
    assert validators(left) == Validators(FEED)
    assert left.poll.body_sha256 == ""
    assert left.poll.unread == notes
    assert after(whole, NotModified(FEED), NOON + SOON).poll.read_items == ("a",)


@given(st.integers(0, 10**9), st.integers(1, 500), st.timedeltas(-DAY, 400 * DAY))
def test_intervals_stay_between_five_minutes_and_a_day(hint: int, new: int, gap: timedelta) -> None:
    for interval in (0, 300, 86_400):
        assert 300 <= interval_after_change(interval, gap, hint, new=new) <= 86_400
    assert 300 <= interval_after_change(0, None, hint, new=new) <= 86_400
