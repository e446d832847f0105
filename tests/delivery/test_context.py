"""A quote where it stands: its paragraph, the words marked, the revision named; nothing markup."""

from datetime import UTC, timedelta

import pytest

from bot.delivery.chat_text import stretches
from bot.delivery.context import context_card
from bot.delivery.plain import to_plain
from bot.desk_articles import AROUND_CHARS, context_in
from bot.errors import VerificationError
from bot.news import Article, Span
from tests.builders import NOON, a_revision, an_article


def spans(article: Article, *words: str) -> list[Span]:
    body = article.latest.body
    found = [(body.index(w), body.index(w) + len(w)) for w in words]
    return [Span(article.id, article.latest.number, "body", a, b) for a, b in found]


def test_the_words_are_marked_in_their_paragraph_and_their_revision_is_named() -> None:
    first = a_revision()
    second = a_revision(number=2, seen_at=NOON + timedelta(hours=2), body=first.body + "\n\nMore.")
    article = an_article("a1", first, second)
    card = context_card(context_in(article, spans(article, "The hull needs new plates,")), UTC)
    (told,) = stretches(card.blocks)
    heading, paragraph, note = told.splitlines()
    assert heading == "### In context"
    assert paragraph == "“**The hull needs new plates,**” said Mira Tolland, who runs the line."
    assert "[Ferry to Tern Island stops for a month](https://courier.example/a1)" in note
    assert note.endswith("published 4 Mar, 12:00 · revision 2 of 2, seen 4 Mar, 14:00")
    assert "<https://courier.example/a1>" in to_plain(card)


def test_every_piece_is_marked_where_it_stands() -> None:
    body = "“We went,” he said, “and came back.” Then he left.\n\nNobody saw him."
    article = an_article(body=body)
    card = context_card(context_in(article, spans(article, "We went,", "and came back.")), UTC)
    (told,) = stretches(card.blocks)
    assert "“**We went,**” he said, “**and came back.**” Then he left." in told
    assert "Nobody" not in told


def test_of_a_very_long_paragraph_only_what_is_near_is_shown() -> None:
    body = "before " * 900 + "“The hull is thin,” he said. " + "after " * 900
    article = an_article(body=body)
    (paragraph,) = context_in(article, spans(article, "The hull is thin,")).around
    assert 2 * AROUND_CHARS - 20 < len(paragraph.words) < 2 * AROUND_CHARS + 40
    assert paragraph.words.startswith("before ")
    assert paragraph.words.endswith("after")


def test_hostile_words_around_stay_words() -> None:
    body = "**x** @everyone [a](https://evil.example) “Words <@1> here,” he said. # y"
    article = an_article(body=body)
    (told,) = stretches(
        context_card(context_in(article, spans(article, "Words <@1> here,")), UTC).blocks
    )
    assert r"\*\*x\*\* \@everyone \[a\](https:\/\/evil.example) “**Words \<\@1\> here,**”" in told


def test_words_that_do_not_stand_there_are_not_shown() -> None:
    article = an_article()
    with pytest.raises(VerificationError):
        context_in(article, [Span("a1", 1, "body", 0, 10_000)])
    with pytest.raises(VerificationError):
        context_in(article, [Span("a1", 7, "body", 0, 10)])
