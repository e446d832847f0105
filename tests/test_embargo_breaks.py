"""Operations hear when another outlet breaks an embargo, once, and in no word of the held text."""

import json
from datetime import timedelta

from bot.embargo_breaks import BreakWatch
from tests.fakes import FakeArchive
from tests.laws.desks import NOW, a_desk
from tests.laws.test_stopped_text_stays_stopped import OTHER, WORD, feed, ledger, library

AGENCY = "https://agency.example/feed.json"


def held(until: str) -> dict[str, object]:
    told = ledger("1", host="agency") | {"_ninjs": {"embargoed": until, "pubstatus": "usable"}}
    told["title"] = f"{WORD}: {told['title']}"
    return told


async def notices(until: str, *others: dict[str, object]) -> list[str]:
    contents = {AGENCY: feed(held(until), title="Agency"), OTHER: feed(*others, title="Post")}
    desk = a_desk(contents)
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    await archive.operations.set_channel(1, 99)
    await desk.read_sources(now=NOW)
    watch = BreakWatch(desk, archive.operations)
    for minutes in range(3):
        await watch.step(now=NOW + timedelta(minutes=minutes))
    await BreakWatch(desk, archive.operations).step(now=NOW)  # after a restart
    return [n.text for n in await archive.operations.notices(1, NOW)]


async def test_an_outlet_that_breaks_an_embargo_is_named_once_without_the_held_words() -> None:
    broken = json.loads(json.dumps(ledger("7", host="post")).replace(WORD, "harbour"))
    (told,) = await notices("2026-09-17T09:00:00Z", broken, library())

    assert told == (
        "Post published what seems to be under embargo at Agency until 17 Sep, 09:00: "
        "https://post.example/7. It stays held here until then."
    )


async def test_another_story_breaks_nothing_and_an_embargo_that_is_over_cannot_be_broken() -> None:
    assert await notices("2026-09-17T09:00:00Z", library()) == []
    assert await notices("2026-09-17T05:00:00Z", ledger("7", host="post")) == []
