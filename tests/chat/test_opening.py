"""The *Open* menu: what it leads to, for one member, after a restart, and of nothing held."""

from dataclasses import replace as with_tools

from msgspec.structs import replace
from simcord.results import InteractionResult

from bot.chat.client import NewsClient
from bot.chat.spans import spans_of, to_key
from tests.chat.rooms import Room, a_room, ids_of, menus, page, plain, text_of
from tests.fakes import FakeArchive
from tests.fakes_stories import FakeStories

LONG = (
    "The harbour crane at Tern Island will stand still until Friday, the port company said.",
    "Two divers found it. “The hull of the barge needs new plates,” said Mira Tolland, a clerk.",
    *(
        f"“Plate number {n} was thin before anybody looked at this old hull,” said Jonas Hale, "
        "a welder."
        for n in range(30)
    ),
)


async def choose(room: Room, value: str) -> InteractionResult:
    """Have an edition in the channel, and choose from its menu."""
    await room.editor.slash(room.channel, "brief")
    message = room.channel.history()[-1]
    (menu,) = menus(message)
    return await room.editor.select(message, [value], custom_id=menu)


def said(result: InteractionResult) -> str:
    assert result.response
    return plain(text_of(result.response.message))


async def press(room: Room, shown: InteractionResult, label: str) -> InteractionResult:
    """Press a button of what was shown."""
    assert result_has(shown, label), label
    assert shown.response
    return await room.editor.click(shown.response.message, label=label)


def result_has(shown: InteractionResult, label: str) -> bool:
    assert shown.response
    return f"'label': '{label}'" in str(shown.response.components)


async def test_the_menu_names_the_stories_and_the_edition() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        raw = str([c.to_dict() for c in room.channel.history()[-1].components])
        assert "'label': '1. New library for Ostervik school'" in raw or (
            "'label': '1. Harbour crane stands still until Friday'" in raw
        )
        assert "'label': 'The whole edition'" in raw
        assert "'description': '1 origin · 1 quote'" in raw


async def test_a_story_opens_for_one_member_with_all_that_leads_on() -> None:
    async with a_room() as room:
        shown = await choose(room, "1")

        assert shown.ephemeral
        assert "1 origin · 1 key quote" in said(shown)
        for label in ("Sources", "Quotes", "Timeline", "Context", "Follow", "Discuss"):
            assert result_has(shown, label)


async def test_the_whole_edition_opens_too() -> None:
    async with a_room() as room:
        shown = await choose(room, "0")
        assert "Harbour crane stands still" in said(shown)
        assert "New library for Ostervik" in said(shown)
        quotes = await press(room, shown, "Quotes")
        assert quotes.ephemeral
        assert "“The hull of the barge needs new plates”" in said(quotes)
        assert "“We have waited nine years for this room”" in said(quotes)


async def test_each_button_of_a_story_answers() -> None:
    news = {"https://courier.example/crane": page("Harbour crane stands still until Friday", LONG)}
    async with a_room(news) as room:
        shown = await choose(room, "1")

        assert "[Harbour crane stands still until Friday](https://courier.example/crane)" in (
            said(await press(room, shown, "Sources"))
        )
        assert "First reported by Harbour Courier" in said(await press(room, shown, "Timeline"))
        context = said(await press(room, shown, "Context"))
        assert "published 17 Sep" in context


async def test_all_quotes_come_in_pages_each_with_its_context() -> None:
    news = {"https://courier.example/crane": page("Harbour crane stands still until Friday", LONG)}
    async with a_room(news) as room:
        quotes = await press(room, await choose(room, "1"), "Quotes")
        told = said(quotes)
        assert "Every statement found in the sources, each once; 31 statements in 1 source." in told
        assert "“The hull of the barge needs new plates" in told
        assert "-# Page 1 of 4" in told
        assert quotes.response
        where = [i for i in ids_of(quotes.response.components, 2) if ":where:" in i]
        first = await room.editor.click(quotes.response.message, custom_id=where[0])
        assert "Two divers found it. “**The hull of the barge needs new plates**,” said" in (
            said(first)
        )
        assert "revision 1, seen" in said(first)


async def test_a_story_is_followed_and_followed_no_longer_in_place() -> None:
    async with a_room() as room:
        stories = FakeStories()
        room.desk.tools = with_tools(room.desk.tools, stories=stories)
        shown = await choose(room, "1")
        await press(room, shown, "Follow")
        assert list(await stories.followed(f"discord {room.editor.id}"))
        assert result_has(shown, "Follow no longer")
        await press(room, shown, "Follow no longer")
        assert not await stories.followed(f"discord {room.editor.id}")
        assert result_has(shown, "Follow")


async def test_everything_works_after_a_restart() -> None:
    async with a_room() as room:
        shown = await choose(room, "1")
        room.desk.tools = with_tools(room.desk.tools, stories=FakeStories())
        quotes = await press(room, shown, "Quotes")
        await room.env.restart_bot(NewsClient(room.parts))

        message = room.channel.history()[-1]
        again = await room.editor.select(message, ["1"], custom_id=menus(message)[0])
        assert said(again) == said(shown)
        assert quotes.response
        (where,) = [i for i in ids_of(quotes.response.components, 2) if ":where:" in i]
        assert "In context" in said(
            await room.editor.click(quotes.response.message, custom_id=where)
        )
        await press(room, shown, "Follow")
        assert result_has(shown, "Follow no longer")


async def test_of_an_article_that_is_held_nothing_is_shown() -> None:
    async with a_room() as room:
        shown = await choose(room, "1")
        quotes = await press(room, shown, "Quotes")
        assert quotes.response
        (where,) = [i for i in ids_of(quotes.response.components, 2) if ":where:" in i]
        archive = room.desk.tools.archive
        assert isinstance(archive, FakeArchive)
        for article in tuple(archive.articles.values()):
            archive.articles[article.id] = replace(article, withdrawn="killed")

        late = await room.editor.click(quotes.response.message, custom_id=where)
        assert said(late) == "This article is held by now, so that none of its words are shown."
        for label in ("Sources", "Quotes", "Timeline", "Context"):
            told = said(await press(room, shown, label))
            assert told == "This story was withdrawn after the briefing was made."


async def test_the_key_of_a_quote_leads_back_to_its_pieces() -> None:
    async with a_room() as room:
        dossier = await room.desk.brief(now=room.parts.clock())
        for brief in dossier.briefing.briefs:
            for quote in brief.quotes:
                assert spans_of(to_key(quote.pieces)) == tuple(p.span for p in quote.pieces)
