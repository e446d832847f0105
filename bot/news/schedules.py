"""What is planned: schedules, what they choose from the day, and their occurrences."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal

from bot.news.posts import TargetKind
from bot.news.reviews import MAX_APPROVALS
from bot.news.timings import Timing
from bot.news.values import Instant, Value, require, require_utc

OccurrenceState = Literal["due", "claimed", "posted", "quiet", "skipped", "failed"]
MissedRuns = Literal["skip", "once", "all"]
WhenEmpty = Literal["say", "silent"]

MAX_NAMED: Final = 20
"""Topics or sources that one schedule names."""
MAX_STORIES: Final = 25
"""Stories of an edition, as in the settings."""
MAX_ORIGINS: Final = 20
REVIEW_LEAD: Final = timedelta(minutes=40)
"""How long before its instant an edition that wants approval is made and shown."""
LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
PROMPT_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")
"""Name of a file in `prompts/editions/`, without its ending: never a path."""


class Filters(Value, frozen=True):
    """What a schedule chooses from the day; as it is, everything that the desk would choose.

    `topics` are names of topics, of which a story matches one; `sources` outlets or addresses, from
    which articles come; `min_origins` independent sources that a story needs; `max_stories` 0 is
    the desk's own length; `language` a language code of which articles are; `prompt` the name of an
    edition prompt for the model writer.
    """

    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    min_origins: int = 1
    max_stories: int = 0
    language: str = ""
    prompt: str = ""

    def __post_init__(self) -> None:
        """Check the numbers and names."""
        for names in (self.topics, self.sources):
            require(len(names) <= MAX_NAMED, f"At most {MAX_NAMED} topics or sources.")
            require(all(name.strip() for name in names), "A topic or source without a name.")
            require(len({*names}) == len(names), "A topic or source is named twice.")
        require(1 <= self.min_origins <= MAX_ORIGINS, f"Origins: from 1 to {MAX_ORIGINS}.")
        require(0 <= self.max_stories <= MAX_STORIES, f"Stories: from 1 to {MAX_STORIES}.")
        require(
            not self.language or LANGUAGE.fullmatch(self.language),
            f"“{self.language}” is not a language code such as en.",
        )
        require(
            not self.prompt or PROMPT_NAME.fullmatch(self.prompt),
            f"“{self.prompt}” is not the name of a prompt such as morning.",
        )

    def takes_from(self, outlet: str, addresses: Sequence[str]) -> bool:
        """Tell whether articles of that source are wanted."""
        if not self.sources:
            return True
        wanted = {name.casefold() for name in self.sources}
        return outlet.casefold() in wanted or any(a.casefold() in wanted for a in addresses)

    def takes_language(self, language: str) -> bool:
        """Tell whether articles of that language, a BCP 47 tag, are wanted."""
        return not self.language or language.casefold().partition("-")[0] == self.language


class EditionOrder(Value, frozen=True):
    """What an edition is to be: its choice, and for which instant it is made.

    `late` says why it could not come at its time: a clause without a full stop, or empty.
    """

    filters: Filters = Filters()
    due_at: Instant | None = None
    late: str = ""

    def __post_init__(self) -> None:
        """Check the instant, and that only what was due can be late."""
        require_utc(self.due_at, "due_at")
        require(self.due_at or not self.late, "An edition that was never due is late.")


class Schedule(Value, frozen=True):
    """An edition that comes again and again in one channel.

    `newsroom_id`, `channel_id` and `created_by` are the chat service's numbers (of a server, a
    channel, a member; 0 is nobody); `text` is how the editor put the timing. `missed` says what
    becomes of runs that nobody was awake for: none of them, the last one, or all; `when_empty`
    whether the channel is told that nothing passed. `target` is what kind of place `channel_id`
    is. `paused_because` is why the bot paused it, and empty if a person did. `approvals` is how
    many members must agree before an edition is posted, `review_channel_id` where they are asked.
    """

    id: str
    newsroom_id: int
    channel_id: int
    name: str
    timing: Timing
    created_by: int
    created_at: Instant
    text: str = ""
    paused: bool = False
    paused_because: str = ""
    missed: MissedRuns = "once"
    when_empty: WhenEmpty = "say"
    filters: Filters = Filters()
    target: TargetKind = "channel"
    approvals: int = 0
    review_channel_id: int = 0

    def __post_init__(self) -> None:
        """Check the id and the instant."""
        require(self.id, "A schedule needs an id.")
        require_utc(self.created_at, "created_at")
        require(self.paused or not self.paused_because, "A reason to pause what is not paused.")
        require(
            0 <= self.approvals <= MAX_APPROVALS, f"Approvals: from 0 to {MAX_APPROVALS} members."
        )
        require(
            bool(self.approvals) == bool(self.review_channel_id),
            "Who wants editions approved names the channel in which they are asked for it.",
        )

    @property
    def lead(self) -> timedelta:
        """How long before its instant an edition is made so that members can look at it."""
        return REVIEW_LEAD if self.approvals else timedelta()


class Occurrence(Value, frozen=True):
    """One due instant of a schedule, unique for ever by (`schedule_id`, `due_at`).

    `claimed_by` is the worker that has it, or had it last. `late` is true when the edition could
    not come at its time and says so. `outcome` says what became of it, such as its counts or why it
    failed, and `ended_at` when; both are empty until then.
    """

    schedule_id: str
    due_at: Instant
    state: OccurrenceState = "due"
    claimed_by: str = ""
    late: bool = False
    outcome: str = ""
    ended_at: Instant | None = None

    def __post_init__(self) -> None:
        """Check the instants, and that a claim has its worker."""
        require(self.schedule_id, "An occurrence needs its schedule.")
        require_utc(self.due_at, "due_at")
        require_utc(self.ended_at, "ended_at")
        require(
            self.state != "claimed" or self.claimed_by,
            f"The occurrence of {self.due_at:%Y-%m-%d %H:%M} is claimed by nobody.",
        )
