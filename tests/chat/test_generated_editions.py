"""Whatever an edition holds: Discord takes it, all of it is there, and nothing in it fires."""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, Final

import discord
import pytest
from discord.http import handle_message_parameters

from bot.chat.opening import quote_parts, story_key
from bot.chat.pages import Listing, bind, page_view
from bot.chat.rendering import Rendered, rendered
from bot.delivery.chat_text import escape, link_target
from bot.delivery.compact import CONTINUED, ChatMessage, edition_messages
from bot.delivery.context import context_card
from bot.delivery.edition import briefing_card
from bot.delivery.opened import opened_card, sources_card
from bot.desk_articles import context_in
from bot.news import Brief, Dossier, Quote, Rendering
from tests.chat.discord_limits import broken_rules, nodes
from tests.chat.rooms import SHARED, assert_valid
from tests.generated_editions import an_edition

MARK = "0123456789abcdef01234567"
KINDS: tuple[Rendering, ...] = ("components", "embeds")

FIRES = re.compile(
    r"""(?<!\\)(?:
      <[@\#t:a/i] | @(?:everyone|here) | \|\| | ``` | ~~
      | (?<!\]\()(?<!\\)https?://(?=[^\s)]*evil)
      | \]\((?!https?://) | (?:discord\.gg|discord\.com/invite)/ )""",
    re.VERBOSE,
)
"""A mention, a timestamp, an emoji, a command, an invite, an address or markup of a source's."""
LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(https?://[^)\s]*\)")
PREFIX = re.compile(r"^(?:> — |> |-# |- |[0-9]+\. |#{1,3} )", re.MULTILINE)

FULL: Final = bool(os.environ.get("NUTGRAF_FULL"))
"""All 20,000 editions take 25 minutes; without it the long suite tries some of them."""


def payload_of(shown: Rendered) -> dict[str, Any]:
    """Return the body of the request that would send the message."""
    none = discord.AllowedMentions.none()
    if shown.embeds:
        with handle_message_parameters(
            embeds=shown.embeds, view=shown.view, allowed_mentions=none
        ) as sent:
            return sent.payload or {}
    with handle_message_parameters(view=shown.view, allowed_mentions=none) as sent:
        return sent.payload or {}


def texts_of(payload: dict[str, Any]) -> Iterator[str]:
    """Return what a message says: its texts, or what its embeds say."""
    yield from (embed["description"] for embed in payload.get("embeds", ()))
    yield from (node["content"] for node in nodes(payload["components"]) if node["type"] == 10)


def letters(text: str) -> str:
    """Return the text without white space, escapes, addresses, and what begins or parts lines."""
    lines = PREFIX.sub("", text.replace(CONTINUED, ""))
    bare = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", LINK.sub(r"\1", lines))
    return re.sub(r"[\s\u202c\u2069]+", "", bare)


def holds(told: str, words: str) -> bool:
    """Tell whether the words stand there, letter by letter; a very long word may be parted."""
    return letters(escape(words)) in told


def key_quotes(brief: Brief) -> tuple[Quote, ...]:
    """Return the quotes of which a short card may print one."""
    return brief.quotes[:3]


def check_edition(dossier: Dossier, messages: Sequence[ChatMessage], rendering: Rendering) -> None:
    """Assert what is promised of the messages of an edition."""
    payloads = [payload_of(rendered(message, dossier, MARK, rendering)) for message in messages]
    for payload in payloads:
        assert broken_rules(payload) == ()
    said = "\n".join(text for payload in payloads for text in texts_of(payload))
    assert_harmless(said)
    told, choices = letters(said), str(payloads)
    for number, brief in enumerate(dossier.briefing.briefs, start=1):
        assert f"n:discuss:{MARK}:{dossier.briefing.id}:1:{number}" in choices
        assert not brief.quotes or any(is_whole(told, quote) for quote in key_quotes(brief))
        assert any(link_target(r.address) in said for r in brief.references)


def check_pages(dossier: Dossier, number: int) -> None:
    """Assert what is promised of the answers of the *Open* menu about one story."""
    brief = dossier.briefing.briefs[number - 1]
    key = story_key(dossier.briefing.id, 1, number)
    told = check_listing(Listing([*quote_parts(brief)]), key) if brief.quotes else ""
    assert all(is_whole(told, quote) for quote in brief.quotes)
    listing = Listing.of(sources_card([brief], UTC))
    sources, raw = check_listing(listing, key), "".join(part.text for part in listing.parts)
    for reference in brief.references:
        assert f"]({link_target(reference.address)})" in raw
        assert holds(sources, reference.title.words if reference.title else "")
    story = check_listing(Listing.of(opened_card(brief, UTC)), key)
    for sentence in brief.printed():
        assert all(holds(story, passage.words) for passage in sentence.passages())
    for quote in brief.quotes:
        article = dossier.article(quote.article_id)
        found = context_in(article, [piece.span for piece in quote.pieces])
        around = check_listing(Listing.of(context_card(found, UTC)), key).replace("**", "")
        assert all(letters(escape(p.words)).replace("**", "") in around for p in quote.pieces)


def check_listing(listing: Listing, key: str) -> str:
    """Assert that every page is in order; return what all of them say, as `letters` does."""
    said = []
    for number in range(1, len(bind(listing)) + 1):
        payload = payload_of(Rendered(page_view(listing, "quotes", key, number)))
        assert broken_rules(payload) == ()
        said += [t for t in texts_of(payload) if not re.fullmatch(r"-# Page \d+ of \d+", t)]
    assert_harmless("\n".join(said))
    return letters("\n".join(said))


def is_whole(told: str, quote: Quote) -> bool:
    return all(holds(told, piece.words) for piece in quote.pieces)


def assert_harmless(said: str) -> None:
    """Assert that nothing that came from a source is markup, a mention or a link."""
    bare = re.sub(r"\]\(https://courier\.example/[^)\s]*\)", "]", said)
    assert not (found := FIRES.search(bare)), said[max(0, found.start() - 40) : found.end() + 40]


def check(seed: int) -> None:
    """Assert all of it for one edition; its whole card for every tenth."""
    dossier = an_edition(seed)
    messages = edition_messages(dossier, UTC)
    for rendering in KINDS:
        check_edition(dossier, messages, rendering)
    if dossier.briefing.briefs:
        check_pages(dossier, 1 + seed % len(dossier.briefing.briefs))
    if seed % 10 == 0 and len(dossier.briefing.briefs) < 10:
        told = check_listing(Listing.of(briefing_card(dossier.briefing, UTC)), "b1:1:0")
        assert all(is_whole(told, q) for b in dossier.briefing.briefs for q in b.quotes)


def test_any_edition_is_taken_whole_and_harmless() -> None:
    for seed in range(50):
        check(seed)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_twenty_thousand_editions_are_taken_whole_and_harmless() -> None:
    for seed in range(50, 20_050 if FULL else 800):
        check(seed)


@pytest.mark.skipif(not SHARED.exists(), reason="Discord's own description is not beside us")
def test_discords_own_description_agrees() -> None:
    for seed in range(12):
        dossier = an_edition(seed)
        for message in edition_messages(dossier, UTC):
            for rendering in KINDS:
                body = payload_of(rendered(message, dossier, MARK, rendering))
                assert_valid("POST", "/channels/1/messages", body)
