"""`/link`: one address on the web, refused in a sentence wherever it leads elsewhere."""

import pytest

from bot.adapters.web import Web
from tests.chat.asking import answered, text_in
from tests.chat.rooms import NEWS, a_room
from tests.laws.desks import a_desk


async def test_an_address_is_read_and_briefed_for_everybody() -> None:
    async with a_room(desk=a_desk(NEWS, sources=())) as room:
        result = await room.editor.slash(
            room.channel, "link", url="<https://courier.example/crane>"
        )

        assert not result.ephemeral
        assert "1 story, from 1 article from 1 source." in text_in(result)
        assert "The hull of the barge needs new plates" in text_in(result)


@pytest.mark.parametrize(
    "url", ["/etc/passwd", "file:///etc/passwd", "config/nutgraf.toml", "ftp://files.example/a"]
)
async def test_nothing_but_the_web_is_read(url: str) -> None:
    async with a_room(check_errors=False) as room:
        result = await room.editor.slash(room.channel, "link", url=url)

        assert "is no web address; one begins with https://" in text_in(result)
        assert all(answer.ephemeral for answer in result.followups)


async def test_what_cannot_be_read_is_said_with_its_reason() -> None:
    async with a_room(check_errors=False) as room:
        told = await answered(room, "link", url="https://courier.example/nowhere")

        assert "https://courier.example/nowhere:" in told


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/admin",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
    ],
)
async def test_what_is_not_public_is_not_even_asked(url: str) -> None:
    async with Web(advises=False) as links, a_room(links=links, check_errors=False) as room:
        told = await answered(room, "link", url=url)

        assert "refused" in told
        assert "only public addresses are read here" in told or "never read" in told
        assert "allow =" not in told
