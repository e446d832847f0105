"""Puts an edition together, and the dossier that proves it."""

from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from bot.news import (
    EXTRACTIVE,
    Article,
    Brief,
    Briefing,
    Coverage,
    Dossier,
    EditionOrder,
    to_json,
)

ID_CHARS = 8
"""Characters of a briefing's id: 40 bits of a hash. Among 100,000 editions two share one with a
chance of 1 in 220 (birthday bound, n² / 2N); the archive refuses the second."""


def compose(
    briefs: Sequence[Brief], coverage: Coverage, *, stories_found: int, now: datetime
) -> Briefing:
    """Return the first version of the edition; its id is the hash of what it says and when."""
    models = sorted({brief.how.model for brief in briefs if brief.how and brief.how.model})
    writer = ", ".join(models) or EXTRACTIVE
    return _named(Briefing("draft", 1, now, tuple(briefs), coverage, stories_found, writer))


def as_ordered(briefing: Briefing, order: EditionOrder) -> Briefing:
    """Return the new edition with the instant that it was ordered for; its id is made anew."""
    return _named(replace(briefing, due_at=order.due_at, late=order.late))


def _named(edition: Briefing) -> Briefing:
    draft = replace(edition, id="draft")
    code = b32encode(sha256(to_json(draft).encode()).digest()).decode().lower()
    return replace(edition, id=code[:ID_CHARS])


def dossier_of(briefing: Briefing, articles: Mapping[str, Article]) -> Dossier:
    """Return the briefing with the revisions that it cites or lists, and no others.

    Raises:
        VerificationError: the briefing cites words that do not stand in these articles.
    """
    listed = {
        (reference.article_id, reference.revision)
        for brief in briefing.briefs
        for reference in brief.references
    }
    ids = dict.fromkeys(
        reference.article_id for brief in briefing.briefs for reference in brief.references
    )
    corrected = [p.span for correction in briefing.corrections for p in correction.passages()]
    listed |= {(span.article_id, span.revision) for span in corrected}
    ids |= dict.fromkeys(span.article_id for span in corrected)
    return Dossier(
        briefing=briefing, articles=tuple(_only(articles[i], listed) for i in ids if i in articles)
    )


def _only(article: Article, listed: Iterable[tuple[str, int]]) -> Article:
    wanted = set(listed)
    kept = tuple(r for r in article.revisions if (r.article_id, r.number) in wanted)
    return replace(article, revisions=kept)
