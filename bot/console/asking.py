"""Questions to the archive in a terminal: an answer, what goes on from it, and searches."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot import desk_search
from bot.cards import Bullets, Card, Note, Paragraph, Run
from bot.delivery.answers import answer_card
from bot.delivery.citing import quote_block, reference_runs, sentence_runs
from bot.desk import Desk
from bot.desk_search import Said, SearchResult
from bot.news import Article, Reference, Sentence
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


def search_card(result: SearchResult, zone: tzinfo) -> Card:
    """Return the hits, each with the sentence that shows it."""
    mended = tuple(
        Note((Run(f"No text has {asked}; searched for {other}."),))
        for asked, other in result.mended
    )
    if not result.hits:
        return Card((*mended, Paragraph((Run("Nothing in the archive matches."),))))
    listed = tuple(_reference(hit.article) for hit in result.hits)
    lines = tuple(
        sentence_runs(listed, Sentence.taken(hit.snippet, hit.article.outlet))
        for hit in result.hits
    )
    return Card((*mended, Bullets(lines), _sources(listed, zone)))


def said_card(found: tuple[Said, ...], zone: tzinfo) -> Card:
    """Return the quotes with their sources."""
    if not found:
        return Card((Paragraph((Run("The archive has no words of this speaker about that."),)),))
    listed = tuple(_reference(a) for a in {s.article.id: s.article for s in found}.values())
    return Card((*(quote_block(listed, s.quote) for s in found), _sources(listed, zone)))


def _sources(listed: tuple[Reference, ...], zone: tzinfo) -> Bullets:
    return Bullets(
        tuple((Run(f"[{n}] "), *reference_runs(r, zone)) for n, r in enumerate(listed, start=1))
    )


def _reference(article: Article) -> Reference:
    return desk_search.to_reference(article)
