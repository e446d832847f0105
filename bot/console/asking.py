"""Questions in a terminal: to the archive, to one story in a thread of its own, and searches."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from msgspec.structs import replace

from bot import desk_search
from bot.cards import Card, Note, Run
from bot.delivery.answers import answer_card, long_note
from bot.delivery.edition import briefing_card
from bot.desk import Desk
from bot.desk_queries import ask_again
from bot.desk_questions import ask_next
from bot.errors import UnknownError
from bot.followup import Vocabulary, running_summary
from bot.followup.questions import read_question
from bot.news import (
    MAX_QUERY_CHARS,
    MAX_TURN_CHARS,
    MAX_TURNS,
    Answer,
    Query,
    StoryThread,
    ThreadMemory,
    Turn,
)
from bot.search_cards import said_card, search_card
from bot.source_desk.cards import said

FIND_WHAT: Final = (
    "Find what? `find` and the words; filters may stand among them: "
    "`outlet:`, `source:`, `since:`, `until:`, `lang:`, `story:`."
)

COMMANDS = {
    "ask QUESTION": "an answer from the archive, with its sources; the next line that ends in a "
    "question mark goes on from it",
    "discuss NUMBER or words": "one story's thread: lines that end in a question mark are answered "
    "from its sources alone; `discuss` alone leaves it",
    "widen": "the last question again, to the whole archive",
    "find WORDS": "articles of the archive; a phrase goes in quotation marks",
    "said NAME [about WORDS]": "what somebody said, the newest first",
}
LINE_COMMANDS = frozenset({"ask", "discuss", "find", "said", "check", "story"})
"""Commands whose own words may end in a question mark."""
FEW_WORDS = 2
"""Words of a line up to which a command's name in it is the command: `why 2?`."""
HINT = "`widen` lists what the whole archive has near it."
TERMINAL = 0
"""Who asks here, as the memory of threads has it."""


@dataclass
class Asking:
    """The questions of one sitting: the story that is discussed, and what was asked so far.

    `asked` are those to the archive, `memory` those of the story's thread.
    """

    last: Query | None = None
    asked: ThreadMemory = field(default_factory=ThreadMemory)
    thread: StoryThread | None = None
    memory: ThreadMemory = field(default_factory=ThreadMemory)

    def takes(self, line: str, *, is_command: bool) -> bool:
        """Tell whether the line is a question, though it may begin with a command's name."""
        words = line.split()
        if not line.rstrip().endswith("?") or words[0].lower() in LINE_COMMANDS:
            return False
        return not is_command or len(words) > FEW_WORDS

    async def go_on(self, desk: Desk, question: str, now: datetime) -> Card:
        """Return the answer from the story that is discussed, or else from the archive."""
        if self.thread is None:
            return await self._ask(desk, question, now, self._previous(desk))
        told = await ask_next(
            desk, self.thread, question, now=now, memory=self.memory, member_id=TERMINAL
        )
        await self._remember(desk, question, now)
        self.last = _query(question, told.previous, now)
        return _card(told.answer, question, desk)

    async def answer(self, desk: Desk, question: str, now: datetime) -> Card:
        """Return the answer from the archive: a new beginning, unless the question points back."""
        if not question:
            return said("What do you want to know? `ask` and a question.")
        points_back = read_question(question, _vocabulary(desk)).points_back
        previous = self._previous(desk) if points_back else ""
        return await self._ask(desk, question, now, previous)

    def _previous(self, desk: Desk) -> str:
        return running_summary(self.asked, TERMINAL, _vocabulary(desk))

    async def _ask(self, desk: Desk, question: str, now: datetime, previous: str) -> Card:
        found = await desk_search.ask_archive(desk, question, now=now, previous=previous)
        self.last = _query(question, previous, now)
        self.asked = _with(self.asked, _turn(self.asked, question, now))
        return _card(found, question, desk)

    async def discuss(self, desk: Desk, name: str, now: datetime) -> Card:
        """Enter a story's thread, with what was asked in it before; without a name leave it."""
        if not name:
            left, self.thread = self.thread, None
            return said("The thread is left." if left else "Discuss which? A number or words.")
        dossier = await desk.story(name, now=now)
        edition = dossier.briefing
        if not edition.briefs:
            raise UnknownError("This story may not be shown any more.")
        story_id = edition.briefs[0].story.id
        self.thread = StoryThread(
            thread_of(story_id), TERMINAL, edition.id, edition.version, story_id
        )
        threads = desk.tools.threads
        known = await threads.memory_of(self.thread.thread_id) if threads else ThreadMemory()
        self.memory = known
        told = "Ask: lines that end in a question mark are answered from this story's sources."
        blocks = briefing_card(edition, desk.zone).blocks
        return Card((*blocks, Note((Run(told),))))

    async def widen(self, desk: Desk, _: str, now: datetime) -> Card:
        """Return what the whole archive has for the last question."""
        if self.last is None:
            return said("Nothing was asked yet: `ask` and a question.")
        found = await ask_again(desk, self.last, now=now)
        blocks = answer_card(found.answer, desk.zone).blocks
        return Card((*blocks, *search_card(found.result, desk.zone).blocks))

    async def _remember(self, desk: Desk, question: str, now: datetime) -> None:
        """Keep the question in this sitting's memory, and in the store for the next one's.

        What another terminal asks of the same story meanwhile is not this sitting's.
        """
        thread = self.thread
        if thread is None:
            return
        turn = _turn(self.memory, question, now)
        self.memory = _with(self.memory, turn)
        if desk.tools.threads:
            await desk.tools.threads.remember(thread.thread_id, turn)


def thread_of(story_id: str) -> int:
    """Return the id of a story's thread in terminals: below zero, where no chat has one."""
    return -int(sha256(story_id.encode()).hexdigest()[:15], 16)


async def find(desk: Desk, words: str, now: datetime) -> Card:
    """Return what the archive holds of the words, within what filters among them leave."""
    if not words:
        return said(FIND_WHAT)
    return search_card(await desk_search.search(desk, words, now=now), desk.zone)


async def said_by(desk: Desk, rest: str, now: datetime) -> Card:
    """Return what somebody said, about something if the line says about what."""
    speaker, _, about = rest.partition(" about ")
    if not speaker.strip():
        return said("Said by whom? `said` and a name.")
    return said_card(await desk_search.said_by(desk, speaker, now=now, about=about), desk.zone)


def _query(question: str, previous: str, now: datetime) -> Query:
    return Query(question[:MAX_QUERY_CHARS], now, previous[-MAX_QUERY_CHARS:])


def _turn(memory: ThreadMemory, question: str, now: datetime) -> Turn:
    """Return the question with a number above those before it, which no chat's message has."""
    number = int(now.timestamp() * 1_000_000)
    if memory.turns:
        number = max(number, memory.turns[-1].message_id + 1)
    return Turn(number, TERMINAL, question[:MAX_TURN_CHARS], now)


def _with(memory: ThreadMemory, turn: Turn) -> ThreadMemory:
    return replace(memory, turns=(*memory.turns, turn)[-MAX_TURNS:])


def _vocabulary(desk: Desk) -> Vocabulary:
    return Vocabulary(desk.tools.weights, desk.tools.question_words)


def _card(found: Answer, question: str, desk: Desk) -> Card:
    blocks = answer_card(found, desk.zone).blocks
    if found.refusal:
        blocks = (*blocks, Note((Run(HINT),)))
    return Card((*long_note(question), *blocks))
