"""What an editor asks of a schedule, and the schedule that comes of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from msgspec.structs import replace

from bot.errors import ScheduleError, VerificationError
from bot.news import Filters, MissedRuns, Schedule, Subscription, WhenEmpty


@dataclass(frozen=True)
class Wish:
    """What was typed; `None` leaves what is there, or what is usual.

    `topics` and `sources` are lists with commas; an empty text takes the choice back. `origins` is
    the least number of independent sources, `stories` the most stories, 0 for the desk's own.
    """

    at: str | None = None
    zone: str | None = None
    name: str | None = None
    topics: str | None = None
    sources: str | None = None
    origins: int | None = None
    stories: int | None = None
    language: str | None = None
    prompt: str | None = None
    missed: MissedRuns | None = None
    when_empty: WhenEmpty | None = None


def wished_filters(
    wish: Wish,
    before: Filters,
    *,
    topics: Collection[str],
    prompts: Collection[str],
    subscriptions: Sequence[Subscription],
) -> Filters:
    """Return what the schedule is to choose; `before` is what it chose so far.

    Raises:
        ScheduleError: a topic, source or prompt is not known here, or a number or name is none.
    """
    changed: dict[str, object] = {
        "topics": _list(wish.topics, topics, "topic"),
        "sources": _list(wish.sources, _called(subscriptions), "source"),
        "min_origins": wish.origins,
        "max_stories": wish.stories,
        "language": _word(wish.language),
        "prompt": _prompt(wish.prompt, prompts),
    }
    try:
        return replace(before, **{key: v for key, v in changed.items() if v is not None})
    except VerificationError as error:
        raise ScheduleError(str(error)) from error


def wished_schedule(wish: Wish, before: Schedule) -> Schedule:
    """Return the schedule with what the wish says of missed runs and quiet days."""
    return replace(
        before,
        missed=wish.missed or before.missed,
        when_empty=wish.when_empty or before.when_empty,
    )


def _list(typed: str | None, known: Collection[str], what: str) -> tuple[str, ...] | None:
    """Return the names that were typed with commas between them; of an empty text none."""
    if typed is None:
        return None
    return _known([name.strip() for name in typed.split(",") if name.strip()], known, what)


def _word(typed: str | None) -> str | None:
    return None if typed is None else typed.strip().casefold()


def _prompt(typed: str | None, known: Collection[str]) -> str | None:
    """Return the name of an edition's prompt as it is known; of an empty text none."""
    name = _word(typed)
    return _known([name], known, "edition prompt")[0] if name else name


def _called(subscriptions: Sequence[Subscription]) -> set[str]:
    """Return the names that sources go by: their outlets and addresses."""
    return {name for one in subscriptions for name in (one.outlet, one.address) if name}


def _known(asked: Sequence[str], known: Collection[str], what: str) -> tuple[str, ...]:
    """Return the names as they are known."""
    by_folded = {name.casefold(): name for name in known}
    found = []
    for name in asked:
        if name.casefold() not in by_folded:
            near = get_close_matches(name.casefold(), by_folded, n=1)
            hint = f" Did you mean “{by_folded[near[0]]}”?" if near else ""
            raise ScheduleError(f"There is no {what} “{name}” here.{hint}")
        found.append(by_folded[name.casefold()])
    return tuple(dict.fromkeys(found))
