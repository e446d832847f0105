"""Schedules as cards: a plan with its next runs, and the list."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count, day_and_hour, listed, short_hour
from bot.news import Filters, Occurrence, Schedule
from bot.schedule_desk.desk import Entry, Plan

NameOf = Callable[[int], str]
"""From a channel's id to how people write it."""

MISSED: Final = {"skip": "missed runs are left out", "all": "all missed runs are made up for"}
STATES: Final = {
    "posted": "posted",
    "quiet": "nothing to tell, and not told",
    "skipped": "left out",
    "failed": "failed",
    "due": "due",
    "claimed": "in the making",
}
INSTANTLY: Final = 1.0
"""Seconds after its instant that nobody needs to be told of."""


def plan_card(plan: Plan, heading: str, name_of: NameOf, *, hint: str = "") -> Card:
    """Return when an edition will come, and what it chooses."""
    where = f", in {name_of(plan.schedule.channel_id)}" if plan.schedule else ""
    said = f"{capital(plan.words)}{where}. The next ones:"
    zone = ZoneInfo(plan.timing.zone)
    runs = tuple((Run(day_and_hour(run, zone)),) for run in plan.runs)
    blocks: list[Block] = [Heading(heading), Paragraph((Run(said),)), Bullets(runs)]
    blocks += [Note((Run(f"{capital(what)}."),)) for what in _choices(plan.schedule)]
    blocks += [Note((Run(hint),))] if hint else []
    return Card(tuple(blocks))


def listing_card(entries: Sequence[Entry], name_of: NameOf, *, ids: bool = False) -> Card:
    """Return the list of schedules; with `ids` each begins with what commands call it by."""
    if not entries:
        return Card((Paragraph((Run("No edition is planned. Try /schedule add."),)),))
    items = tuple((Run(line_of(entry, name_of, ids=ids)),) for entry in entries)
    return Card((Heading("Planned editions"), Bullets(items)))


def line_of(entry: Entry, name_of: NameOf, *, ids: bool = False) -> str:
    """Return a schedule in a line: what, where, when next, its choice, how its last run went."""
    schedule = entry.schedule
    zone = ZoneInfo(schedule.timing.zone)
    parts = [f"{schedule.id}: " * ids + title_of(schedule, entry.words, name_of)]
    if schedule.paused:
        parts[0] += (
            f" (paused: {schedule.paused_because})" if schedule.paused_because else " (paused)"
        )
    elif entry.next_run:
        parts.append(f"next: {day_and_hour(entry.next_run, zone)}")
    else:
        parts.append("nothing is due any more")
    parts += _choices(schedule)
    if entry.last:
        parts.append(f"last: {last_run(entry.last, zone)}")
    return "; ".join(parts)


def title_of(schedule: Schedule, words: str, name_of: NameOf) -> str:
    """Return a schedule's name, when it comes, and where: "Weekdays at 07:00, UTC, in #news"."""
    named = "" if words.startswith(schedule.name) else f"{schedule.name}: "
    return f"{named}{words if named else capital(words)}, in {name_of(schedule.channel_id)}"


def last_run(last: Occurrence, zone: ZoneInfo) -> str:
    """Return when the run was due, what became of it, how late, and its counts or its reason."""
    said = f"{short_hour(last.due_at, zone)}, {STATES[last.state]}{_lateness(last)}"
    return f"{said} ({last.outcome.rstrip('.')})" if last.outcome else said


def capital(words: str) -> str:
    """Return the words with a capital first letter."""
    return words[:1].upper() + words[1:]


def _lateness(last: Occurrence) -> str:
    if last.state != "posted" or last.ended_at is None:
        return ""
    late = (last.ended_at - last.due_at).total_seconds()
    if late < INSTANTLY:
        return " on time"
    return f" {late:.0f} s late" if late < 120 else f" {late / 60:.0f} min late"  # noqa: PLR2004


def _choices(schedule: Schedule | None) -> Iterator[str]:
    """Return what is special about a schedule, clause by clause."""
    if schedule is None:
        return
    yield from _filters(schedule.filters)
    if schedule.missed in MISSED:
        yield MISSED[schedule.missed]
    if schedule.when_empty == "silent":
        yield "silent when nothing passes"
    if schedule.approvals:
        yield f"posted when {count(schedule.approvals, 'person', 'people')} approved"


def _filters(filters: Filters) -> Iterator[str]:
    if filters.topics:
        yield f"only {listed(filters.topics)}"
    if filters.sources:
        yield f"only from {listed(filters.sources)}"
    if filters.min_origins > 1:
        yield f"stories of at least {count(filters.min_origins, 'origin')}"
    if filters.max_stories:
        yield f"at most {count(filters.max_stories, 'story', 'stories')}"
    if filters.language:
        yield f"articles in “{filters.language}”"
    if filters.prompt:
        yield f"prompt “{filters.prompt}”"


def instant_words(runs: Sequence[datetime], zone: ZoneInfo) -> str:
    """Return runs in as few words as can be: "Thu 17 Sep 07:00, Fri 18 Sep 07:00"."""
    local = [run.astimezone(zone) for run in runs]
    return ", ".join(f"{at:%a} {at.day} {at:%b %H:%M}" for at in local)
