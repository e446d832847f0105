"""A server that prefers plain embeds is told the same, with the same buttons."""

from bot.chat.opening import story_key
from bot.delivery.compact import edition_messages, post_keys
from bot.news import Post
from tests.chat.rooms import Room, a_room, ids_of, menus, plain, text_of
from tests.chat.test_channels import SINCE


async def prefer_embeds(room: Room) -> None:
    """Have the server prefer embeds."""
    result = await room.editor.slash(room.channel, "desk set", rendering="embeds")
    assert result.response
    assert "drawn as embeds" in text_of(result.response.message)


async def test_a_briefing_is_told_in_embeds_with_its_buttons_below() -> None:
    async with a_room() as room:
        await prefer_embeds(room)
        await room.editor.slash(room.channel, "brief")

        (message,) = room.channel.history()
        bodies = [plain(embed.description or "") for embed in message.embeds]
        assert len(bodies) == 4, "head, two stories, foot"
        assert "2 stories, from 2 articles from 2 sources." in bodies[0]
        assert any("> “The hull of the barge needs new plates”" in body for body in bodies)
        raw = str([c.to_dict() for c in message.components])
        assert "'label': 'Discuss 1'" in raw
        assert "'label': 'Discuss 2'" in raw
        shown = await room.editor.select(message, ["1"], custom_id=menus(message)[0])
        assert shown.response
        assert "1 origin" in text_of(shown.response.message)


async def test_a_story_is_discussed_from_below_the_embeds() -> None:
    async with a_room() as room:
        await prefer_embeds(room)
        await room.editor.slash(room.channel, "brief")
        (message,) = room.channel.history()
        first, *_ = ids_of([c.to_dict() for c in message.components], 2)
        await room.editor.click(message, custom_id=first)
        assert len(room.channel.threads) == 1


async def test_an_edition_in_embeds_is_posted_once_and_found_again() -> None:
    async with a_room() as room:
        await prefer_embeds(room)
        dossier = await room.desk.brief(now=room.parts.clock())
        briefing = dossier.briefing
        (key,) = post_keys("s1@20260917T060000Z", len(edition_messages(dossier, room.desk.zone)))
        post = Post(key, room.channel.id, briefing.id, briefing.version)

        sent = await room.client.channels.send(post, dossier, may_send=lambda: True)

        assert await room.client.channels.find(post, SINCE) == sent
        (message,) = room.channel.history()
        assert message.embeds
        bodies = [r.json for r in room.env.http_requests if r.method == "POST"]
        (body,) = [b for b in bodies if isinstance(b, dict) and "nonce" in b]
        assert body["allowed_mentions"] == {"parse": []}


def test_the_key_of_the_longest_edition_fits_into_an_id() -> None:
    assert len(f"n:unfollow:{story_key('x' * 32, 999_999_999, 9999)}") <= 100
