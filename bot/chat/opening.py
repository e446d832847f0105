"""What the *Open* menu of an edition leads to: cards of a story, for one member alone.

Each is derived from the stored edition as it may be shown now; so a story that was withdrawn since
is told of nowhere.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, Protocol, Self, cast

import discord
from discord import ui

from bot.cards import Block, Card, Heading, Note, Paragraph, Run
from bot.chat.pages import Kind, Listing, PageButton, PagePress, Pages, Part, page_view
from bot.chat.parts import Parts
from bot.chat.replies import AnyInteraction, explain, reply, say
from bot.chat.spans import spans_of, to_key
from bot.chat.texts import opening as texts
from bot.chat.views import NO_POST, EditionButton, Press
from bot.chat.wrong import wrong_button
from bot.delivery.citing import plain, quote_block, source_lines
from bot.delivery.compact import card_texts
from bot.delivery.context import context_card
from bot.delivery.edition import briefing_card
from bot.delivery.opened import differing_card, opened_card, sources_card
from bot.delivery.phrases import count
from bot.desk_articles import context
from bot.desk_briefings import articles_of, edition_now, story_of, with_all_quotes
from bot.desk_stories import follow_story, is_followed, timeline_of, unfollow_story
from bot.errors import UnknownError
from bot.news import Brief, Briefing, Passage, Quote
from bot.story_cards import timeline_card

RIGHT: Final = "open"
STORY_KEY: Final = re.compile(
    r"(?P<briefing>[^:]{1,32}):(?P<version>[0-9]{1,9}):(?P<story>[0-9]{1,4})"
)
FOLLOW_ID: Final = re.compile(rf"n:(?P<doing>follow|unfollow):(?P<key>{STORY_KEY.pattern})")
"""At most 58 characters."""

Doing = Literal["follow", "unfollow"]


def story_key(briefing_id: str, version: int, story: int = 0) -> str:
    """Return the key of a story by its number in that version; 0 means the whole edition."""
    return f"{briefing_id}:{version}:{story}"


def know_openings(pages: Pages) -> None:
    """Have the pages know what a menu leads to."""
    kinds = {
        "edition": _edition,
        "story": _story,
        "sources": _sources,
        "quotes": _quotes,
        "differ": _differ,
        "timeline": _timeline,
        "context": _contexts,
        "where": _where,
    }
    for name, derive in kinds.items():
        pages.add(name, Kind(RIGHT, derive))


def context_button(quote: Quote) -> PageButton:
    """Return the button that shows where a quote stands in its article."""
    return _context_of(quote.pieces)


def passage_button(passage: Passage) -> PageButton:
    """Return the button that shows where a passage stands in its article."""
    return _context_of((passage,))


def _context_of(pieces: Sequence[Passage]) -> PageButton:
    return PageButton(PagePress("show", "where", 1, to_key(pieces)), texts.SHOW_CONTEXT)


def quote_parts(brief: Brief) -> Iterator[Part]:
    """Return the quotes of a brief, each with its button, and what their numbers stand for."""
    for quote in brief.quotes:
        first, *rest = card_texts(Card((quote_block(brief.references, quote),)))
        yield Part(first, context_button(quote))
        yield from map(Part, rest)
    lines = source_lines(brief.references, {q.article_id for q in brief.quotes})
    yield from map(Part, card_texts(Card((lines,))))


async def _briefs(parts: Parts, key: str) -> tuple[Briefing, Sequence[Brief]]:
    """Return the edition as it may be shown now, and its story that the key means, or all."""
    match = STORY_KEY.fullmatch(key)
    if match is None:
        raise UnknownError(f"No story has the key {key!r}.")
    now, number = parts.clock(), int(match["story"])
    if not number:
        edition = await edition_now(parts.desk, match["briefing"], now=now)
        return edition, edition.briefs
    version = int(match["version"])
    edition, brief = await story_of(parts.desk, match["briefing"], version, number, now=now)
    return edition, (brief,)


async def _edition(parts: Parts, _: AnyInteraction, key: str) -> Listing:
    edition, briefs = await _briefs(parts, key)
    card = briefing_card(edition, parts.desk.zone)
    read = EditionButton(Press("read", NO_POST, edition.id, edition.version))
    return Listing.of(card, [*_leading_on(key, briefs), read] if briefs else [read])


async def _story(parts: Parts, interaction: AnyInteraction, key: str) -> Listing:
    edition, briefs = await _briefs(parts, key)
    (brief,) = briefs
    follows = await is_followed(parts.desk, brief.story.id, by=follower(interaction))
    *_, number = key.split(":")
    press = Press("discuss", NO_POST, edition.id, int(key.split(":")[1]), int(number))
    own: list[ui.Item[Any]] = [
        FollowButton("unfollow" if follows else "follow", key),
        EditionButton(press),
        wrong_button(edition.id, press.version, press.story),
    ]
    return Listing.of(opened_card(brief, parts.desk.zone), [*_leading_on(key, briefs), *own])


def _leading_on(key: str, briefs: Sequence[Brief]) -> list[ui.Item[Any]]:
    labels = {
        "sources": texts.SOURCES,
        "quotes": texts.QUOTES,
        "differ": texts.DIFFER,
        "timeline": texts.TIMELINE,
        "context": texts.CONTEXT,
    }
    empty = {
        "differ": not any(brief.disagreements for brief in briefs),
        "context": not any(brief.quotes for brief in briefs),
    }
    return [
        PageButton(PagePress("show", kind, 1, key), label, disabled=empty.get(kind, False))
        for kind, label in labels.items()
    ]


async def _sources(parts: Parts, __: AnyInteraction, key: str) -> Listing:
    _, briefs = await _briefs(parts, key)
    return Listing.of(sources_card(briefs, parts.desk.zone) if briefs else say(texts.QUIET))


async def _differ(parts: Parts, __: AnyInteraction, key: str) -> Listing:
    _, briefs = await _briefs(parts, key)
    return Listing.of(differing_card(briefs, parts.desk.zone))


async def _quotes(parts: Parts, __: AnyInteraction, key: str) -> Listing:
    _, briefs = await _briefs(parts, key)
    now = parts.clock()
    full = [await with_all_quotes(parts.desk, brief, now=now) for brief in briefs]
    found = [part for brief in full if brief.quotes for part in _titled_quotes(brief)]
    if not found:
        return Listing.of(say(texts.NO_QUOTES))
    quotes = count(sum(len(brief.quotes) for brief in full), "statement")
    sources = count(sum(len(brief.references) for brief in full), "source")
    told = Note((Run(texts.ALL_QUOTES.format(quotes=quotes, sources=sources)),))
    return Listing([*map(Part, card_texts(Card((told,)))), *found])


def _titled_quotes(brief: Brief) -> Iterator[Part]:
    yield from map(Part, card_texts(Card((Heading(plain(brief.headline), 3),))))
    yield from quote_parts(brief)


async def _timeline(parts: Parts, _: AnyInteraction, key: str) -> Listing:
    edition, briefs = await _briefs(parts, key)
    now, blocks = parts.clock(), list[Block]()
    for brief in briefs:
        articles = await articles_of(parts.desk, brief, now=now)
        told = await timeline_of(parts.desk, [*articles.values()], edition.made_at, now=now)
        blocks += timeline_card(told, parts.desk.zone).blocks
    return Listing.of(Card(tuple(blocks)) if blocks else say(texts.QUIET))


async def _contexts(parts: Parts, __: AnyInteraction, key: str) -> Listing:
    """Return each key quote where it stands."""
    _, briefs = await _briefs(parts, key)
    now, zone, blocks = parts.clock(), parts.desk.zone, list[Block]()
    for brief in briefs:
        for quote in brief.quotes:
            spans = [piece.span for piece in quote.pieces]
            found = await context(parts.desk, spans, now=now)
            blocks += [quote_block(brief.references, quote), *context_card(found, zone).blocks[1:]]
            blocks.append(Paragraph((Run(" "),)))
    return Listing.of(Card(tuple(blocks)) if blocks else say(texts.NO_QUOTES))


async def _where(parts: Parts, _: AnyInteraction, key: str) -> Listing:
    found = await context(parts.desk, spans_of(key), now=parts.clock())
    return Listing.of(context_card(found, parts.desk.zone))


def follower(interaction: AnyInteraction) -> str:
    """Return who follows a story, as the archive remembers it."""
    return f"discord {interaction.user.id}"


class OpensStories(Protocol):
    """Has the answers in pages; the client does."""

    pages: Pages


class FollowButton(ui.DynamicItem[ui.Button[Any]], template=FOLLOW_ID):
    """Follows a story, or no longer, in the message in which the story is shown."""

    def __init__(self, doing: Doing, key: str) -> None:
        label = texts.FOLLOW if doing == "follow" else texts.UNFOLLOW
        style = discord.ButtonStyle.primary if doing == "follow" else discord.ButtonStyle.secondary
        super().__init__(ui.Button(style=style, label=label, custom_id=f"n:{doing}:{key}"))
        self._doing, self._key = doing, key

    @classmethod
    async def from_custom_id(
        cls,
        interaction: AnyInteraction,  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed, from its id."""
        return cls(cast("Doing", match["doing"]), match["key"])

    async def callback(self, interaction: AnyInteraction) -> None:
        """Do it, and show the story with the button that undoes it."""
        try:
            await interaction.response.defer()
            pages = cast("OpensStories", interaction.client).pages
            parts = await pages.door.enter(interaction, RIGHT)
            _, briefs = await _briefs(parts, self._key)
            await self._do(parts, briefs[0].story.id, follower(interaction))
            listing = await _story(parts, interaction, self._key)
            await reply(interaction, [page_view(listing, "story", self._key)])
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)

    async def _do(self, parts: Parts, story_id: str, by: str) -> None:
        if self._doing == "follow":
            await follow_story(parts.desk, story_id, now=parts.clock(), by=by)
        else:
            await unfollow_story(parts.desk, story_id, by=by)
