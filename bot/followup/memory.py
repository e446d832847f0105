"""Says what a question in a thread may point back to: a short running summary of what was asked."""

from collections.abc import Sequence
from typing import Final

from bot.followup.questions import read_question
from bot.followup.vocabulary import Vocabulary
from bot.news import MAX_TURN_CHARS, ThreadMemory, Turn

MAX_LINKS: Final = 3
"""Questions that one may lean on, each on the one before it."""


def running_summary(
    memory: ThreadMemory, member_id: int, vocabulary: Vocabulary, *, replied_to: int | None = None
) -> str:
    """Return the questions that the member's next one goes on from, oldest first, or nothing.

    That is the question whose answer the member replies to; else the member's own last one, so that
    two who ask in turn do not confuse each other; else the thread's last one. One that itself
    pointed back ("and when was that?") is preceded by what it pointed to. At most `MAX_TURN_CHARS`
    characters, the newest ones.
    """
    turns = memory.turns
    answered = next((turn for turn in turns if turn.message_id == replied_to), None)
    last = answered or _of_member(turns, member_id) or (turns[-1] if turns else None)
    chain: list[Turn] = []
    while last and len(chain) < MAX_LINKS:
        chain.insert(0, last)
        if not read_question(last.question, vocabulary).points_back:
            break
        earlier, member = turns[: turns.index(last)], last.member_id
        last = _of_member(earlier, member)
    return " ".join(turn.question for turn in chain)[-MAX_TURN_CHARS:]


def _of_member(turns: Sequence[Turn], member_id: int) -> Turn | None:
    return next((turn for turn in reversed(turns) if turn.member_id == member_id), None)
