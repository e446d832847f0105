"""What members say is wrong in a briefing, and what editors decided of it."""

from typing import Literal

from bot.news.articles import Passage
from bot.news.values import Instant, Value, require, require_utc

WrongKind = Literal["speaker", "not a quote", "split", "merge", "other"]
RulingState = Literal["open", "confirmed", "dismissed", "undone"]
MAX_CONTEXT = 40
"""Characters on either side of a quote by which it is known again in a later revision."""


class WrongReport(Value, frozen=True):
    """One thing that a member says is wrong in a story of a briefing's version.

    speaker: somebody else said the `quote`: `speaker`, or nobody known. not a quote: nobody did.
    split: `article_ids` tell of another event. merge: the story is one with `other_story`, another
    of the briefing. other: what the `text` says. Of a quote its pieces are kept with the SHA-256 of
    the body they stand in, and what stands `before` and `after` them there.
    """

    kind: WrongKind
    briefing_id: str
    version: int
    story_id: str
    made_at: Instant
    made_by: str
    newsroom_id: int = 0
    quote: tuple[Passage, ...] = ()
    body_sha256: str = ""
    before: str = ""
    after: str = ""
    speaker: Passage | None = None
    article_ids: tuple[str, ...] = ()
    other_story: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        """Check that the report has what its kind needs."""
        require_utc(self.made_at, "made_at")
        about_quote = self.kind in ("speaker", "not a quote")
        require(bool(self.quote and self.body_sha256) == about_quote, "A report without its quote.")
        require(self.speaker is None or self.kind == "speaker", "A speaker of nothing.")
        require(bool(self.article_ids) == (self.kind == "split"), "A split without articles.")
        require(bool(self.other_story) == (self.kind == "merge"), "A merge without another story.")
        require(bool(self.text.strip()) == (self.kind == "other"), "A report that says nothing.")


class Ruling(Value, frozen=True):
    """A report with its number and what became of it: open until an editor decides."""

    id: int
    report: WrongReport
    state: RulingState = "open"
    decided_by: str = ""
    decided_at: Instant | None = None
