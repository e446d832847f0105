"""Promises of the chat's messages over all editions: within the limits, and nothing lost."""

import re
from datetime import UTC

from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from bot.cards import Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.chat.views import EditionButton, Press, edition_view
from bot.delivery.chat_text import MAX_STRETCH, escape, units
from bot.delivery.compact import (
    MAX_COMPONENTS,
    MAX_UNITS,
    card_texts,
    edition_messages,
    message_number,
    post_keys,
)
from bot.news import Article, Brief, Coverage, Dossier, Origin, Sentence, Unread
from tests.builders import NOON, a_brief, a_briefing, a_quote, an_article

HOSTILE = [
    "@everyone",
    "<@123> <#4> <t:0> </brief:5>",
    "**bold** __under__ ~~gone~~ ||spoiler||",
    "[click](https://evil.example) discord.gg/abc",
    "# Heading\n-# small\n> said\n>>> all\n- item\n1. one",
    "`code` ```fence```",
    "שלום עולם مرحبا",
    "👩‍👩‍👧‍👦" * 40,
    "x" * 900,
    "word " * 300,
]
words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60),
).filter(
    lambda text: bool(text.strip()) and not set('"“”„‟«»‹›＂「」『』〝〞〟❝❞').intersection(text)
)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Return an edition of 0 to 12 stories with sentences, quotes and several sources."""
    briefs: list[Brief] = []
    articles: list[Article] = []
    for number in range(draw(st.integers(0, 12))):
        said, body, title = f"Look: {draw(words).strip()},", draw(words), draw(words)
        text = f"{body}\n\n“{said}” said Mira Tolland."
        article = an_article(f"a{number}", title=title, body=text)
        start = text.index(f"“{said}”") + 1
        piece = article.latest.passage("body", start, start + len(said))
        quote = replace(a_quote(article, said), pieces=(piece,))
        brief = a_brief(article, quotes=(quote,), story_id=f"s{number}")
        passage = article.latest.passage("body", 0, len(body))
        sentences = (Sentence.taken(passage, article.outlet),) * draw(st.integers(0, 3))
        briefs.append(replace(brief, sentences=sentences))
        articles.append(article)
    unread = tuple(
        Unread(f"https://x{n}.example/{draw(words)}", draw(words))
        for n in range(draw(st.integers(0, 3)))
    )
    briefing = a_briefing(*briefs)
    coverage = Coverage(3, len(articles), 1, unread, NOON)
    return Dossier(briefing=replace(briefing, coverage=coverage), articles=tuple(articles))


def presses(view: ui.LayoutView) -> list[Press]:
    """Return what the buttons of a message stand for."""
    return [item.press for item in view.walk_children() if isinstance(item, EditionButton)]


def letters(text: str) -> str:
    """Return the text without white space, which may be squeezed, and without its escapes."""
    return re.sub(r"\s+", "", re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text))


@settings(deadline=None, max_examples=60)  # large texts take long to make
@given(dossiers())
def test_messages_of_an_edition_are_within_limits_and_tell_every_story(dossier: Dossier) -> None:
    messages = edition_messages(dossier, UTC)

    ids: list[str] = []
    for message in messages:
        view = edition_view(message, dossier)
        assert message.units <= MAX_UNITS
        assert message.components == view.total_children_count <= MAX_COMPONENTS
        ids += [p.custom_id for p in presses(view)]
        assert all(stretch.text.strip() for stretch in message.stretches)
    assert all(len(custom_id) <= 100 for custom_id in ids)
    # each message has the edition's *Open*, and that it is read
    assert len(set(ids)) == len(ids) - 2 * (len(messages) - 1)
    numbers = [s.story for message in messages for s in message.stretches if s.story]
    assert numbers == list(range(1, len(dossier.briefing.briefs) + 1))
    told = letters("".join(s.text for m in messages for s in m.stretches).replace("\n> ", ""))
    for brief in dossier.briefing.briefs:
        assert letters(escape(brief.quotes[0].pieces[0].words)) in told
        assert f"({brief.references[0].address})" in told


@given(st.lists(words, min_size=1, max_size=30))
def test_any_card_becomes_texts_that_fit_with_all_its_words(texts: list[str]) -> None:
    runs = tuple(Run(f"{text} ") for text in texts)
    card = Card(
        (
            Heading(texts[0]),
            Paragraph(runs),
            Bullets((runs,)),
            QuoteBlock((texts[-1],), runs),
            Note(runs),
        )
    )

    stretches = card_texts(card)

    assert all(0 < units(text) <= MAX_STRETCH for text in stretches)
    told = letters("".join(stretches))
    assert all(
        letters(escape(word)) in told for text in texts for word in text.split() if len(word) <= 100
    )


@given(words)
def test_escaped_text_shows_as_itself_and_nothing_in_it_is_markup(text: str) -> None:
    (block,) = (
        t
        for t in MarkdownIt("commonmark").enable("strikethrough").parse(f"a {escape(text)}")
        if t.children
    )

    assert {child.type for child in block.children or ()} <= {"text", "text_special"}
    assert letters("".join(c.content for c in block.children or ())) == letters(f"a{text}")


def test_a_day_of_six_stories_is_one_message() -> None:
    articles = [an_article(f"a{n}") for n in range(6)]
    briefs = [a_brief(a, quotes=(a_quote(a),), story_id=f"s{a.id}") for a in articles]

    (message,) = edition_messages(
        Dossier(briefing=a_briefing(*briefs), articles=tuple(articles)), UTC
    )

    assert "6 stories" in message.stretches[0].text


def test_the_posts_of_an_edition_are_numbered_by_their_keys() -> None:
    keys = post_keys("s1@20260917T060000Z", 2)

    assert keys == ("s1@20260917T060000Z/1", "s1@20260917T060000Z/2")
    assert [message_number(key) for key in keys] == [1, 2]
    assert message_number("s1@20260917T060000Z") == 1


def test_a_story_says_who_spoke_where_and_when_and_how_many_report_it() -> None:
    article, copy = an_article("a1"), an_article("a2", outlet="Sound Post")
    quote = a_quote(article)
    doubtful = replace(quote, attribution=replace(quote.attribution, certain=False))
    brief = a_brief(article, copy, quotes=(doubtful, replace(quote, id="Q2")))
    story = replace(brief.story, origins=(Origin(("a1", "a2")),))
    dossier = Dossier(briefing=a_briefing(replace(brief, story=story)), articles=(article, copy))

    (message,) = edition_messages(dossier, UTC)

    _, words, credit, counts = message.stretches[1].text.splitlines()
    assert words == "> “The hull needs new plates,”"
    assert credit.startswith("> — Mira Tolland (speaker not certain) ")
    assert credit.endswith(r"[Harbour Courier \[1\]](https://courier.example/a1), 4 Mar, 12:00")
    assert counts == "-# Harbour Courier and Sound Post · 1 origin · 1 reprint · 1 more quote"


def test_of_many_unread_addresses_the_first_are_named_and_the_others_counted() -> None:
    unread = tuple(Unread(f"https://x{n}.example", "answered 404 Not Found") for n in range(30))
    quiet = replace(a_briefing(), coverage=Coverage(30, 0, 0, unread))

    (message,) = edition_messages(Dossier(briefing=quiet, articles=()), UTC)

    assert "30 addresses could not be read" in message.closing
    assert "x2.example" in message.closing
    assert "x3.example" not in message.closing
    assert "and 27 more" in message.closing


def test_the_last_stories_are_shortened_first() -> None:
    articles = [
        an_article(f"a{n}", body="A ferry line needs many words to say what it wants. " * 9)
        for n in range(4)
    ]
    briefs = []
    for article in articles:
        passage = article.latest.passage("body", 0, 450)
        sentence = Sentence.taken(passage, article.outlet)
        briefs.append(
            replace(a_brief(article, story_id=f"s{article.id}"), sentences=(sentence,) * 2)
        )

    (message,) = edition_messages(
        Dossier(briefing=a_briefing(*briefs), articles=tuple(articles)), UTC
    )

    lengths = [units(stretch.text) for stretch in message.stretches[1:]]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 900 > lengths[-1]
