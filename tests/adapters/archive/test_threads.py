"""What every memory of threads promises: the same tests on SQLite and on the fake."""

from datetime import timedelta

import pytest

from bot.adapters.archive import SqliteArchive
from bot.news import MAX_TURNS, StoryThread, ThreadMemory, Turn
from tests.builders import NOON
from tests.fakes import FakeArchive

BIG = 2**62
THREAD = StoryThread(BIG + 5, BIG, "b1", 1, "s1")
MOVED = StoryThread(BIG + 6, BIG, "b1", 2, "s1")

Both = SqliteArchive | FakeArchive


def turn(number: int) -> Turn:
    return Turn(BIG + number, 7, f"Question {number}?", NOON + timedelta(minutes=number))


async def test_of_an_unknown_thread_nothing_is_remembered(archive: Both) -> None:
    assert await archive.threads.memory_of(5) == ThreadMemory("questions", ())


async def test_questions_are_remembered_once_in_their_order(archive: Both) -> None:
    for number in (2, 1, 2):
        await archive.threads.remember(BIG, turn(number))

    assert (await archive.threads.memory_of(BIG)).turns == (turn(1), turn(2))
    assert (await archive.threads.memory_of(BIG + 1)).turns == ()


async def test_old_questions_are_forgotten(archive: Both) -> None:
    await archive.threads.remember(1, Turn(3, 7, "Elsewhere?", NOON))
    for number in range(MAX_TURNS + 3):
        await archive.threads.remember(BIG, turn(number))

    turns = (await archive.threads.memory_of(BIG)).turns
    assert turns == tuple(turn(number) for number in range(3, MAX_TURNS + 3))
    assert len((await archive.threads.memory_of(1)).turns) == 1


async def test_the_mode_is_the_last_one_that_was_chosen(archive: Both) -> None:
    await archive.threads.remember(BIG, turn(1))
    await archive.threads.set_mode(BIG, "all")
    await archive.threads.set_mode(BIG, "mentions")

    assert await archive.threads.memory_of(BIG) == ThreadMemory("mentions", (turn(1),))


async def test_a_thread_takes_its_memory_along(archive: Both) -> None:
    await archive.posts.add_thread(THREAD)
    await archive.threads.set_mode(THREAD.thread_id, "all")
    await archive.threads.remember(THREAD.thread_id, turn(1))

    assert await archive.threads.move(THREAD.thread_id, MOVED) == MOVED

    assert await archive.posts.find_thread(THREAD.thread_id) is None
    assert await archive.posts.find_thread(MOVED.thread_id) == MOVED
    assert await archive.threads.memory_of(MOVED.thread_id) == ThreadMemory("all", (turn(1),))
    assert await archive.threads.memory_of(THREAD.thread_id) == ThreadMemory()


async def test_of_two_that_move_a_thread_the_first_one_counts(archive: Both) -> None:
    await archive.posts.add_thread(THREAD)
    await archive.threads.move(THREAD.thread_id, MOVED)
    late = StoryThread(BIG + 9, BIG, "b1", 2, "s1")

    assert await archive.threads.move(THREAD.thread_id, late) == MOVED
    assert await archive.posts.find_thread(late.thread_id) is None


async def test_a_thread_moves_to_no_other_storys(archive: Both) -> None:
    other = StoryThread(BIG + 6, BIG, "b1", 1, "s2")
    await archive.posts.add_thread(THREAD)
    await archive.posts.add_thread(other)

    with pytest.raises(ValueError, match="another story"):
        await archive.threads.move(THREAD.thread_id, MOVED)
    with pytest.raises(ValueError, match="no thread"):
        await archive.threads.move(1, StoryThread(BIG + 8, BIG, "b9", 1, "s9"))
    assert await archive.posts.find_thread(THREAD.thread_id) == THREAD
