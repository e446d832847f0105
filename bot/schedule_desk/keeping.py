"""Saves schedules: only with somebody to tell of failures, and only where we may post."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.delivery.phrases import listed
from bot.errors import DeliveryError, ScheduleError, VerificationError
from bot.news import Filters, Notice, Schedule
from bot.ports import Place
from bot.schedule_desk.desk import Plan, ScheduleDesk, planned
from bot.schedule_desk.wishes import Wish, wished_filters, wished_schedule

MAX_NAME_CHARS: Final = 80
NOBODY: Final = 0
"""Who plans at a terminal, where no member is known."""


async def add(
    desk: ScheduleDesk,
    wish: Wish,
    place: Place,
    *,
    schedule_id: str,
    by: int = NOBODY,
    now: datetime,
) -> Plan:
    """Plan an edition in the place, by a member, and return when it will come.

    Raises:
        ScheduleError: something in the wish cannot be followed, or nobody could be told of
            failures.
        DeliveryError: we may not post there; the sentence names what is missing.
    """
    timing = desk.timing.parse(wish.at or "", wish.zone or str(desk.zone))
    plan = planned(desk, timing, now=now)
    new = Schedule(
        schedule_id,
        place.newsroom_id,
        place.channel_id,
        _name(wish.name) or plan.words[:MAX_NAME_CHARS],
        timing,
        created_by=by,
        created_at=now,
        text=wish.at or "",
        filters=await _filters(desk, wish, Filters()),
        target=place.target,
    )
    return await _save(desk, wished_schedule(wish, new), place, plan, now=now)


async def edit(
    desk: ScheduleDesk,
    schedule: Schedule,
    wish: Wish,
    place: Place,
    *,
    now: datetime,
) -> Plan:
    """Change what the wish names, and return when the schedule will come from now on.

    Its `place` is where it posts from now on. An edition that is being made for an instant to come
    is made anew.

    Raises:
        ScheduleError: as in `add`.
        DeliveryError: as in `add`.
    """
    timing = schedule.timing
    if wish.at is not None:
        timing = desk.timing.parse(wish.at, wish.zone or timing.zone)
    elif wish.zone is not None:
        timing = replace(timing, zone=wish.zone)
    plan = planned(desk, timing, now=now)
    was_named = schedule.name != desk.timing.in_words(schedule.timing)[:MAX_NAME_CHARS]
    changed = replace(
        schedule,
        newsroom_id=place.newsroom_id,
        channel_id=place.channel_id,
        target=place.target,
        timing=timing,
        text=schedule.text if wish.at is None else wish.at,
        name=_name(wish.name) or (schedule.name if was_named else plan.words[:MAX_NAME_CHARS]),
        filters=await _filters(desk, wish, schedule.filters),
    )
    return await _save(desk, wished_schedule(wish, changed), place, plan, now=now)


async def want_approval(
    desk: ScheduleDesk, schedule: Schedule, people: int, place: Place | None, *, now: datetime
) -> Schedule:
    """Have the schedule's editions approved by so many people, asked in the place; 0 by nobody.

    Raises:
        ScheduleError: no place is named, or that many cannot be asked for.
        DeliveryError: we may not post in the place.
    """
    if people and place is None:
        raise ScheduleError("Name the channel in which editions are shown and approved.")
    if people and place:
        _require_permissions(place)
    channel_id = place.channel_id if people and place else 0
    try:
        changed = replace(schedule, approvals=people, review_channel_id=channel_id)
    except VerificationError as error:
        raise ScheduleError(str(error)) from error
    await desk.timetable.save_schedule(changed, seen_until=now)
    return changed


async def require_place(desk: ScheduleDesk, place: Place, *, by: int, now: datetime) -> None:
    """Make sure that we may post there, and that somebody is told if that should change.

    Raises:
        ScheduleError: nobody could be told of failures.
        DeliveryError: we may not post there; the sentence names what is missing.
    """
    _require_permissions(place)
    await _require_ours(desk, place, now=now)
    await _require_operations(desk, place.newsroom_id, by, now=now)


async def set_operations(desk: ScheduleDesk, place: Place) -> None:
    """Let operations of the place's newsroom be told there.

    Raises:
        DeliveryError: we may not post there.
    """
    _require_permissions(place)
    await desk.operations.set_channel(place.newsroom_id, place.channel_id)


async def _require_ours(desk: ScheduleDesk, place: Place, *, now: datetime) -> None:
    """Make sure that the place's server belongs to the newsroom; the first one comes to do so."""
    server_id = place.newsroom_id
    if desk.servers and server_id and not await desk.servers.claim_first(server_id, now=now):
        raise DeliveryError(
            f"{place.name} is in a server that does not belong to this newsroom. "
            f"`nutgraf newsroom add {server_id}` adds it.",
            closed=True,
        )


def _require_permissions(place: Place) -> None:
    if place.missing:
        raise DeliveryError(
            f"I cannot post in {place.name} yet. Give me there: {listed(place.missing)}.",
            closed=True,
        )
    if place.refused:
        raise DeliveryError(place.refused, permanent=True)


async def _save(
    desk: ScheduleDesk, schedule: Schedule, place: Place, plan: Plan, *, now: datetime
) -> Plan:
    await require_place(desk, place, by=schedule.created_by, now=now)
    await desk.timetable.save_schedule(schedule, seen_until=now)
    return Plan(plan.timing, plan.words, plan.runs, schedule)


async def _require_operations(
    desk: ScheduleDesk, newsroom_id: int, member_id: int, *, now: datetime
) -> None:
    """Make sure that there is a channel, or that the member can be written to: by writing."""
    if await desk.operations.channel_of(newsroom_id) is not None:
        return
    if not member_id or desk.teller is None:
        raise ScheduleError(
            "Nobody would be told if an edition cannot be posted. Name an operations channel "
            "first: /desk set in Discord, or `nutgraf schedule operations --channel ID`."
        )
    key = f"reach/{newsroom_id}/{member_id}"
    if await desk.operations.was_noted(key):
        return
    text = (
        "You have planned an edition. If one cannot be posted, I will tell you here, unless the "
        "server names an operations channel with /desk set."
    )
    notice = Notice(key, newsroom_id, text, now, member_id)
    try:
        await desk.teller.tell_member(member_id, text, key[-24:])
    except DeliveryError as error:
        raise ScheduleError(
            f"I cannot write to you directly, so nobody would be told if an edition cannot be "
            f"posted ({error}) Name an operations channel first: /desk set."
        ) from error
    await desk.operations.note(notice)


async def _filters(desk: ScheduleDesk, wish: Wish, before: Filters) -> Filters:
    subscriptions = await desk.subscriptions.subscriptions()
    return wished_filters(
        wish, before, topics=desk.topics, prompts=desk.prompts, subscriptions=subscriptions
    )


def _name(typed: str | None) -> str:
    return " ".join((typed or "").split())[:MAX_NAME_CHARS]
