"""`schedule …` at the terminal's desk: the same functions as everywhere, without Discord."""

import json
from collections.abc import Mapping
from dataclasses import replace as replace_fields
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.cards import Card
from bot.console.chat import answer
from bot.console.schedule_commands import list_them
from bot.console.schedules import Planning
from bot.delivery.plain import to_plain
from bot.errors import DeliveryError
from bot.news import Schedule
from bot.ports import Place
from bot.schedule import in_words, next_runs, parse_times
from bot.schedule_desk import ScheduleDesk, TimingWords
from tests.fakes import FakeArchive
from tests.laws.desks import NOW, a_desk

FERRY = b"Ferry stops for a month\n\nThe ferry stops for a month from Monday, the line said.\n"
NEWS, CLOSED = 11, 12


class FakePlaces:
    """Channels by their ids."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self.places = places

    async def find_place(self, channel_id: int) -> Place:
        """Return the channel."""
        if channel_id not in self.places:
            raise DeliveryError(f"channel {channel_id} does not exist any more.", permanent=True)
        return self.places[channel_id]


@pytest.fixture
def planning() -> Planning:
    desk = a_desk({"ferry.txt": FERRY})
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    archive.operations.channels[1] = 99
    schedules = ScheduleDesk(
        archive.timetable,
        archive.operations,
        desk.subscriptions,
        TimingWords(parse_times, in_words, next_runs),
        desk.zone,
        ("ports",),
        prompts=("morning",),
    )
    places = {
        NEWS: Place(1, NEWS, "#news"),
        CLOSED: Place(1, CLOSED, "#closed", ("Send Messages",)),
        13: Place(2, 13, "#elsewhere"),
    }
    return Planning(schedules, FakePlaces(places), desk)


async def typed(planning: Planning, line: str) -> str:
    return to_plain(await answer(planning.desk, line, now=NOW, planning=planning))


async def only(planning: Planning) -> Schedule:
    (schedule,) = await planning.schedules.timetable.schedules()
    return schedule


async def test_an_edition_goes_its_way_from_planning_to_its_end(planning: Planning) -> None:
    assert "No edition is planned" in await typed(planning, "schedule")
    said = await typed(
        planning, "schedule add weekdays 7 and 17:30 --channel 11 --topics Ports --stories 3"
    )
    schedule = await only(planning)
    assert "Weekdays at 07:00 and 17:30, UTC, in channel 11. The next ones:" in said
    assert "Only ports." in said
    assert f"`schedule remove {schedule.id}` stops it." in said
    assert (schedule.newsroom_id, schedule.created_by) == (1, 0)

    edited = await typed(planning, f"schedule edit {schedule.id} --name Morning --topics ''")
    assert "Edition changed" in edited
    assert (await only(planning)).filters == replace(schedule.filters, topics=())
    assert f"{schedule.id}: Morning: weekdays" in await typed(planning, "schedule list")
    assert "Paused: Morning." in await typed(planning, "schedule pause morning")
    assert "(paused)" in await typed(planning, "schedule list")
    assert "is paused. Resume it first" in await typed(planning, "schedule run morning")
    assert "Edition resumed" in await typed(planning, "schedule resume morn")
    assert "The edition is ordered" in await typed(planning, "schedule run morning")
    assert "on its way already" in await typed(planning, "schedule run morning")
    assert "Stopped: Morning." in await typed(planning, "schedule remove morning")
    assert await planning.schedules.timetable.schedules() == ()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("schedule add 07:00 --channel 12", "I cannot post in #closed yet. Give me there: Send"),
        ("schedule add 07:00 --channel 13", "Nobody would be told if an edition cannot be posted"),
        ("schedule add 07:00 --channel 14", "channel 14 does not exist"),
        ("schedule add soonish --channel 11", "“soonish” is not a time"),
        ("schedule add 2020-01-01 07:00 --channel 11", "“on 1 January 2020 at 07:00, UTC” lies in"),
        ("schedule add 07:00 --channel 11 --topics prots", "Did you mean “ports”?"),
        ("schedule add 07:00 --channel 11 --sources Nobody", "There is no source “Nobody” here."),
        ("schedule add 07:00 --channel 11 --language english", "is not a language code such as en"),
        (
            "schedule add 07:00 --channel 11 --prompt ../x",
            "no edition prompt “../x” here.",
        ),
        ("schedule add 07:00 --channel 11 --prompt mornin", "Did you mean “morning”?"),
        ("schedule add 07:00", "Missing option '--channel'"),
        ("schedule pause nobody", "There is no such edition here"),
        ("schedule operations --channel 12", "I cannot post in #closed"),
    ],
)
async def test_what_cannot_be_done_is_said_and_nothing_is_saved(
    planning: Planning, line: str, sentence: str
) -> None:
    assert sentence in await typed(planning, line)
    assert await planning.schedules.timetable.schedules() == ()


async def test_operations_get_a_channel_and_then_editions_can_be_planned(
    planning: Planning,
) -> None:
    assert "told in #elsewhere" in await typed(planning, "schedule operations --channel 13")
    assert "Edition planned" in await typed(planning, "schedule add 07:00 --channel 13")


async def test_two_editions_of_one_name_are_told_apart_by_their_ids(planning: Planning) -> None:
    for _ in range(2):
        await typed(planning, "schedule add 07:00 --channel 11 --name Morning")
    first, second = await planning.schedules.timetable.schedules()
    said = await typed(planning, "schedule pause morning")
    assert first.id in said
    assert second.id in said
    assert "Paused" in await typed(planning, f"schedule pause {second.id}")


async def test_a_preview_shows_words_or_the_edition_itself(planning: Planning) -> None:
    said = await typed(planning, "schedule preview every 6 hours --zone Asia/Kathmandu")
    assert "Every 6 hours, Asia/Kathmandu. The next ones:" in said
    assert "Thursday 17 September 2026, 12:00 +0545" in said
    await typed(planning, "schedule add 07:00 --channel 11 --name Morning --origins 2")
    edition = await typed(planning, "schedule preview --edition morning")
    assert "1 item seen, none passed." in edition


async def test_what_would_be_saved_is_shown_first_and_can_be_refused(planning: Planning) -> None:
    shown: list[str] = []

    def refuse(card: Card) -> bool:
        shown.append(to_plain(card))
        return False

    wary = Planning(planning.schedules, planning.places, planning.desk, refuse)
    assert "Nothing was saved." in await typed(wary, "schedule add 07:00 --channel 11")
    (plan,) = shown
    assert plan.count("07:00 UTC") == 3
    assert await planning.schedules.timetable.schedules() == ()


async def test_the_list_for_machines_has_the_next_run_and_the_last(planning: Planning) -> None:
    await typed(planning, "schedule add 07:00 --channel 11")
    schedule = await only(planning)
    due = NOW - timedelta(hours=23)
    await planning.schedules.timetable.record_due(schedule.id, due)
    await planning.schedules.timetable.finish_occurrence(schedule.id, due, "failed", outcome="No.")
    outcome = await list_them(json=True)(planning, NOW)
    assert outcome.text
    (entry,) = json.loads(outcome.text)
    assert entry["next_run"] == "2026-09-17T07:00:00Z"
    assert (entry["last"]["state"], entry["last"]["outcome"]) == ("failed", "No.")
    assert entry["schedule"]["id"] == schedule.id


async def test_a_desk_without_channels_says_why_it_plans_nothing(planning: Planning) -> None:
    said = to_plain(await answer(planning.desk, "schedule list", now=NOW))
    assert "No edition can be planned here" in said


async def test_an_edition_is_planned_in_servers_of_the_newsroom_alone(planning: Planning) -> None:
    archive = planning.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    ours = replace_fields(planning.schedules, servers=archive.servers)
    planning = replace_fields(planning, schedules=ours)

    assert "07:00" in await typed(planning, f"schedule add 07:00 --channel {NEWS}")
    refused = await typed(planning, "schedule add 07:00 --channel 13")
    assert "`nutgraf newsroom add 2` adds it" in refused

    assert [one.newsroom_id for one in await ours.timetable.schedules()] == [1]
