"""What one shift hands over to the next: what came, what changed, what was mended, what is open."""

from collections.abc import Iterator
from typing import Literal

from bot.news.articles import Passage
from bot.news.briefs import Coverage, Reference
from bot.news.values import Instant, Value, require, require_utc

MendingKind = Literal["corrected", "removed"]


class StoryNews(Value, frozen=True):
    """A story and the sentences of it that are new, in order of time, under its title."""

    story_id: str
    title: Passage
    sentences: tuple[Passage, ...]

    def __post_init__(self) -> None:
        """Check that there is something new."""
        require(self.sentences, f"Story {self.story_id} has nothing new.")


class Mending(Value, frozen=True):
    """A sentence that its outlet reworded or took out; `after` is `None` if it went."""

    kind: MendingKind
    at: Instant
    before: Passage
    after: Passage | None = None

    def __post_init__(self) -> None:
        """Check the instant and that only what went has no later wording."""
        require_utc(self.at, "at")
        require((self.kind == "removed") == (self.after is None), "Removed is what has no after.")


class Handover(Value, frozen=True):
    """All that was seen after `since`: each new sentence stands in exactly one part.

    `new` are stories of which nothing was known by then, `changed` those of which something was;
    `corrected` are sentences mended since, `withdrawn` the outlets of reports taken back since,
    `unconfirmed` sentences in which a source says that it does not know, older ones among them.
    `quiet` counts the stories without any news. `references` are the articles of all passages.
    """

    since: Instant
    made_at: Instant
    new: tuple[StoryNews, ...]
    changed: tuple[StoryNews, ...]
    corrected: tuple[Mending, ...]
    withdrawn: tuple[str, ...]
    unconfirmed: tuple[Passage, ...]
    quiet: int
    references: tuple[Reference, ...]
    coverage: Coverage

    def __post_init__(self) -> None:
        """Check the instants, that no sentence stands in two parts, and that all have a source."""
        require_utc(self.since, "since")
        require_utc(self.made_at, "made_at")
        told = [p for news in (*self.new, *self.changed) for p in news.sentences]
        told += self.unconfirmed
        spans = [passage.span for passage in told]
        require(len(set(spans)) == len(spans), "A sentence is handed over twice.")
        mended = {p.span for p in self.mended()}
        require(mended.isdisjoint(spans), "A mended sentence is handed over as news.")
        listed = {(r.article_id, r.revision) for r in self.references}
        require(
            all((p.span.article_id, p.span.revision) in listed for p in self.passages()),
            "A sentence is handed over without its source.",
        )

    def mended(self) -> Iterator[Passage]:
        """Return the passages of what was corrected, before and after."""
        for mending in self.corrected:
            yield mending.before
            if mending.after:
                yield mending.after

    def passages(self) -> Iterator[Passage]:
        """Return every passage that is handed over."""
        for news in (*self.new, *self.changed):
            yield news.title
            yield from news.sentences
        yield from self.mended()
        yield from self.unconfirmed

    def reference(self, passage: Passage) -> Reference:
        """Return the article that the passage stands in, as it was read."""
        home = (passage.span.article_id, passage.span.revision)
        return next(r for r in self.references if (r.article_id, r.revision) == home)
