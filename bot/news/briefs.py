"""What is written: stories, briefs, briefings, answers."""

from collections.abc import Iterator
from typing import Final

from bot.errors import VerificationError
from bot.news.articles import Passage
from bot.news.corrections import Correction
from bot.news.figures import Disagreement
from bot.news.sentences import Sentence, Taken
from bot.news.speech import Quote, SecondHand, is_free_of_marks
from bot.news.values import Instant, Value, require, require_utc

EXTRACTIVE: Final = "extractive"
"""As the writer of a briefing: its sources' own sentences, without a model."""


MAX_NOTE: Final = 500
"""Characters of an editor's note."""


class Origin(Value, frozen=True):
    """One independent source of a story: the articles that rest on it, the original first.

    `own` are those after the original that are texts of their own, such as a second report of the
    same publisher; each is followed by its reprints, which all others are.
    """

    article_ids: tuple[str, ...]
    own: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that an origin is carried by somebody, and by whom."""
        require(self.article_ids, "An origin without an article.")
        require(set(self.own) <= set(self.article_ids[1:]), "A text of an origin that is not its.")

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The articles by the text that they carry, the original of each first."""
        starts = [0, *(n for n, i in enumerate(self.article_ids) if i in self.own)]
        ends = [*starts[1:], len(self.article_ids)]
        return tuple(self.article_ids[a:b] for a, b in zip(starts, ends, strict=True))

    @property
    def reprints(self) -> tuple[str, ...]:
        """The articles that carry the text of another."""
        return tuple(i for i in self.article_ids[1:] if i not in self.own)


class Story(Value, frozen=True):
    """The event that several articles report. Its articles are those of its origins."""

    id: str
    origins: tuple[Origin, ...]

    def __post_init__(self) -> None:
        """Check that the story has articles and none of them twice."""
        require(self.origins, f"Story {self.id} has no article.")
        ids = self.article_ids
        require(len(set(ids)) == len(ids), f"Story {self.id} counts an article twice.")

    @property
    def article_ids(self) -> tuple[str, ...]:
        """All articles of the story, origin by origin."""
        return tuple(i for origin in self.origins for i in origin.article_ids)


class Reference(Value, frozen=True):
    """A line of a sources list: one article as it was read.

    `reprint` is true for an article that carries another origin's text. `corrected` is true when
    the article has changed since it was first read.
    """

    article_id: str
    revision: int
    outlet: str
    title: Passage | None
    address: str = ""
    published_at: Instant | None = None
    reprint: bool = False
    corrected: bool = False

    def __post_init__(self) -> None:
        """Check the instant."""
        require_utc(self.published_at, "published_at")


class HowWritten(Value, frozen=True):
    """How a brief was written while a model could have: what became of the model's sentences.

    Without a `model` it gave nothing that could be used, or was not asked; `note` says why. `rung`
    is how it was asked to keep to a form, `prompt` the SHA-256 of the prompt files; `sources`
    counts the articles that it was shown. Of its sentences, the headline counted, `kept` stand as
    they came, `repaired` as it mended them when asked once more, `replaced` gave way to a sentence
    of a source, and `dropped` are gone. `added` counts sentences of sources that fill the brief.
    """

    model: str = ""
    rung: str = ""
    prompt: str = ""
    sources: int = 0
    kept: int = 0
    repaired: int = 0
    replaced: int = 0
    dropped: int = 0
    added: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        """Check that nothing is counted below zero, and that a brief without a model says why."""
        counts = (self.sources, self.kept, self.repaired, self.replaced, self.dropped, self.added)
        require(min(counts) >= 0, "A count below zero.")
        require(self.model or self.note, "A brief without its model must say why.")


class Brief(Value, frozen=True):
    """What is said of one story. Sources are numbered from 1 in the order of `references`.

    `sentences` are in the order of what they tell; `unconfirmed` are those in which the source says
    that it does not know. `told_at` is when the channel was last told of the story, `changed` what
    the sources say since then; both are left out of `sentences`. `chosen_for` says what made the
    story matter when the briefing was made, in our own words. `how` is `None` where no model was
    asked.
    """

    story: Story
    headline: Sentence
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    references: tuple[Reference, ...]
    second_hand: tuple[SecondHand, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    unconfirmed: tuple[Sentence, ...] = ()
    changed: tuple[Sentence, ...] = ()
    told_at: Instant | None = None
    chosen_for: str = ""
    how: HowWritten | None = None

    def __post_init__(self) -> None:
        """Check that whatever is cited is in the sources list, and only statements are quoted."""
        listed = {(r.article_id, r.revision) for r in self.references}
        for passage in self.passages():
            require(
                (passage.span.article_id, passage.span.revision) in listed,
                f"“{passage.words}” comes from article {passage.span.article_id}, which is not in "
                f"the sources of the brief.",
            )
        for quote in self.quotes:
            require(quote.use == "statement", f"Quote {quote.id} is no statement.")
        for passage, outlet in self._credited():
            require(
                outlet == self.reference(passage.span.article_id).outlet,
                f"“{passage.words}” is not by {outlet}.",
            )
        require_utc(self.told_at, "told_at")
        require(self.told_at or not self.changed, "Nothing changes in a story that was never told.")

    def _credited(self) -> Iterator[tuple[Passage, str]]:
        """Return the passages that are given as an outlet's, with its name."""
        for part in self.takeovers():
            yield part.passage, part.outlet
        for disagreement in self.disagreements:
            for report in disagreement.reports:
                for passage in report.passages():
                    yield passage, report.outlet

    def printed(self) -> tuple[Sentence, ...]:
        """Return every sentence: the headline, what changed, what is told, what is unconfirmed."""
        return (self.headline, *self.changed, *self.sentences, *self.unconfirmed)

    def takeovers(self) -> Iterator[Taken]:
        """Return the parts that are an outlet's own words."""
        for sentence in self.printed():
            for part in sentence.parts:
                if isinstance(part, Taken):
                    yield part

    def passages(self) -> Iterator[Passage]:
        """Return every passage that the brief stands on."""
        for sentence in self.printed():
            yield from sentence.passages()
        for quote in self.quotes:
            yield from quote.passages()
        for second in self.second_hand:
            yield second.name
            yield second.claim
        for disagreement in self.disagreements:
            yield from disagreement.passages()
        for reference in self.references:
            if reference.title:
                yield reference.title

    def number(self, article_id: str) -> int:
        """Return the number, from 1, that the article has in the sources list.

        Raises:
            VerificationError: the article is not in the list.
        """
        for number, reference in enumerate(self.references, start=1):
            if reference.article_id == article_id:
                return number
        raise VerificationError(f"Article {article_id} is not in the sources of the brief.")

    def reference(self, article_id: str) -> Reference:
        """Return the article's line in the sources list; raises as `number` does."""
        return self.references[self.number(article_id) - 1]


class Unread(Value, frozen=True):
    """A source that could not be read, and why: a clause without a full stop."""

    address: str
    reason: str


class Coverage(Value, frozen=True):
    """What the briefing was made from. `held` counts embargoed, withheld and killed articles.

    `min_origins` is how many independent sources a story needed to pass, and `about` the words that
    it had to have, or empty.
    `repeats` counts the stories that its readers know already and of which there is nothing new;
    `mark` is up to when its reader knows everything already, where it tells what is new since.
    """

    sources: int
    articles: int
    held: int = 0
    unread: tuple[Unread, ...] = ()
    since: Instant | None = None
    min_origins: int = 1
    about: str = ""
    repeats: int = 0
    mark: Instant | None = None

    def __post_init__(self) -> None:
        """Check that nothing is counted below zero."""
        counts = (self.sources, self.articles, self.held, self.repeats)
        require(min(counts) >= 0, "A count below zero.")
        require_utc(self.since, "since")
        require_utc(self.mark, "mark")


class Briefing(Value, frozen=True):
    """An edition: immutable; a correction or a kill makes its next version.

    `stories_found` counts the stories before the edition was cut to its length. `writer` says how
    it was written: `EXTRACTIVE`, or the names of the models. `due_at` is the instant of its
    schedule that it was made for, and `late` why it came after it: a clause, or empty.
    `editors_note` is an editor's own words, printed as such; quotations come from sources alone.
    `corrections` say of each version after the first why it was made; `made_at` stays the first's.
    """

    id: str
    version: int
    made_at: Instant
    briefs: tuple[Brief, ...]
    coverage: Coverage
    stories_found: int
    writer: str = EXTRACTIVE
    due_at: Instant | None = None
    late: str = ""
    editors_note: str = ""
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        """Check identity, order and instant."""
        require(self.id, "A briefing needs an id.")
        require(self.version >= 1, "Versions are counted from 1.")
        require(self.stories_found >= len(self.briefs), "More briefs than stories.")
        require_utc(self.made_at, "made_at")
        require_utc(self.due_at, "due_at")
        require(self.due_at or not self.late, "An edition that was never due is late.")
        require(len(self.editors_note) <= MAX_NOTE, f"A note has at most {MAX_NOTE} characters.")
        require(
            is_free_of_marks(self.editors_note),
            "A note of the editors' has no quotation marks: what is quoted comes from the sources.",
        )
        stories = [brief.story.id for brief in self.briefs]
        require(len(set(stories)) == len(stories), "The briefing tells a story twice.")
        made = [correction.version for correction in self.corrections]
        require(all(v <= self.version for v in made), "A correction of a version that is to come.")

    def passages(self) -> Iterator[Passage]:
        """Return every passage that the briefing stands on."""
        for brief in self.briefs:
            yield from brief.passages()
        for correction in self.corrections:
            yield from correction.passages()


class Answer(Value, frozen=True):
    """The answer to a question: sentences and quotes from the listed sources, or a refusal."""

    question: str
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    references: tuple[Reference, ...]
    refusal: str = ""

    def __post_init__(self) -> None:
        """Check that there is either an answer with sources or a refusal."""
        found = bool(self.sentences or self.quotes)
        require(found != bool(self.refusal), "An answer either says something or says why not.")
        listed = {r.article_id for r in self.references}
        for passage in self.passages():
            require(
                passage.span.article_id in listed,
                f"“{passage.words}” comes from no source of the answer.",
            )

    def passages(self) -> Iterator[Passage]:
        """Return every passage that the answer stands on."""
        for sentence in self.sentences:
            yield from sentence.passages()
        for quote in self.quotes:
            yield from quote.passages()
