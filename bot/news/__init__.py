"""The newsroom's vocabulary as frozen values, each with its invariants in its constructor.

A value that exists is a value that holds: a revision carries the hashes of its own text, a passage
is as long as its span, and a dossier (a briefing with the sources it stands on) can be built only
when every span in it, cut anew, gives the words that the briefing prints. Decoding a dossier from
JSON is therefore its verification.

Offsets count Unicode code points. Instants are aware and in UTC.
"""

from bot.news.articles import (
    Article,
    Outlet,
    Passage,
    Revision,
    Source,
    SourceKind,
    Span,
    TextField,
    WireFacts,
    Withdrawal,
)
from bot.news.briefs import (
    Answer,
    Brief,
    Briefing,
    Coverage,
    Insertion,
    Origin,
    Part,
    Reference,
    Sentence,
    Story,
    Taken,
    Unread,
    Written,
)
from bot.news.dossier import Dossier, from_json, stands_in_marks, to_json
from bot.news.posts import Job, JobKind, NewJob, Post, StoryThread
from bot.news.schedules import (
    EVERY_DAY,
    MAX_CRON_CHARS,
    MAX_TIMES_A_DAY,
    Occurrence,
    OccurrenceState,
    Schedule,
    Timing,
    Weekday,
)
from bot.news.speech import (
    APOSTROPHES,
    MARKS,
    Attribution,
    Quote,
    QuoteKind,
    QuoteUse,
    SecondHand,
    SecondHandKind,
    Speaker,
    Standing,
)
from bot.news.statements import Statement, Version
from bot.news.stories import ChangeKind, Placement, StoryChange, StoryCorrection
from bot.news.values import Instant, Value, digest
from bot.news.verdicts import Difference, DifferenceKind, Place, Verdict, VerdictKind

__all__ = [
    "APOSTROPHES",
    "EVERY_DAY",
    "MARKS",
    "MAX_CRON_CHARS",
    "MAX_TIMES_A_DAY",
    "Answer",
    "Article",
    "Attribution",
    "Brief",
    "Briefing",
    "ChangeKind",
    "Coverage",
    "Difference",
    "DifferenceKind",
    "Dossier",
    "Insertion",
    "Instant",
    "Job",
    "JobKind",
    "NewJob",
    "Occurrence",
    "OccurrenceState",
    "Origin",
    "Outlet",
    "Part",
    "Passage",
    "Place",
    "Placement",
    "Post",
    "Quote",
    "QuoteKind",
    "QuoteUse",
    "Reference",
    "Revision",
    "Schedule",
    "SecondHand",
    "SecondHandKind",
    "Sentence",
    "Source",
    "SourceKind",
    "Span",
    "Speaker",
    "Standing",
    "Statement",
    "Story",
    "StoryChange",
    "StoryCorrection",
    "StoryThread",
    "Taken",
    "TextField",
    "Timing",
    "Unread",
    "Value",
    "Verdict",
    "VerdictKind",
    "Version",
    "Weekday",
    "WireFacts",
    "Withdrawal",
    "Written",
    "digest",
    "from_json",
    "stands_in_marks",
    "to_json",
]
