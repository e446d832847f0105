"""Questions to the archive in a terminal: an answer, what goes on from it, and searches."""

from dataclasses import dataclass
from datetime import datetime

from bot import desk_search
from bot.cards import Card
from bot.delivery.answers import answer_card
from bot.desk import Desk
from bot.search_cards import said_card, search_card
from bot.source_desk.cards import said

COMMANDS = {
    "ask QUESTION": "an answer from the archive, with its sources; the next line that ends in a "
    "question mark goes on from it",
    "find WORDS": "articles of the archive; a phrase goes in quotation marks",
    "said NAME [about WORDS]": "what somebody said, the newest first",
}


@dataclass
class Asking:
    """The questions of one sitting: what was asked last, so that the next may leave it open."""

    previous: str = ""

    def takes(self, line: str) -> bool:
        """Tell whether the line is a question that goes on from the last one."""
        return bool(self.previous) and line.rstrip().endswith("?")

    async def answer(self, desk: Desk, question: str, now: datetime) -> Card:
        """Return the answer, and remember the question."""
        if not question:
            return said("What do you want to know? `ask` and a question.")
        found = await desk_search.ask_archive(desk, question, now=now, previous=self.previous)
        self.previous = question
        return answer_card(found, desk.zone)


async def find(desk: Desk, words: str, now: datetime) -> Card:
    """Return what the archive holds of the words."""
    if not words:
        return said("Find what? `find` and the words.")
    return search_card(await desk_search.search(desk, words, now=now), desk.zone)


async def said_by(desk: Desk, rest: str, now: datetime) -> Card:
    """Return what somebody said, about something if the line says about what."""
    speaker, _, about = rest.partition(" about ")
    if not speaker.strip():
        return said("Said by whom? `said` and a name.")
    return said_card(await desk_search.said_by(desk, speaker, now=now, about=about), desk.zone)
