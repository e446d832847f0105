"""What an editor can ask of the whole window: a question, answered from the story that it is about.

The answer itself is `desk_briefings.ask`; here the story is chosen.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.desk import Desk
from bot.desk_briefings import ask
from bot.followup import Vocabulary, running_summary
from bot.news import Answer, Article, Dossier, Story, StoryThread, ThreadMemory
from bot.text import words
from bot.weights import WordWeights

TELLING: Final = 2.0
"""A word of a question that leads to a story stands in less than e**-2 = 14 % of all articles."""
TITLE_TIMES: Final = 2.0
"""What a word counts that stands in a title, beside one in a text."""
LEAST_SHARE: Final = 0.5
"""Share of the weight of a question's telling words that the story must have."""
MAX_QUESTION_CHARS: Final = 2_000
STORIES_TRIED: Final = 3
"""Stories that are asked, the nearest first, until one of them answers."""

NO_STORY: Final = "No story of this window speaks of that. /brief shows what there is."


@dataclass(frozen=True)
class WindowAnswer:
    """An answer or a refusal, with the stored briefing of the one story that it comes from.

    Where no story of the window speaks of what is asked, there is no briefing.
    """

    answer: Answer
    dossier: Dossier | None


@dataclass(frozen=True)
class Told:
    """An answer in a thread, and the questions that its own goes on from."""

    answer: Answer
    previous: str


async def ask_window(desk: Desk, question: str, *, now: datetime) -> WindowAnswer:
    """Answer a question from the story of the window that it is about.

    Of the nearest stories the first that answers is taken; if none does, the answer is the nearest
    one's refusal, and where no story speaks of what is asked, one that says so.

    Raises:
        ArchiveError: the store cannot be read.
    """
    day = await desk.day(now=now)
    near = await asyncio.to_thread(
        stories_for, question, day.stories, day.articles, desk.tools.weights
    )
    refused: WindowAnswer | None = None
    for story in near[:STORIES_TRIED]:
        dossier = await desk.story(story.id, now=now)
        if not dossier.briefing.briefs:
            continue
        asked = StoryThread(0, 0, dossier.briefing.id, dossier.briefing.version, story.id)
        found = WindowAnswer(await ask(desk, asked, question, now=now), dossier)
        if not found.answer.refusal:
            return found
        refused = refused or found
    nowhere = Answer(question[:MAX_QUESTION_CHARS], (), (), (), NO_STORY)
    return refused or WindowAnswer(nowhere, None)


async def ask_next(  # noqa: PLR0913 - who asks what, in which thread, after what
    desk: Desk,
    thread: StoryThread,
    question: str,
    *,
    now: datetime,
    memory: ThreadMemory,
    member_id: int,
    replied_to: int | None = None,
) -> Told:
    """Answer the next question of a thread, which may go on from what its memory holds.

    `replied_to` is the message of the question to whose answer the member replies.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: the thread's briefing does not tell the story any more.
    """
    vocabulary = Vocabulary(desk.tools.weights, desk.tools.question_words)
    previous = running_summary(memory, member_id, vocabulary, replied_to=replied_to)
    return Told(await ask(desk, thread, question, now=now, previous=previous), previous)


def stories_for(
    question: str,
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    weights: WordWeights,
) -> tuple[Story, ...]:
    """Return the stories that have most of what the question names, the nearest first.

    Each telling word counts by how rare it is, twice in a title. A story that has less than half
    of the question's weight is not about it.
    """
    asked = weights.telling(weights.stems(words(question[:MAX_QUESTION_CHARS])), least=TELLING)
    least = LEAST_SHARE * sum(asked.values())
    rated = []
    for place, story in enumerate(stories):
        revisions = [articles[i].latest for i in story.article_ids]
        in_title = asked.keys() & _stems((r.title for r in revisions), weights)
        has = in_title | (asked.keys() & _stems((r.body for r in revisions), weights))
        weight = sum(asked[s] for s in has)
        if has and weight >= least:
            extra = (TITLE_TIMES - 1) * sum(asked[s] for s in in_title)
            rated.append((-weight - extra, place, story))
    return tuple(story for _, _, story in sorted(rated, key=lambda one: one[:2]))


def _stems(texts: Iterable[str], weights: WordWeights) -> set[str]:
    return {stem for text in texts for stem in weights.stems(words(text))}
