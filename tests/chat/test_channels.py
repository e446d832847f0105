from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.delivery.compact import edition_messages, post_keys
from bot.errors import DeliveryError
from bot.news import Dossier, Post
from tests.builders import a_brief, a_briefing, a_quote, an_article
from tests.chat.rooms import Room, a_room, buttons, text_of
from tests.laws.desks import a_desk

SINCE = datetime(2020, 1, 1, tzinfo=UTC)


async def an_edition(room: Room) -> tuple[Post, Dossier]:
    """Return a post of today's edition in the room's channel."""
    dossier = await room.desk.brief(now=room.parts.clock())
    briefing = dossier.briefing
    (key,) = post_keys("s1@20260917T060000Z", len(edition_messages(dossier, room.desk.zone)))
    return Post(key, room.channel.id, briefing.id, briefing.version), dossier


async def test_a_post_carries_its_nonce_and_is_found_by_its_key() -> None:
    async with a_room() as room:
        post, dossier = await an_edition(room)
        port = room.client.channels

        assert await port.find(post, SINCE) is None
        sent = await port.send(post, dossier, may_send=lambda: True)

        assert await port.find(post, SINCE) == sent
        assert await port.find(replace(post, key="another/1"), SINCE) is None
        bodies = [r.json for r in room.env.http_requests if r.method == "POST"]
        (body,) = [b for b in bodies if isinstance(b, dict) and "nonce" in b]
        assert (body["nonce"], body["enforce_nonce"]) == (post.nonce, True)


async def test_only_our_own_messages_are_taken_for_a_post() -> None:
    async with a_room() as room:
        post, _ = await an_edition(room)
        await room.editor.send(room.channel, f"n:open:{post.nonce}:b1:1:0")

        assert await room.client.channels.find(post, SINCE) is None


async def test_a_quiet_edition_is_found_too() -> None:
    async with a_room(desk=a_desk({}, ["https://courier.example/gone"])) as room:
        post, dossier = await an_edition(room)
        assert not dossier.briefing.briefs

        sent = await room.client.channels.send(post, dossier, may_send=lambda: True)

        assert await room.client.channels.find(post, SINCE) == sent
        assert "none passed" in room.texts()[0]


async def test_a_post_in_a_channel_that_is_gone_is_given_up() -> None:
    async with a_room() as room:
        post, dossier = await an_edition(room)

        with pytest.raises(DeliveryError, match="does not exist any more") as caught:
            await room.client.channels.send(
                replace(post, channel_id=1), dossier, may_send=lambda: True
            )
        assert caught.value.permanent


@pytest.mark.parametrize(
    ("status", "code", "sentence", "permanent"),
    [
        (403, 50013, "I may not post in #news.*Send Messages", True),
        (403, 50001, "I cannot see #news.*View Channel", True),
        (404, 10003, "#news does not exist any more", True),
        (400, 50035, "did not take the post", True),
        (429, 0, "asks to wait", False),
        (500, 0, "did not take the post", False),
    ],
)
async def test_what_discord_refuses_is_said_in_a_sentence(
    status: int,
    code: int,
    sentence: str,
    permanent: bool,  # noqa: FBT001 - a column of the table
) -> None:
    async with a_room() as room:
        post, dossier = await an_edition(room)
        for method in ("POST", "GET"):
            room.env.inject_error(
                method, "/channels/*/messages", status=status, code=code, times=None
            )

        with pytest.raises(DeliveryError, match=sentence) as sending:
            await room.client.channels.send(post, dossier, may_send=lambda: True)
        with pytest.raises(DeliveryError, match=sentence) as finding:
            await room.client.channels.find(post, SINCE)

        assert (sending.value.permanent, finding.value.permanent) == (permanent, permanent)


async def test_a_long_edition_is_posted_message_by_message() -> None:
    words = " ".join(["harbour"] * 330)
    articles = [
        an_article(f"a{n}", title=f"Story {n}", body=f"“{words} {n},” said Mira Tolland.")
        for n in range(4)
    ]
    briefs = [
        a_brief(a, quotes=(a_quote(a, f"{words} {n},"),), story_id=f"s{n}")
        for n, a in enumerate(articles)
    ]
    dossier = Dossier(briefing=a_briefing(*briefs), articles=tuple(articles))
    async with a_room() as room:
        port, zone = room.client.channels, room.desk.zone
        keys = post_keys("s1@20260917T060000Z", len(edition_messages(dossier, zone)))
        assert len(keys) > 2
        posts = [Post(key, room.channel.id, "b1", 1) for key in keys]

        sent = [await port.send(post, dossier, may_send=lambda: True) for post in posts]

        assert [await port.find(post, SINCE) for post in posts] == sent
        text = "".join(room.texts())
        assert all(text.count(f"### Story {n}") == 1 for n in range(4))
        beyond = replace(posts[0], key=f"s1@20260917T060000Z/{len(keys) + 1}")
        with pytest.raises(DeliveryError, match="nothing to say"):
            await port.send(beyond, dossier, may_send=lambda: True)


async def test_a_posted_edition_can_be_discussed() -> None:
    async with a_room() as room:
        post, dossier = await an_edition(room)
        await room.client.channels.send(post, dossier, may_send=lambda: True)
        (message,) = room.channel.history()

        await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        (thread,) = room.channel.threads
        assert "Sources" in text_of(thread.history()[0])
