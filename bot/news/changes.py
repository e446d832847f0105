"""How two revisions of an article differ, and the history that follows from it."""

from typing import Literal

from bot.news.articles import Passage, Revision
from bot.news.values import Instant, Value, require, require_utc

ChangeKind = Literal[
    "cosmetic",
    "added",
    "removed",
    "reworded",
    "moved",
    "changed figure",
    "changed quote",
    "vanished quote",
    "correction notice",
    "retraction",
]


class Change(Value, frozen=True):
    """One thing that is different: what stood there, and what stands there now.

    cosmetic: no word of the story changed, only marks, spaces, time stamps or what stands around
    the story; it has no passages, and there is nothing beside it. added: words that are new, the
    rest kept; removed: the contrary. moved: the same sentences in another order. changed figure,
    changed quote and reworded: both passages. vanished quote: the words are nowhere in the text any
    more. correction notice, retraction: a paragraph or title that says so.
    """

    kind: ChangeKind
    before: Passage | None = None
    after: Passage | None = None

    def __post_init__(self) -> None:
        """Check that the change has the passages of its kind."""
        sides = (self.before is not None, self.after is not None)
        require(sides in SIDES[self.kind], f"“{self.kind}” has passages that are none of its own.")


BOTH, OLD, NEW, NEITHER = (True, True), (True, False), (False, True), (False, False)
SIDES: dict[ChangeKind, tuple[tuple[bool, bool], ...]] = {
    "cosmetic": (NEITHER,),
    "added": (NEW,),
    "removed": (OLD,),
    "reworded": (BOTH,),
    "moved": (BOTH,),
    "changed figure": (BOTH,),
    "changed quote": (BOTH,),
    "vanished quote": (OLD,),
    "correction notice": (NEW,),
    "retraction": (NEW,),
}
"""Which passages a change of each kind has: before, after."""


class Comparison(Value, frozen=True):
    """Two revisions of one article with their differences, each of whose passages is replayed."""

    before: Revision
    after: Revision
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        """Cut every passage anew, and check that there is a change exactly if the texts differ."""
        one, other = self.before, self.after
        require(one.article_id == other.article_id, "Revisions of two articles are not compared.")
        require(one.number < other.number, "The earlier revision comes first.")
        same = (one.title, one.body) == (other.title, other.body)
        require(same == (not self.changes), "What differs has a change, and nothing else has.")
        for change in self.changes:
            require(change.kind != "cosmetic" or len(self.changes) == 1, "Not only cosmetic.")
            for passage, revision in ((change.before, one), (change.after, other)):
                require(
                    passage is None or passage == _cut(passage, revision),
                    f"“{passage and passage.words}” does not stand in revision {revision.number}.",
                )


def _cut(passage: Passage, revision: Revision) -> Passage:
    span = passage.span
    return revision.passage(span.field, span.start, span.end)


class Step(Value, frozen=True):
    """One revision in a history, without its text: when it was seen, its hashes, what changed."""

    number: int
    seen_at: Instant
    title_sha256: str
    body_sha256: str
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        """Check the instant."""
        require_utc(self.seen_at, "seen_at")


class History(Value, frozen=True):
    """The revisions of an article, oldest first. Of a held article no words are given."""

    article_id: str
    outlet: str
    steps: tuple[Step, ...]
    held: bool = False

    def __post_init__(self) -> None:
        """Check that a held article keeps its words to itself."""
        require(
            not (self.held and any(step.changes for step in self.steps)),
            "The history of a held article gives none of its words.",
        )
