"""Law 1: whatever is printed between quotation marks is the source's slice at stored offsets."""

import re
from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import QuoteBlock
from bot.delivery.edition import briefing_card
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from bot.news import MARKS, Dossier, from_json, to_json
from bot.text import squeeze
from tests.laws.desks import NOW, a_desk

FRAGMENTS = [
    "Mira Tolland said",
    "said Mira Tolland, who runs the line.",
    "according to the Harbour Courier",
    "she told reporters on Tuesday",
    "The hull needs new plates and the work will take a month",
    "We cannot wait for spring",
    "the workers' pay",
    "'tis the season of '98",
    "6'4\"",
    "“", "”", "‘", "’", '"', "'", "«", "»", "„", "``", "''", "‹", "›", "「", "」",
    ",", ".", "!", "?", ":", "—", "…", " ", " ", " ", "\n\n", "\n",
    "naïve", "e\u0301te\u0301", "Харків мовчить", "船が止まる", "🚢👩‍👩‍👧",
    "\u200b", "\u202e", "\u00a0",
    "A sign read",
    "so-called",
]  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), min_size=1, max_size=40
).map(lambda parts: "Ferry stops for a month\n\nThe ferry stops on Monday. " + " ".join(parts))


def printed(dossier: Dossier) -> list[str]:
    card = briefing_card(dossier.briefing, UTC)
    return [piece for b in card.blocks if isinstance(b, QuoteBlock) for piece in b.pieces]


@settings(max_examples=200, deadline=None)
@given(texts)
async def test_every_quotation_is_a_slice_of_its_stored_source(text: str) -> None:
    dossier = await a_desk({"ferry.txt": text.encode("utf-8", "ignore")}).brief(now=NOW)
    quotes = [quote for brief in dossier.briefing.briefs for quote in brief.quotes]
    slices = []
    for quote in quotes:
        for piece in quote.pieces:
            revision = dossier.article(quote.article_id).revision(piece.span.revision)
            slices.append(squeeze(revision.body[piece.span.start : piece.span.end]))

    assert printed(dossier) == slices
    for quote in quotes:
        if quote.speaker:
            span = quote.speaker.name.span
            body = dossier.article(quote.article_id).revision(span.revision).body
            assert body[span.start : span.end] == quote.speaker.name.words
    assert from_json(to_json(dossier), Dossier) == dossier


@settings(max_examples=100, deadline=None)
@given(texts)
async def test_no_quotation_marks_appear_but_around_pieces_and_inside_spans(text: str) -> None:
    dossier = await a_desk({"ferry.txt": text.encode("utf-8", "ignore")}).brief(now=NOW)
    card = briefing_card(dossier.briefing, UTC)
    plain, markdown = to_plain(card), re.sub(r"\\([\W_])", r"\1", to_markdown(card))
    pieces = {f"“{piece}”" for piece in printed(dossier)}
    spans = {squeeze(p.words) for p in dossier.briefing.passages()}

    for output in (plain, markdown):
        left = output
        for known in sorted(pieces | spans, key=len, reverse=True):
            left = left.replace(known, "")
        assert not MARKS.intersection(left), left
