"""What a question points back to is the member's own line of questions."""

from datetime import timedelta

from bot.followup import Vocabulary, running_summary
from bot.language import load_question_words, load_weights
from bot.news import MAX_TURN_CHARS, ThreadMemory, Turn
from tests.builders import NOON

WORDS = Vocabulary(load_weights(), load_question_words())
CROSS = "How many people cross the sound?"
HULL = "What did Mira Tolland say of the hull?"


def summary(*asked: tuple[int, str], member: int = 1, replied_to: int | None = None) -> str:
    turns = [
        Turn(number, who, question, NOON + timedelta(minutes=number))
        for number, (who, question) in enumerate(asked, start=1)
    ]
    return running_summary(ThreadMemory(turns=tuple(turns)), member, WORDS, replied_to=replied_to)


def test_nothing_was_asked_before_the_first_question() -> None:
    assert summary() == ""


def test_a_member_goes_on_from_their_own_question() -> None:
    assert summary((1, CROSS), (2, HULL)) == CROSS
    assert summary((1, CROSS), (2, HULL), member=2) == HULL


def test_who_asks_for_the_first_time_goes_on_from_the_last_question() -> None:
    assert summary((1, CROSS), (2, HULL), member=3) == HULL


def test_a_reply_goes_on_from_the_question_that_was_answered() -> None:
    assert summary((1, CROSS), (2, HULL), replied_to=2) == HULL
    assert summary((1, CROSS), replied_to=99) == CROSS


def test_a_question_that_points_back_brings_what_it_pointed_to() -> None:
    assert (
        summary((1, CROSS), (2, HULL), (1, "And when was that?")) == f"{CROSS} And when was that?"
    )
    assert summary((1, "And when was that?")) == "And when was that?"


def test_a_summary_is_short() -> None:
    long = "And when did that happen " + "x" * (MAX_TURN_CHARS - 26) + "?"
    assert len(summary((1, CROSS), (1, long), (1, long))) == MAX_TURN_CHARS
