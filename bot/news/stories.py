"""How stories come about: what joined, merged and split, and what editors said of it."""

from typing import Literal

from bot.news.values import Instant, Value, require, require_utc

StoryChangeKind = Literal["start", "join", "merge", "split", "move"]


class StoryChange(Value, frozen=True):
    """One entry of the audit: the articles that came to stand in a story, and where from.

    `start` and `join` name a new article; `merge` ends the story `from_id`, whose id leads to
    `story_id` from then on; `split` makes a story of some articles of `from_id`, and `move` takes
    them to one that was there. `nearness` is the evidence at that time, 1 being enough; 0 where
    there was nothing to compare with.
    """

    kind: StoryChangeKind
    story_id: str
    article_ids: tuple[str, ...]
    from_id: str = ""
    nearness: float = 0.0

    def __post_init__(self) -> None:
        """Check that a change has articles, and two stories where it needs them."""
        require(self.article_ids, "A change of a story without articles.")
        between = self.kind in ("merge", "split", "move")
        require(bool(self.from_id) == between, f"A {self.kind} between the wrong stories.")


class Placement(Value, frozen=True):
    """In which story an article stands, and by what it was put there.

    `evidence` is what the grouping stage wants to find again, kept for the window only; empty where
    it is stored already, or no longer needed.
    """

    article_id: str
    story_id: str
    dated_at: Instant
    evidence: bytes = b""

    def __post_init__(self) -> None:
        """Check the instant."""
        require_utc(self.dated_at, "dated_at")


class StoryCorrection(Value, frozen=True):
    """What an editor said: the articles do (`merge`) or do not (`split`) tell of one event.

    A `merge` joins the stories of all `article_ids`; a `split` takes `article_ids` out of the story
    of `other_ids`. It names articles, not stories, so that it holds however they are grouped later.
    """

    kind: Literal["merge", "split"]
    article_ids: tuple[str, ...]
    other_ids: tuple[str, ...]
    made_at: Instant
    made_by: str = ""

    def __post_init__(self) -> None:
        """Check that there are articles on both sides, none on both, and the instant."""
        require(self.article_ids and self.other_ids, "A correction without articles.")
        both = set(self.article_ids) & set(self.other_ids)
        require(not both, "A correction that has an article on both sides.")
        require_utc(self.made_at, "made_at")
