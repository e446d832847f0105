"""Whatever a source writes is shown as it wrote it, and does nothing in a chat."""

import pytest

from bot.cards import Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.chat_text import escape, link_target
from bot.delivery.compact import card_texts


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("@everyone @here", r"\@everyone \@here"),
        ("<@1> <@!2> <@&3> <#4>", r"\<\@1\> \<\@!2\> \<\@\&3\> \<\#4\>"),
        ("<t:0:R> <:cat:1> <a:cat:1>", r"\<t:0:R\> \<:cat:1\> \<a:cat:1\>"),
        ("</brief:7> <id:guide>", r"\<\/brief:7\> \<id:guide\>"),
        ("discord.gg/abc", r"discord.gg\/abc"),
        ("https://discord.com/invite/abc", r"https:\/\/discord.com\/invite\/abc"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<https://evil.example>", r"\<https:\/\/evil.example\>"),
        ("# a", r"\# a"),
        ("-# a", r"\-\# a"),
        ("> a", r"\> a"),
        (">>> a", r"\>\>\> a"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("12. a", r"12\. a"),
        ("||a|| ~~b~~ **c** __d__", r"\|\|a\|\| \~\~b\~\~ \*\*c\*\* \_\_d\_\_"),
        ("```js", r"\`\`\`js"),
        ("a\n# b\r\n> c\u2028- d", r"a \# b \> c - d"),
        ("\\*", r"\\\*"),
    ],
)
def test_nothing_that_a_source_writes_is_markup(written: str, shown: str) -> None:
    assert escape(written) == shown


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("a \u202e b", "\u202c"),
        ("a \u202e b \u202c", ""),
        ("a \u2067 b \u202b c", "\u202c\u2069"),
        ("a \u2067 b \u202b c \u2069", ""),
        ("\u202c \u2069 a", ""),
        ("שלום", ""),
    ],
)
def test_what_turns_the_direction_of_writing_ends_with_the_text(written: str, ends: str) -> None:
    assert escape(written) == written + ends


def test_no_line_of_a_card_begins_with_what_a_source_wrote_as_markup() -> None:
    hostile = "- # > 1. " + "x" * 3200
    runs = (Run(hostile),)
    card = Card(
        (
            Heading(hostile),
            Paragraph(runs),
            Bullets((runs,)),
            Note(runs),
            QuoteBlock((hostile,), runs),
        )
    )
    for text in card_texts(card):
        assert all(not line.startswith(("- #", "# >", "> 1.")) for line in text.splitlines())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", "file:///x"])
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert link_target(address) == ""
    assert card_texts(Card((Paragraph((Run("here", href=address),)),))) == ("here",)


def test_an_address_cannot_end_its_link_early() -> None:
    (text,) = card_texts(
        Card((Paragraph((Run("here", href="https://a.example/x) [y](https://evil.example"),)),))
    )
    assert text == "[here](https://a.example/x%29%20%5By%5D%28https://evil.example)"


def test_of_a_long_title_the_first_word_is_the_link() -> None:
    title = "word " * 900
    texts = card_texts(Card((Paragraph((Run(title, href="https://a.example/x"),)),)))
    assert "".join(texts).count("](https://a.example/x)") == 1
