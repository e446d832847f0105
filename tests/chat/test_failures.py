import discord
import pytest
from discord import app_commands

from bot.chat.failures import delivery_error, expected, is_too_late, lacking
from bot.errors import UnknownError


class Answer:
    """As much of an HTTP answer as discord.py's errors look at."""

    def __init__(self, status: int, retry_after: str = "") -> None:
        self.status = status
        self.reason = "because"
        self.headers = {"Retry-After": retry_after} if retry_after else {}


def refused(status: int, code: int = 0, retry_after: str = "") -> discord.HTTPException:
    kind = discord.NotFound if status == 404 else discord.HTTPException
    return kind(Answer(status, retry_after), {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (discord.RateLimited(42.5), 42.5),
        (refused(429, retry_after="12"), 12.0),
        (refused(429, retry_after="soon"), 0.0),
        (refused(429), 0.0),
    ],
)
def test_how_long_discord_asks_to_wait_is_passed_on(error: Exception, seconds: float) -> None:
    told = delivery_error(error, "#news")

    assert told.retry_after_seconds == seconds
    assert not told.permanent


def test_a_lost_connection_is_worth_another_try() -> None:
    told = delivery_error(ConnectionResetError("gone"), "#news")

    assert str(told) == "Discord could not be reached to post in #news: gone."
    assert not told.permanent


@pytest.mark.parametrize(
    ("error", "closed"),
    [
        (refused(403, 50013), True),
        (refused(404, 10003), True),
        (refused(400, 50083), True),
        (refused(403, 0), True),
        (refused(400, 50035), False),
        (refused(502), False),
    ],
)
def test_a_channel_that_takes_nothing_is_told_from_a_post_that_is_not_taken(
    error: discord.HTTPException, *, closed: bool
) -> None:
    told = delivery_error(error, "#news")

    assert told.closed is closed
    assert told.permanent is (error.status < 500)


def test_what_nobody_expected_is_not_explained_away() -> None:
    assert expected(KeyError("x"), "#news") is None
    assert expected(refused(400, 50035), "#news") is None


def test_our_own_errors_keep_their_sentence() -> None:
    error = UnknownError("No story here is that.")

    assert expected(error, "#news") is error


def test_a_check_that_fails_says_why() -> None:
    assert str(expected(app_commands.CheckFailure("Only editors."), "#news")) == "Only editors."


def test_an_interaction_that_discord_gave_up_is_known() -> None:
    assert is_too_late(refused(404, 10062))
    assert not is_too_late(refused(404, 10003))


def test_missing_permissions_have_the_names_that_discords_settings_show() -> None:
    assert lacking(discord.Permissions.all()) == ()
    assert lacking(discord.Permissions(view_channel=True, send_messages=True)) == (
        "Read Message History",
        "Create Public Threads",
        "Send Messages in Threads",
    )
