from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.outbox import next_step, occurrence_key, retry_at
from bot.news import Post

NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tried_seconds_ago", "message_id", "step"),
    [
        (None, None, "send"),
        (0, None, "send"),
        (59.9, None, "send"),
        (60, None, "look first"),
        (-1, None, "look first"),
        (86400, None, "look first"),
        (86400, 7, "nothing"),
        (None, 7, "nothing"),
    ],
)
def test_a_post_whose_nonce_may_be_forgotten_is_looked_for_first(
    tried_seconds_ago: float | None, message_id: int | None, step: str
) -> None:
    tried = None if tried_seconds_ago is None else NOW - timedelta(seconds=tried_seconds_ago)

    assert next_step(Post("k", 1, "b", 1, tried, message_id), now=NOW) == step


@pytest.mark.parametrize(("number", "step"), [(1, "look first"), (2, "send")])
def test_what_opens_a_post_in_a_forum_has_no_nonce_and_is_looked_for_before_every_retry(
    number: int, step: str
) -> None:
    post = Post(f"k/{number}", 1, "b", 1, NOW - timedelta(seconds=1), target="forum")

    assert next_step(post, now=NOW) == step
    assert next_step(Post("k/1", 1, "b", 1, target="forum"), now=NOW) == "send"


@given(st.integers(1, 10_000), st.floats(0, 3600))
def test_retries_wait_longer_and_longer_and_never_less_than_asked(
    attempts: int, asked: float
) -> None:
    wait = retry_at(attempts, now=NOW, retry_after_seconds=asked) - NOW

    assert wait >= timedelta(seconds=max(5, asked))
    assert wait <= max(timedelta(minutes=5), timedelta(seconds=asked))
    assert wait <= retry_at(attempts + 1, now=NOW, retry_after_seconds=asked) - NOW


@given(st.text(min_size=1, max_size=200))
def test_a_nonce_fits_and_depends_on_the_key(key: str) -> None:
    post = Post(key, 1, "b", 1)

    assert len(post.nonce) == 24
    assert post.nonce == Post(key, 2, "c", 3).nonce
    assert post.nonce != Post(key + "x", 1, "b", 1).nonce


def test_an_occurrence_has_one_key() -> None:
    assert occurrence_key("s1", NOW) == "s1@20260917T060000Z"
