"""What the flow works with, given to it at the start, and what it is told to read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.article_findings import ArticleFindings
from bot.followup import QuestionWords
from bot.money.plan import Length
from bot.news import Article
from bot.placing import Placer
from bot.ports import (
    Archive,
    Documents,
    Folders,
    Marks,
    Model,
    ModelRequest,
    Payer,
    Progress,
    Queries,
    Reader,
    Reports,
    Robots,
    Searching,
    Stops,
    Stories,
    Threads,
    Wordings,
)
from bot.prompt_files import Edition, Prompts
from bot.quantities.figure_words import FigureWords
from bot.quotes import Lexicon, Qualifiers
from bot.sources.notices import Notices
from bot.stories import Publishers, StoryWords, Topics
from bot.weights import WordWeights
from bot.writing import Limits
from bot.writing.checks import CheckWords


@dataclass(frozen=True)
class Listed:
    """An address to be read, and whose it is; without an outlet the document itself says so."""

    address: str
    outlet: str = ""
    publisher: str = ""


Plan = Callable[[Sequence[tuple[ModelRequest, ModelRequest]]], Awaitable[Sequence[Length]]]
"""From what would be asked for each story, in full and short, to how it is written."""


Forecast = Callable[[Sequence[ModelRequest]], Awaitable[str]]
"""From what will be asked to "about 0.04 EUR of 1.20 EUR left today"."""


@dataclass(frozen=True)
class ModelTools:
    """What briefs are written with when a model writes them.

    `read_check_words` leads from a language to the words by which its sentences are checked. Of a
    story's sources at most `max_source_tokens` stand in a prompt.
    """

    model: Model
    prompts: Prompts
    read_check_words: Callable[[str], CheckWords]
    payer: Payer
    max_source_tokens: int = 3000
    max_tokens: int = 1500
    """The longest reply, and so a part of what a call may cost."""
    stories_at_once: int = 4
    plan: Plan | None = None
    """Says how each story is written with what is left of the budget; without it, all in full."""
    forecast: Forecast | None = None
    """Says beforehand what these requests will cost, of how much."""


@dataclass(frozen=True)
class Writing:
    """How the newsroom wants its briefs written: by a model perhaps, and for which editions."""

    writer: ModelTools | None = None
    editions: Mapping[str, Edition] = field(default_factory=dict)


class Stored(Protocol):
    """Is told of articles as soon as they are stored, new ones and changed ones."""

    def __call__(self, articles: Sequence[Article], *, now: datetime) -> None:
        """Take note of them; some may be held at `now`."""
        ...


@dataclass(frozen=True)
class Wording:
    """What anybody's quotations are checked with: the index of all stored words, and languages.

    `languages` are those in which a text may name its speakers, the newsroom's own first;
    `read_qualifiers` leads from a language to the words that no quotation may leave out.
    """

    wordings: Wordings
    languages: tuple[str, ...]
    read_qualifiers: Callable[[str], Qualifiers]


@dataclass(frozen=True)
class Tools:
    """What the flow works with: the ports, the language data and the limits."""

    documents: Documents
    archive: Archive
    progress: Progress
    read_lexicon: Callable[[str], Lexicon]
    """From a language, a BCP 47 tag, to what the quote stage knows of it."""
    weights: WordWeights
    reader: Reader
    robots: Robots
    folders: Folders
    figure_words: FigureWords = field(default_factory=FigureWords)
    """In which figures are found; without any none are compared."""
    limits: Limits = field(default_factory=Limits)
    question_words: QuestionWords = field(default_factory=QuestionWords)
    """By which questions are read and answered; without any, by their own words alone."""
    read_notices: Callable[[], Notices] = Notices
    """To how articles say that they were corrected; as it is, nothing is a notice."""
    story_words: StoryWords = field(default_factory=StoryWords)
    publishers: Publishers = field(default_factory=Publishers)
    topics: Topics = field(default_factory=Topics)
    stories: Stories | None = None
    """Where the corrections of editors are kept; without it there are none."""
    reports: Reports | None = None
    """Where it is kept what members say is wrong, and editors decide; without it nobody can."""
    stops: Stops | None = None
    """Keeps back what editors stop; without it nobody can."""
    marks: Marks | None = None
    """How far readers have read; without it nobody has a mark."""
    searching: Searching | None = None
    """How the whole archive is searched; without it only stories are asked."""
    threads: Threads | None = None
    """What was asked in threads; without it a terminal forgets with each sitting."""
    queries: Queries | None = None
    """What buttons ask again; without it there are no such buttons."""
    placer: Placer | None = None
    """Places articles in stories as they arrive; without it each edition groups them anew."""
    writer: ModelTools | None = None
    """Without it, briefs are put together from the sources' own sentences."""
    editions: Mapping[str, Edition] = field(default_factory=dict)
    """What the newsroom wants of its editions, by their names."""
    wording: Wording | None = None
    """Where quotations are looked up in all that is stored; without it they cannot be checked."""
    findings: ArticleFindings = field(default_factory=ArticleFindings)
    """What was found in articles before, so that the next edition need not look again."""
    listeners: list[Stored] = field(default_factory=list)
    """Whoever wants to hear of articles as they are stored; shared with copies of these tools."""
    max_stories: int = 6
    max_items_per_source: int = 100
    fetches_at_once: int = 100

    def paid_by(self, payer: Payer) -> "Tools":
        """Return the same tools, with which somebody else pays for what a model writes."""
        return replace(self, writer=replace(self.writer, payer=payer)) if self.writer else self

    def tell_stored(self, articles: Sequence[Article], *, now: datetime) -> None:
        """Tell the listeners that these articles were stored, new or changed."""
        for listener in self.listeners:
            listener(articles, now=now)

    async def learn(self) -> None:
        """Have quotes found as editors decided of them by now.

        Raises:
            ArchiveError: the store cannot be read.
        """
        if self.reports:
            decided = await self.reports.rulings(["confirmed"])
            about = (r.report for r in reversed(decided) if r.report.quote)
            self.findings.learn(about)

    def lexicon(self, article: Article) -> Lexicon:
        """Return the words of the article's language; of English where it names none."""
        return self.read_lexicon(article.language or "en")
