"""An edition that wants approval: shown early, and posted only if its people agree."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.briefing.editing import Kept, edited, with_note
from bot.desk_reviews import Decision, Seen, change, decide
from bot.errors import ApprovalError, DeliveryError
from bot.news import Correction, Review
from bot.news.schedules import REVIEW_LEAD
from bot.reissuing import reissue
from tests.builders import a_schedule
from tests.fakes import FakeJobs
from tests.fakes_timetable import FakeTeller
from tests.houses import MINUTE, House, a_house

SEVEN = datetime(2026, 9, 17, 7, tzinfo=UTC)
KEY = "s1@20260917T070000Z"
NEWS, DESK = 2, 8
"""The channel of editions, and the one in which they are shown before."""
PLANNED = replace(
    a_schedule("s1", "07:00", zone="UTC", created_at=SEVEN - timedelta(days=3)),
    approvals=2,
    review_channel_id=DESK,
)


async def a_reviewed_house(people: int = 2, start: datetime = SEVEN - 41 * MINUTE) -> House:
    house = a_house(start)
    planned = replace(PLANNED, approvals=people)
    await house.parts.timetable.save_schedule(planned, seen_until=start)
    return house


async def review_of(house: House) -> Review:
    found = await house.parts.reviews.find_review(KEY)
    assert found is not None
    return found


async def press(house: House, decision: Decision, member: int) -> Review:
    seen = Seen(KEY, (await review_of(house)).version)
    return await decide(house.parts.reviews, seen, decision, by=member, now=house.clock.now)


def where(house: House) -> list[int]:
    return [post.channel_id for _, post in house.posted]


def told(house: House) -> list[tuple[int, str]]:
    teller = house.parts.teller
    assert isinstance(teller, FakeTeller)
    return teller.told


async def test_it_is_shown_early_and_posted_at_its_instant_once_two_people_agree() -> None:
    house = await a_reviewed_house()
    await house.live(3 * MINUTE)
    assert where(house) == [DESK]
    assert house.posted[0][0] <= SEVEN - REVIEW_LEAD + 2 * MINUTE
    assert "2 different people" in told(house)[0][1]

    await press(house, "approved", 1)
    assert (await press(house, "approved", 2)).state == "approved"
    await house.live(37 * MINUTE)
    assert where(house) == [DESK]
    await house.live(2 * MINUTE)

    assert where(house) == [DESK, NEWS]
    assert house.posted[1][0] >= SEVEN
    assert len(told(house)) == 1
    occurrence = await house.parts.timetable.find_occurrence("s1", SEVEN)
    assert occurrence is not None
    assert occurrence.state == "posted"


async def test_without_approval_it_is_called_to_mind_and_said_to_be_held_where_it_would_stand() -> (
    None
):
    house = await a_reviewed_house()
    await house.live(5 * MINUTE)
    await press(house, "approved", 1)
    await house.live(45 * MINUTE)

    assert where(house) == [DESK]
    reminders = [text for channel, text in told(house) if channel == DESK][1:]
    assert len(reminders) == 1
    assert "It lacks 1 approval." in reminders[0]
    held = [text for channel, text in told(house) if channel == NEWS]
    assert len(held) == 1
    assert "is held, not approved" in held[0]
    with pytest.raises(ApprovalError, match="not approved in time"):
        await press(house, "approved", 2)
    occurrence = await house.parts.timetable.find_occurrence("s1", SEVEN)
    assert occurrence is not None
    assert (occurrence.state, occurrence.outcome) == ("failed", "Held, not approved.")


async def test_an_edition_made_late_has_a_quarter_of_an_hour_and_is_posted_once_approved() -> None:
    house = await a_reviewed_house(people=1, start=SEVEN - 2 * MINUTE)
    await house.live(6 * MINUTE)
    assert where(house) == [DESK]
    await press(house, "approved", 1)
    await house.live(MINUTE)
    assert where(house) == [DESK, NEWS]


async def test_an_editor_changes_it_and_it_asks_anew() -> None:
    house = await a_reviewed_house(people=1)
    await house.live(3 * MINUTE)
    await press(house, "approved", 1)
    first = await review_of(house)
    now = house.clock.now
    made = await change(
        house.parts.desk,
        house.parts.reviews,
        Seen(KEY, 1),
        lambda edition: with_note(edition, "The ferry line speaks at nine."),
        by=1,
        now=now,
    )
    assert (made.version, made.state) == (2, "waiting")
    with pytest.raises(ApprovalError, match="Somebody"):
        await decide(house.parts.reviews, Seen(KEY, 1), "approved", by=2, now=now)
    await house.live(MINUTE)
    assert [post.version for _, post in house.posted] == [1, 2]
    await press(house, "approved", 2)
    await house.live(40 * MINUTE)
    _, last = house.posted[-1]
    assert (last.channel_id, last.version, last.briefing_id) == (NEWS, 2, first.briefing_id)
    assert house.channels.told[-1].briefing.editors_note == "The ferry line speaks at nine."


async def test_a_note_that_quotes_is_refused() -> None:
    house = await a_reviewed_house()
    await house.live(3 * MINUTE)
    with pytest.raises(ApprovalError, match="no quotation marks"):
        await change(
            house.parts.desk,
            house.parts.reviews,
            Seen(KEY, 1),
            lambda edition: with_note(edition, "He said “never”."),
            by=1,
            now=house.clock.now,
        )


async def test_an_edition_keeps_what_is_chosen_and_something() -> None:
    house = await a_reviewed_house()
    await house.live(3 * MINUTE)
    edition = house.channels.told[-1].briefing
    story = edition.briefs[0].story.id
    with pytest.raises(ApprovalError, match="nothing of the edition"):
        edited(edition, story, Kept((), ()))
    with pytest.raises(ApprovalError, match="leaves the story as it is"):
        edited(edition, story, Kept(range(99), range(99)))
    with pytest.raises(ApprovalError, match="does not tell that story"):
        edited(edition, "gone", Kept((), ()))


async def test_a_schedule_that_is_paused_before_posts_and_says_nothing() -> None:
    house = await a_reviewed_house(people=1)
    await house.live(3 * MINUTE)
    await press(house, "approved", 1)
    await house.parts.timetable.pause_schedule("s1", because="", now=house.clock.now)
    await house.live(45 * MINUTE)
    assert where(house) == [DESK]
    assert [channel for channel, _ in told(house)] == [DESK]


async def test_an_edit_that_comes_too_late_is_neither_stored_nor_posted() -> None:
    house = await a_reviewed_house(people=1)
    await house.live(3 * MINUTE)
    await press(house, "approved", 1)
    review = await review_of(house)
    assert await house.parts.reviews.note_posted(KEY)
    with pytest.raises(ApprovalError, match="posted already"):
        await change(
            house.parts.desk,
            house.parts.reviews,
            Seen(KEY, 1),
            lambda edition: with_note(edition, "Nobody agreed to this."),
            by=2,
            now=house.clock.now,
        )
    latest = await house.parts.archive.find_dossier(review.briefing_id)
    assert latest is not None
    assert latest.briefing.version == 1


@pytest.mark.parametrize("is_spread", [True, False])
async def test_what_is_corrected_after_it_was_approved_is_asked_for_anew(
    *, is_spread: bool
) -> None:
    house = await a_reviewed_house(people=1)
    await house.live(3 * MINUTE)
    await press(house, "approved", 1)
    review = await review_of(house)
    made = await reissue(
        house.parts.archive,
        review.briefing_id,
        lambda edition: replace(edition, editors_note="Put right."),
        Correction("k", house.clock.now, "An editor put a word right."),
    )
    assert made is not None
    if is_spread:
        await house.live(MINUTE)
        assert (await review_of(house)).version == 2
        assert (await press(house, "approved", 2)).state == "approved"
    else:  # it comes in the moment of its posting
        jobs = house.parts.jobs
        assert isinstance(jobs, FakeJobs)
        for number in [n for n, one in jobs.waiting.items() if one.job.kind == "reissue"]:
            del jobs.waiting[number]
    await house.live(45 * MINUTE)
    posted = [post.version for _, post in house.posted if post.channel_id == NEWS and post.messages]
    assert posted == ([2] if is_spread else [])
    assert is_spread or any("held, not approved" in text for _, text in told(house))


async def test_operations_hear_of_a_review_channel_that_is_gone() -> None:
    house = await a_reviewed_house(people=1)
    house.channels.errors.append(DeliveryError("#desk does not exist any more.", closed=True))
    await house.live(5 * MINUTE)
    notices = await house.parts.operations.notices(PLANNED.newsroom_id, SEVEN - 60 * MINUTE)
    assert any("#desk does not exist any more." in notice.text for notice in notices)


DEEDS = st.sampled_from(["live", "crash", "approve", "hold", "release", "edit", "replan"])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(DEEDS, st.integers(1, 3)), min_size=3, max_size=14))
async def test_nothing_is_posted_without_the_people_it_needs(deeds: list[tuple[str, int]]) -> None:
    house = await a_reviewed_house()
    for deed, who in deeds:
        await _do(house, deed, who)
    await house.live(60 * MINUTE)
    editions = [post for _, post in house.posted if post.channel_id == NEWS]
    assert len(editions) <= 1
    for post in editions:
        steps = await house.parts.reviews.steps(KEY)
        last = max(n for n, s in enumerate(steps) if s.action in ("asked", "held", "edited"))
        agreed = {s.member_id for s in steps[last:] if s.action == "approved"}
        assert len(agreed) >= 2
        assert all(s.version == post.version for s in steps[last:] if s.action == "approved")


async def _do(house: House, deed: str, who: int) -> None:
    now = house.clock.now
    try:
        if deed == "live":
            await house.live(who * 4 * MINUTE)
        elif deed == "crash":
            house.waker = type(house.waker)(house.parts.timetable, house.clock, check_seconds=30)
        elif deed == "replan":
            await house.parts.timetable.save_schedule(PLANNED, seen_until=now)
        elif await house.parts.reviews.find_review(KEY) is None:
            return
        elif deed == "edit":
            version = (await review_of(house)).version
            await change(
                house.parts.desk,
                house.parts.reviews,
                Seen(KEY, version),
                lambda edition: with_note(edition, f"Version {version} changed."),
                by=who,
                now=now,
            )
        else:
            decisions = {"approve": "approved", "hold": "held", "release": "released"}
            await press(house, cast("Decision", decisions[deed]), who)
    except ApprovalError:
        return
