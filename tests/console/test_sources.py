"""`sources …` at the desk in a terminal."""

import pytest

from bot.console.chat import answer
from bot.console.sources import answer_about_sources
from bot.delivery.plain import to_plain
from bot.source_desk import SourceDesk
from tests.laws.desks import a_desk
from tests.source_desk.desks import FEED, NOW, OTHER, a_feed, a_source_desk, an_item


@pytest.fixture
def desk() -> SourceDesk:
    return a_source_desk({FEED: a_feed(an_item()), OTHER: a_feed(an_item("Other"))})


async def said(desk: SourceDesk, typed: str) -> str:
    return to_plain(await answer_about_sources(desk, typed, now=NOW))


async def test_every_command_of_the_shell_works_at_the_desk(desk: SourceDesk) -> None:
    assert "Added Courier" in await said(desk, f'add {FEED} --outlet "Courier"')
    assert "Courier: " in await said(desk, "list")
    assert "RSS 2.0" in await said(desk, f"test {OTHER}")
    assert "is paused" in await said(desk, "pause Courier")
    assert "is read again" in await said(desk, "resume Courier")
    assert "1 source" in await said(desk, "health")
    assert "<opml" in await said(desk, "export")
    removed = (await said(desk, "remove Courier")).splitlines()
    assert removed[-1] == f"sources add --as-is --outlet=Courier {FEED}"
    assert "Added Courier" in await said(desk, removed[-1].removeprefix("sources "))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("bogus", "No such command 'bogus'."),
        ("add", "Missing argument 'ADDRESS'."),
        ("add x --loud", "No such option"),
        ('add "x', "That cannot be understood (No closing quotation)."),
        ("remove nobody", "No source is called 'nobody'"),
        ("--help", "resume: Read a paused source again"),
        ("add --help", "--urgent: Ask every minute."),
        ("--version", "No such option"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(
    desk: SourceDesk, typed: str, sentence: str
) -> None:
    assert sentence in await said(desk, typed)


async def test_the_conversation_hands_sources_on() -> None:
    desk = a_desk({}, [FEED])
    keeping = a_source_desk({}, desk.subscriptions)
    listed = to_plain(await answer(desk, "sources", now=NOW))
    paused = to_plain(await answer(desk, f"/sources pause {FEED}", now=NOW, source_desk=keeping))
    left = to_plain(await answer(desk, "sources pause x", now=NOW))

    assert f"{FEED} (not read yet)" in listed
    assert "is paused" in paused
    assert "cannot be changed here" in left


@pytest.mark.parametrize("typed", ["test -", "import -", "add -"])
async def test_the_conversation_itself_is_not_read_as_a_source(
    desk: SourceDesk, typed: str
) -> None:
    assert "Standard input is this conversation" in await said(desk, typed)
