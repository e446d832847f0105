"""Law 3: terminal, plain text and Markdown say the same, whatever the words are."""

import io
import re
from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console

from bot.cards import Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.console.terminal import print_card
from bot.delivery.markdown import escape, to_markdown
from bot.delivery.plain import to_plain

hostile = st.one_of(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30),
    st.sampled_from(
        [
            "@everyone",
            "**bold** _and_ ~~gone~~",
            "[click](https://evil.example)",
            "<script>alert(1)</script>",
            "# Heading",
            "1. first",
            "- item",
            "> said",
            "`code` ```fence```",
            "&amp; &#8220;",
            "[red]markup[/red]",
            "https://evil.example/x",
            "line\nbreak\n\n    code",
            "=====",
            "a | b",
            "|---|---|",
        ]
    ),
).filter(str.strip)
runs = st.lists(
    st.builds(
        Run,
        hostile,
        st.sampled_from(["plain", "quiet"]),
        st.sampled_from(["", "https://a.example/x?y=(1)&z= "]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
cards = st.lists(
    st.one_of(
        st.builds(Heading, hostile, st.sampled_from([1, 2, 3])),
        st.builds(Paragraph, runs),
        st.builds(Note, runs),
        st.builds(Bullets, st.lists(runs, min_size=1, max_size=2).map(tuple), st.booleans()),
        st.builds(QuoteBlock, st.lists(hostile, min_size=1, max_size=2).map(tuple), runs),
    ),
    min_size=1,
    max_size=4,
).map(lambda blocks: Card(tuple(blocks)))


def texts_of(card: Card) -> Iterator[str]:
    for block in card.blocks:
        match block:
            case Heading(text):
                yield text
            case Paragraph(runs) | Note(runs):
                yield from (run.text for run in runs)
            case Bullets(items):
                yield from (run.text for item in items for run in item)
            case QuoteBlock(pieces, attribution):
                yield from pieces
                yield from (run.text for run in attribution)


def assert_says(output: str, card: Card) -> None:
    """Every text of the card stands in the output, in order, letter by letter."""
    letters, position = re.sub(r"\s+", "", output), 0
    for text in texts_of(card):
        wanted = re.sub(r"\s+", "", text)
        position = letters.find(wanted, position)
        assert position >= 0, f"{text!r} is missing"
        position += len(wanted)


def rendered(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from rendered(token.children)
        elif token.type in {"text", "text_special"}:
            yield token.content
        else:
            assert token.type not in {"html_block", "html_inline", "fence", "code_block", "image"}


@given(cards)
def test_plain_text_says_what_the_card_says(card: Card) -> None:
    assert_says(to_plain(card), card)


@given(cards)
def test_markdown_renders_as_what_the_card_says_and_nothing_becomes_markup(card: Card) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(to_markdown(card))

    assert_says("".join(rendered(tokens)), card)
    addresses = [
        child.attrs["href"] for t in tokens for child in t.children or () if "href" in child.attrs
    ]
    assert all(str(address).startswith("https://a.example/x") for address in addresses)


@given(cards)
def test_a_terminal_shows_what_the_card_says(card: Card) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=1000, color_system=None)
    print_card(console, card)

    assert_says(re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()), card)


@given(cards)
def test_a_pipe_gets_plain_text(card: Card) -> None:
    pipe = io.StringIO()
    print_card(Console(file=pipe), card)

    assert pipe.getvalue() == to_plain(card)


@given(hostile)
def test_escaped_text_stays_on_one_line_and_starts_no_block(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escape(text).strip())

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def test_a_link_goes_only_to_the_web() -> None:
    card = Card((Paragraph((Run("here", href="javascript:alert(1)"),)),))

    assert to_markdown(card) == "here\n"


def test_the_pieces_of_a_quote_are_printed_in_pieces() -> None:
    card = Card((QuoteBlock(("We went,", "and came back."), (Run("Mira Tolland"),)),))

    assert to_plain(card) == "    “We went,” … “and came back.”\n      — Mira Tolland\n"
