"""Everything that can go wrong in the world, as one tree.

NutgrafError
├── SettingsError        a key, a type or a secret in the configuration
├── SourceError          one address or file could not be read; the others go on
│   ├── FetchError       it could not be fetched (missing, refused, too large, too slow)
│   │   └── RobotsError  its site asks programs not to read it
│   └── ExtractError     it was fetched and holds no article that we can read
├── NothingReadError     none of the addresses that were asked for could be read
├── ArchiveError         the store: newer than this program, not writable, locked, full
├── UnknownError         nobody has heard of the id, name or command that was asked for
├── SubscriptionError    a source that is there already, cannot be one, or is the settings file's
├── RightsError          a member asked for what their role in the newsroom does not allow
├── ApprovalError        a step that an edition which waits for approval does not take
├── OftenError           a member asked for the same costly thing too often in a short time
├── ScheduleError        times, days or a time zone that an editor wrote and we cannot follow
├── DeliveryError        a channel did not take a post
├── LeaseLostError       a worker slept past its lease: what it was doing is another's by now
├── ModelError           no model gave a reply that can be used; the extractive writer goes on
│   └── BudgetError      the reply would have cost more than may still be spent
├── PromptError          a prompt file that cannot be followed: its line and what is wrong
└── VerificationError    words that do not stand where a citation says they stand

`str(error)` is a sentence that an editor can act on; `reason` is the same without the name of the
thing, for lists that already name it. A caller's mistake is a `ValueError`.
"""


class NutgrafError(Exception):
    """Anything expected that stops one piece of work."""


class SettingsError(NutgrafError):
    """The configuration names an unknown key, a wrong type or a missing secret."""


class SourceError(NutgrafError):
    """One address could not be read.

    Args:
        address: what the editor or the configuration called it.
        reason: a clause that reads on after the address and a colon, without a full stop.
    """

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}.")
        self.address = address
        self.reason = reason


class FetchError(SourceError):
    """The bytes could not be had: missing, refused, too large, too slow.

    Args:
        address: as in `SourceError`; `reason` too.
        status: what the server answered, as HTTP numbers it; 0 if it did not answer.
        retry_after: its `Retry-After` as it came, or empty.
    """

    def __init__(
        self, address: str, reason: str, *, status: int = 0, retry_after: str = ""
    ) -> None:
        super().__init__(address, reason)
        self.status = status
        self.retry_after = retry_after


class RobotsError(FetchError):
    """The site asks programs not to read this page."""


class ExtractError(SourceError):
    """The bytes were had, and no article stands in them."""


class NothingReadError(NutgrafError):
    """None of the addresses could be read; the message has a sentence for each."""


class ArchiveError(NutgrafError):
    """The store is newer than this program, not writable, locked or full."""


class UnknownError(NutgrafError):
    """The id, name or command that was asked for does not exist."""


class SubscriptionError(NutgrafError):
    """What was asked for a source cannot be done here; the sentence says why, and what to do."""


class RightsError(NutgrafError):
    """A member asked for what their role in the newsroom does not allow."""


class ApprovalError(NutgrafError):
    """An edition that waits for approval does not take the step, or not any more."""


class OftenError(NutgrafError):
    """A member asked for the same costly thing too often; the sentence says when to try again."""


class ScheduleError(NutgrafError):
    """What was written for a schedule cannot be followed; the sentence has an example that can."""


class DeliveryError(NutgrafError):
    """A channel did not take a post.

    Args:
        sentence: what happened and what to do, naming the channel.
        permanent: trying the same again is useless.
        closed: so is every other post, until somebody has changed something (a permission, the
            channel itself); implies `permanent`.
        retry_after_seconds: how long the channel asked us to wait, when it did.
        held: whether the post stands there cannot be seen, so it is held back; operations are told.
    """

    def __init__(
        self,
        sentence: str,
        *,
        permanent: bool = False,
        closed: bool = False,
        retry_after_seconds: float = 0,
        held: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.permanent = permanent or closed
        self.closed = closed
        self.retry_after_seconds = retry_after_seconds
        self.held = held


class LeaseLostError(NutgrafError):
    """A worker slept past its lease, so what it was about to do may be another's by now."""

    def __init__(self) -> None:
        super().__init__("The lease of this job has run out, so it may be another worker's by now.")


class ModelError(NutgrafError):
    """No model gave a reply that can be used.

    Args:
        sentence: what happened, naming the endpoint, and what to do.
        kind: one word for counts and logs, such as "timeout" or "refusal".
    """

    def __init__(self, sentence: str, *, kind: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class BudgetError(ModelError):
    """The reply would have cost more than may still be spent.

    Args:
        sentence: whose ceiling it is, how much is left and when it is full again.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, kind="budget")


class PromptError(NutgrafError):
    """A prompt file cannot be followed; the sentence names the file, the line and what to do."""


class VerificationError(NutgrafError, ValueError):
    """Words do not stand where their citation says that they stand.

    Also a `ValueError`, so that a decoder which builds values from outside reports it with the path
    of the value that failed.
    """
