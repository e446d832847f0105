"""What those who run the newsroom are told: that something failed, was paused or stayed silent."""

from bot.news.values import Instant, Value, require, require_utc


class Notice(Value, frozen=True):
    """A sentence for a newsroom's operations channel, told once for each `key`.

    `member_id` is who is told directly where there is no such channel; 0 is nobody.
    With a `report_id` there is something to decide: the notice has buttons for it.
    """

    key: str
    newsroom_id: int
    text: str
    noted_at: Instant
    member_id: int = 0
    report_id: int = 0

    def __post_init__(self) -> None:
        """Check the key, the words and the instant."""
        require(self.key, "A notice needs a key.")
        require(self.text.strip(), "A notice without words.")
        require_utc(self.noted_at, "noted_at")
