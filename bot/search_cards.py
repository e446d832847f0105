"""Cards of what a search of the archive found: articles, statements, and where they stand."""

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Final

from bot.cards import Block, Bullets, Card, Note, Paragraph, Run
from bot.delivery.citing import quote_block, reference_runs
from bot.desk_search import Said, SearchResult, to_reference
from bot.followup.ranking import Hit
from bot.news import Reference

WHITE: Final = re.compile(r"\s+")
NOTHING = "Nothing in the archive matches."
NOT_SAID = "The archive has no words of this speaker about that."


def search_card(result: SearchResult, zone: tzinfo) -> Card:
    """Return the hits, each with the sentence that shows it."""
    hits = [
        block for n, hit in enumerate(result.hits, start=1) for block in hit_blocks(hit, n, zone)
    ]
    return Card((*mended_notes(result.mended), *(hits or [Paragraph((Run(NOTHING),))])))


def hit_blocks(hit: Hit, number: int, zone: tzinfo) -> Iterator[Block]:
    """Return one hit: its number and its source, and the sentence that shows it, words marked."""
    yield Paragraph((Run(f"[{number}] "), *reference_runs(to_reference(hit.article), zone)))
    yield Bullets((tuple(_marked(hit)),))


def _marked(hit: Hit) -> Iterator[Run]:
    words, at = hit.snippet.words, 0
    for start, end in hit.marks:
        yield Run(_on_one_line(words[at:start]))
        yield Run(_on_one_line(words[start:end]), "strong")
        at = end
    yield Run(_on_one_line(words[at:]))


def _on_one_line(words: str) -> str:
    """Return the words with one space for each run of white space, also at the ends."""
    return WHITE.sub(" ", words)


def mended_notes(mended: Sequence[tuple[str, str]]) -> tuple[Note, ...]:
    """Return what was taken for a typing error, and for what."""
    return tuple(
        Note((Run(f"No text has {asked}; searched for {other}."),)) for asked, other in mended
    )


def said_card(found: Sequence[Said], zone: tzinfo) -> Card:
    """Return the quotes with their sources."""
    if not found:
        return Card((Paragraph((Run(NOT_SAID),)),))
    listed = references_of(found)
    sources = tuple(
        (Run(f"[{n}] "), *reference_runs(r, zone)) for n, r in enumerate(listed, start=1)
    )
    return Card((*(quote_block(listed, one.quote) for one in found), Bullets(sources)))


def references_of(found: Sequence[Said]) -> tuple[Reference, ...]:
    """Return the articles in which it was said, each once, in the order of the quotes."""
    return tuple(to_reference(a) for a in {s.article.id: s.article for s in found}.values())
