"""Compares what posted briefings cite with what the articles say now, and puts them right.

A quote, figure or sentence that is cited and that a later revision changes or removes makes the
next version of the briefing, and so does an outlet that corrects, retracts or takes back its
report. What was only set in another way, added or moved makes none, nor does a text that was cut.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from msgspec.structs import replace

from bot.briefing.changing import Change as Rewrite
from bot.briefing.changing import with_brief, without_story
from bot.news import (
    Article,
    Brief,
    Change,
    ChangeKind,
    Correction,
    Passage,
    Revision,
    Span,
    stands_in_marks,
)
from bot.reissuing import reissue
from bot.sources.differences import compare
from bot.sources.teasers import CUT_OFF
from bot.sources.truncation import is_beginning, is_shrunk
from bot.sources.wording import body_sentences, title_sentences
from bot.telling_anew import tell_anew
from bot.tools import Tools

log = logging.getLogger(__name__)

SAID: Final[dict[ChangeKind, str]] = {
    "retraction": "{outlet} retracted its report.",
    "changed quote": "{outlet} changed a quote in its report.",
    "vanished quote": "{outlet} took a quote out of its report.",
    "changed figure": "{outlet} changed a figure in its report.",
    "correction notice": "{outlet} corrected its report.",
    "reworded": "{outlet} changed a sentence of its report.",
    "removed": "{outlet} took a sentence out of its report.",
}
"""What is told of each kind of change, the gravest first; other kinds change nothing cited."""
QUOTES: Final = ("changed quote", "vanished quote")
NOTICES: Final = ("correction notice", "retraction")
TAKEN_BACK: Final = "{outlet} took its report back."
TOLD: Final = 3
"""Changed passages that are told of one correction."""


@dataclass(frozen=True)
class _Found:
    """What became of one article that a story cites."""

    article: Article
    old: Revision
    changes: tuple[Change, ...] = ()
    taken_back: bool = False

    @property
    def gravest(self) -> ChangeKind:
        """The kind of change that is told."""
        kinds = {change.kind for change in self.changes}
        return next(kind for kind in SAID if kind in kinds)


async def compare_briefing(briefing_id: str, tools: Tools, *, now: datetime) -> int:
    """Give a stored briefing its next version if its articles changed; returns how many it got.

    Each story of it may make one. What was compared once makes no second version.

    Raises:
        ArchiveError: the archive cannot be read or written.
    """
    dossier = await tools.archive.find_dossier(briefing_id)
    made = 0
    for brief in dossier.briefing.briefs if dossier else ():
        found = [await _of(r.article_id, brief, tools) for r in brief.references]
        worse = [one for one in found if one and (one.changes or one.taken_back)]
        if worse:
            made += await _put_right(briefing_id, brief, worse, tools, now=now)
    return made


async def _put_right(
    briefing_id: str, brief: Brief, worse: Sequence[_Found], tools: Tools, *, now: datetime
) -> int:
    story_id = brief.story.id
    gone = next((one for one in worse if _takes_story(one)), None)
    told = None if gone else await tell_anew(brief, brief.story, tools, now=now)
    change: Rewrite = with_brief(told.brief) if told else without_story(story_id)
    why = _why(gone or worse[0], worse, brief, tools, now=now)
    archive, texts = tools.archive, {w.article.id: w.article for w in worse if not w.taken_back}
    texts |= told.articles if told else {}
    after = await reissue(archive, briefing_id, change, why, articles=texts)
    if after is None:
        return 0
    fields = {"briefing": briefing_id, "story": story_id, "reason": why.what}
    log.info("source corrected a posted briefing", extra=fields)
    return 1


def _takes_story(found: _Found) -> bool:
    return found.taken_back or any(change.kind == "retraction" for change in found.changes)


def _why(
    first: _Found, worse: Sequence[_Found], brief: Brief, tools: Tools, *, now: datetime
) -> Correction:
    states = sorted(f"{w.article.id} {w.article.latest.number} {w.taken_back}" for w in worse)
    name = sha256("\n".join([brief.story.id, *states]).encode()).hexdigest()[:24]
    outlet = first.article.outlet
    if first.taken_back:
        what = TAKEN_BACK.format(outlet=outlet)
        return Correction(f"source {name}", now, what, brief.story.id)
    kind = first.gravest
    why = Correction(
        f"source {name}", now, SAID[kind].format(outlet=outlet), brief.story.id, outlet=outlet
    )
    own = [change for change in first.changes if change.kind == kind][:TOLD]
    before = tuple(change.before for change in own if change.before)
    after = tuple(change.after for change in own if change.after)
    old, new, language = first.old, first.article.latest, first.article.language or "en"
    if kind in QUOTES and all(_in_marks(p, old, new) for p in (*before, *after)):
        return replace(why, before=before, after=after, quoted=True)
    sides = [
        tuple(dict.fromkeys(_sentence(p, revision, tools, language) for p in passages))
        for passages, revision in ((before, old), (after, new))
    ]
    return replace(why, before=sides[0], after=sides[1])


def _in_marks(passage: Passage, old: Revision, new: Revision) -> bool:
    span = passage.span
    body = old.body if span.revision == old.number else new.body
    return span.field == "body" and stands_in_marks(body, span.start, span.end)


def _sentence(passage: Passage, revision: Revision, tools: Tools, language: str) -> Passage:
    """Return the sentence that the passage stands in; itself if it stands in several."""
    span = passage.span
    if span.field == "title":
        every = title_sentences(revision)
    else:
        every = body_sentences(revision, tools.read_notices(), language)
    for sentence in every:
        start, end = sentence.bounds
        if start <= span.start and span.end <= end:
            return revision.passage(span.field, start, end)
    return passage


async def _of(article_id: str, brief: Brief, tools: Tools) -> _Found | None:
    """Return what became of an article since the brief cited it; `None` if nothing did."""
    article = await tools.archive.find_article(article_id)
    if article is None:
        return None
    old = article.revision(brief.reference(article_id).revision)
    if article.withdrawn:
        return _Found(article, old, taken_back=True)
    if article.latest.number == old.number or _is_cut(article, old, tools):
        return None
    changes = await asyncio.to_thread(_changes, article, old, brief, tools)
    return _Found(article, old, changes)


def _is_cut(article: Article, old: Revision, tools: Tools) -> bool:
    new = article.latest
    notice = tools.read_notices().notice
    has_notice = notice(new.title) or tools.read_notices().has_notice(new.body)
    cut_off = bool(CUT_OFF.search(new.body)) and is_beginning(new.body, old.body)
    return (cut_off or is_shrunk(new.body, old.body)) and not has_notice


def _changes(article: Article, old: Revision, brief: Brief, tools: Tools) -> tuple[Change, ...]:
    """Return what concerns the brief of all that differs between the two texts."""
    lexicon, notices = tools.lexicon(article), tools.read_notices()
    new = article.latest
    quotes = tools.findings.quotes(old, lexicon), tools.findings.quotes(new, lexicon)
    language = article.language or "en"
    found = compare(old, new, quotes, notices, language=language).changes
    cited = _cited(brief, article.id)
    return tuple(c for c in found if c.kind in SAID and _concerns(c, cited))


def _cited(brief: Brief, article_id: str) -> tuple[Span, ...]:
    """Return what the brief cites of the article; its title counts where it is the headline."""
    listed = {r.title for r in brief.references}
    headline = {*brief.headline.passages()}
    cited = {p.span for p in brief.passages() if p not in listed or p in headline}
    return tuple(span for span in cited if span.article_id == article_id)


def _concerns(change: Change, cited: Sequence[Span]) -> bool:
    if change.before is None:
        return change.kind in NOTICES
    span = change.before.span
    return any(
        one.field == span.field and one.start < span.end and span.start < one.end for one in cited
    )
