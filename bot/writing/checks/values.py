"""What goes into a check and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FaultKind = Literal[
    "uncited",
    "form",
    "quotation",
    "language",
    "number",
    "date",
    "name",
    "role",
    "negation",
    "modality",
    "attribution",
    "opposite",
    "content",
    "merged",
    "copied",
]
"""What is wrong: `form` is length, markup, ids and placeholders; `role` a name, number or date that
stands where its source has another; `opposite` an antonym; `merged` two sources that have nothing
to do with each other; `copied` a run of a source's words, which may pass as taken over."""


@dataclass(frozen=True)
class Cited:
    """One cited passage: the source's sentence as it stands.

    `dated` is the instant of its article, in UTC. `context` is more of the article: it resolves
    parts of names and acronyms, and supports nothing else.
    """

    words: str
    dated: datetime | None = None
    outlet: str = ""
    context: str = ""


@dataclass(frozen=True)
class Fault:
    """Words of the sentence that its citations do not support; `reason` is a clause."""

    kind: FaultKind
    words: str
    reason: str


@dataclass(frozen=True)
class Derived:
    """Words that stand in no cited passage, and the source's words that they follow from."""

    words: str
    source: str


@dataclass(frozen=True)
class Checked:
    """What the checks found in one sentence, in the order of the checks."""

    faults: tuple[Fault, ...] = ()
    derived: tuple[Derived, ...] = ()

    @property
    def is_copied(self) -> bool:
        """Tell whether a run of a source's words is too long to pass as the writer's own."""
        return any(fault.kind == "copied" for fault in self.faults)

    @property
    def is_supported(self) -> bool:
        """Tell whether nothing is wrong with what the sentence says, be it copied or not."""
        return all(fault.kind == "copied" for fault in self.faults)
