"""What an editor can ask of anybody's text: whether its quotations stand in the archive."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.desk import Desk
from bot.errors import UnknownError
from bot.news import (
    Article,
    CheckedClaim,
    CheckedText,
    Claim,
    Place,
    Reference,
    Revision,
    Verdict,
    Witness,
)
from bot.quotes import find_claims, verify_among
from bot.tools import Tools, Wording

MAX_TEXTS: Final = 6
"""Texts that are read for one quotation: those that the index holds for likeliest."""
AT_ONCE: Final = 2
"""Quotations that are looked up at the same time: more would wait for each other's threads."""


async def check_quotes(
    desk: Desk, text: str, *, now: datetime, at_most: int | None = None
) -> CheckedText:
    """Return what the archive has of each quotation of the text, in the text's order.

    The index only proposes stored texts: each is read, and only what stands in it counts. Of
    articles that are held at `now` nothing is read or told, not even that they have the words. With
    `at_most` only the first so many quotations are checked, and the others counted.

    Raises:
        ArchiveError: the store cannot be read, so that nothing can be said.
        UnknownError: the desk works without an archive of words.
        ValueError: `now` is not aware.
    """
    wording = desk.tools.wording
    if wording is None:
        raise UnknownError("This desk has no archive in which quotations could be looked up.")
    lexicons = [desk.tools.read_lexicon(language) for language in wording.languages]
    claims = await asyncio.to_thread(find_claims, text, lexicons)
    checker = _Checker(desk.tools, wording, now)
    checked = await asyncio.gather(*map(checker.check, claims[:at_most]))
    return CheckedText(tuple(checked), len(claims) - len(checked))


class _Checker:
    """Looks up the claims of one text."""

    def __init__(self, tools: Tools, wording: Wording, now: datetime) -> None:
        self._tools = tools
        self._wording = wording
        self._now = now
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def check(self, claim: Claim) -> CheckedClaim:
        async with self._turn:
            texts = await self._texts(claim)
            return await asyncio.to_thread(self._judge, claim, texts)

    async def _texts(self, claim: Claim) -> list[tuple[Article, Revision]]:
        proposed = await self._wording.wordings.find_texts(
            claim.words, now=self._now, limit=MAX_TEXTS
        )
        ids = dict.fromkeys(revision.article_id for revision in proposed)
        found = [await self._tools.archive.find_article(article_id) for article_id in ids]
        # asked again: it may have been killed after the index was
        usable = {a.id: a for a in found if a and not a.is_held(self._now)}
        return [(usable[r.article_id], r) for r in proposed if r.article_id in usable]

    def _judge(self, claim: Claim, texts: Sequence[tuple[Article, Revision]]) -> CheckedClaim:
        verdict = verify_among(
            claim, texts, self._tools.read_lexicon, self._wording.read_qualifiers
        )
        articles = {article.id: article for article, _ in texts}
        current = _current_first(verdict, articles)
        witnesses = [_witness(place, articles) for place in current.places]
        return CheckedClaim(claim, current, tuple(witnesses))


def _current_first(verdict: Verdict, articles: dict[str, Article]) -> Verdict:
    """Put exact places that stand in the latest revision first; others belong to differences."""
    if verdict.kind != "exact":
        return verdict
    places = sorted(
        verdict.places, key=lambda p: not _is_current(p, articles[p.passage.span.article_id])
    )
    return Verdict(verdict.kind, tuple(places))


def _witness(place: Place, articles: dict[str, Article]) -> Witness:
    article = articles[place.passage.span.article_id]
    read = article.revision(place.passage.span.revision)
    reference = Reference(
        article.id,
        read.number,
        article.outlet,
        read.whole_title() if read.title else None,
        article.address,
        article.published_at,
        corrected=len(article.revisions) > 1,
    )
    return Witness(place, reference, current=_is_current(place, article))


def _is_current(place: Place, article: Article) -> bool:
    span, latest = place.passage.span, article.latest
    if span.revision == latest.number:
        return True
    return place.passage.words in (latest.title if span.field == "title" else latest.body)
