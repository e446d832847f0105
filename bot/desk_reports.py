"""What members can say is wrong in a story, and what editors decide of it: confirm, dismiss, undo.

What an editor confirms is remembered and used from then on: stories are split and merged, quotes
are found as decided. The briefings that stand in channels get their next version.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, TypedDict

from msgspec.structs import replace

from bot.briefing.changing import Change, with_brief, with_quote, without_story
from bot.delivery.reporting import report_line
from bot.desk import Desk
from bot.errors import UnknownError
from bot.news import (
    MAX_CONTEXT,
    Brief,
    Briefing,
    Correction,
    Dossier,
    Notice,
    Passage,
    Quote,
    Ruling,
    RulingState,
    StoryCorrection,
    WrongKind,
    WrongReport,
)
from bot.notices import notice_jobs
from bot.ports import Operations, Reports
from bot.quotes.corrected import around, as_decided
from bot.reissuing import reissue
from bot.telling_anew import ToldAnew, joined, tell_anew, without_articles

MAX_TEXT: Final = 1000
"""Characters of a member's own words."""
WHAT: Final[dict[WrongKind, str]] = {
    "speaker": "A quote was given to the wrong speaker.",
    "not a quote": "Words between quotation marks were taken for a quote, and are none.",
    "split": "A report of another event stood in this story.",
    "merge": "Two stories of one event are told as one now.",
    "other": "An editor took this story out.",
}
"""What is told where the card stands. Of “other” nothing is done by itself; see `confirm`."""


async def speakers_of(desk: Desk, quote: Quote) -> tuple[Passage, ...]:
    """Return who speaks in the quote's article, each name once, without the quote's own speaker."""
    article = await desk.tools.archive.find_article(quote.article_id)
    if article is None:
        return ()
    revision = article.revision(quote.pieces[0].span.revision)
    await desk.tools.learn()
    found = desk.tools.findings.quotes(revision, desk.tools.lexicon(article))
    names = [q.speaker.name for q in found if q.speaker]
    by_words = {name.words: name for name in reversed(names)}
    if quote.speaker:
        by_words.pop(quote.speaker.name.words, None)
    return tuple(sorted(by_words.values(), key=lambda name: name.span.start))


class QuotePlace(TypedDict):
    """The fields of a report by which its quote is known again."""

    quote: tuple[Passage, ...]
    body_sha256: str
    before: str
    after: str


async def about_quote(desk: Desk, quote: Quote) -> QuotePlace:
    """Return where the quote stands, for a report of it.

    Raises:
        UnknownError: its article is not in the archive.
    """
    article = await desk.tools.archive.find_article(quote.article_id)
    if article is None:
        raise UnknownError("The article of this quote is not in the archive any more.")
    revision = article.revision(quote.pieces[0].span.revision)
    start, end = quote.pieces[0].span.start, quote.pieces[-1].span.end
    before, after = around(revision.body, start, end, MAX_CONTEXT)
    return QuotePlace(
        quote=quote.pieces,
        body_sha256=revision.body_sha256,
        before=before,
        after=after,
    )


async def submit(desk: Desk, operations: Operations, report: WrongReport) -> Ruling:
    """Keep a report and have operations asked what becomes of it.

    Raises:
        UnknownError: this desk remembers nothing.
    """
    ruling = await _reports(desk).add(report)
    text = (
        f"Report {ruling.id} by member {report.made_by} on briefing {report.briefing_id}: "
        f"{report_line(report)}"
    )
    notice = Notice(
        f"report/{ruling.id}", report.newsroom_id, text, report.made_at, report_id=ruling.id
    )
    if await operations.channel_of(report.newsroom_id) is not None:
        await operations.note(notice, then=notice_jobs(notice))
    return ruling


async def confirm(desk: Desk, report_id: int, *, by: str, now: datetime) -> Ruling:
    """Let a report hold: remember it, and give the briefings it is about their next version.

    May be done again after a crash in the middle: each step is done once. Of “other” it is only
    remembered that an editor agrees: what follows is said with the commands for it.

    Raises:
        UnknownError: there is no such report, it was dismissed, or this desk remembers nothing.
    """
    ruling = await _find(desk, report_id)
    if ruling.state not in ("open", "confirmed"):
        raise UnknownError(f"Report {report_id} was {ruling.state} already.")
    report = ruling.report
    await _correct_story(desk, report, by=by, now=now)
    decided = await _reports(desk).decide(
        report_id, "confirmed", instead_of=["open", "confirmed"], by=by, now=now
    )
    await desk.tools.learn()
    await _reissue_all(desk, ruling, by=by, now=now)
    return decided or ruling


async def dismiss(desk: Desk, report_id: int, *, by: str, now: datetime) -> Ruling:
    """Let a report not hold.

    Raises:
        UnknownError: there is no such report, it was decided before, or nothing is remembered.
    """
    return await _decide(desk, report_id, "dismissed", by=by, now=now)


async def undo(desk: Desk, report_id: int, *, by: str, now: datetime) -> Ruling:
    """Take back what was confirmed; the briefing tells the story as it did before.

    Raises:
        UnknownError: there is no such report, it does not hold, or nothing is remembered.
    """
    ruling = await _find(desk, report_id)
    if ruling.state not in ("confirmed", "undone"):
        raise UnknownError(f"Report {report_id} is {ruling.state}: there is nothing to undo.")
    report = ruling.report
    await _restore_story(desk, report, by=by, now=now)
    decided = await _reports(desk).decide(
        report_id, "undone", instead_of=["confirmed", "undone"], by=by, now=now
    )
    await desk.tools.learn()
    then = await desk.tools.archive.find_dossier(report.briefing_id, report.version)
    brief = _brief(then, report.story_id) if then else None
    if then and brief:
        what = "A correction was taken back; the story is told as it was before."
        why = Correction(f"undone {report_id}", now, what, report.story_id, by=by)
        texts = {article.id: article for article in then.articles}
        archive = desk.tools.archive
        await reissue(archive, report.briefing_id, with_brief(brief), why, articles=texts)
    return decided or ruling


async def rulings(
    desk: Desk, states: Sequence[RulingState] = (), *, limit: int = 25
) -> tuple[Ruling, ...]:
    """Return reports, the newest first.

    Raises:
        UnknownError: this desk remembers nothing.
    """
    return await _reports(desk).rulings(states, limit=limit)


async def _decide(
    desk: Desk, report_id: int, state: RulingState, *, by: str, now: datetime
) -> Ruling:
    ruling = await _find(desk, report_id)
    decided = await _reports(desk).decide(report_id, state, instead_of=["open"], by=by, now=now)
    if decided is None:
        raise UnknownError(f"Report {report_id} was {ruling.state} already.")
    return decided


async def _correct_story(desk: Desk, report: WrongReport, *, by: str, now: datetime) -> None:
    sides = await _sides(desk, report)
    if sides and desk.tools.stories:
        kind, ours, others = sides
        await desk.tools.stories.correct(StoryCorrection(kind, ours, others, now, by))


async def _restore_story(desk: Desk, report: WrongReport, *, by: str, now: datetime) -> None:
    sides = await _sides(desk, report)
    if sides and desk.tools.stories:
        kind, ours, others = sides
        contrary: Literal["split", "merge"] = "merge" if kind == "split" else "split"
        await desk.tools.stories.correct(StoryCorrection(contrary, ours, others, now, by))


async def _sides(
    desk: Desk, report: WrongReport
) -> tuple[Literal["split", "merge"], tuple[str, ...], tuple[str, ...]] | None:
    """Return the articles that are to be parted or joined, of a report that says so."""
    if report.kind not in ("split", "merge"):
        return None
    then = await desk.tools.archive.find_dossier(report.briefing_id, report.version)
    brief = _brief(then, report.story_id) if then else None
    if then is None or brief is None:
        return None
    ids = brief.story.article_ids
    if report.kind == "split":
        rest = tuple(i for i in ids if i not in report.article_ids)
        return ("split", report.article_ids, rest) if rest else None
    other = _brief(then, report.other_story)
    return ("merge", ids, other.story.article_ids) if other else None


async def _reissue_all(desk: Desk, ruling: Ruling, *, by: str, now: datetime) -> None:
    report, archive = ruling.report, desk.tools.archive
    ids = {report.briefing_id}
    if report.quote:
        ids |= {*await archive.briefings_citing(report.quote[0].span.article_id)}
    for briefing_id in sorted(ids):
        latest = await archive.find_dossier(briefing_id)
        for brief in latest.briefing.briefs if latest else ():
            if latest:
                await _reissue(desk, ruling, latest, brief, by=by, now=now)


async def _reissue(
    desk: Desk, ruling: Ruling, latest: Dossier, brief: Brief, *, by: str, now: datetime
) -> None:
    """Store the next version of the briefing, if what is confirmed concerns this story of it."""
    report = ruling.report
    key = f"wrong {ruling.id} {brief.story.id}"
    why = Correction(key, now, WHAT[report.kind], brief.story.id, by=by)
    if report.quote:
        await _reissue_quote(desk, report, latest, brief=brief, why=why)
    elif brief.story.id == report.story_id and latest.briefing.id == report.briefing_id:
        await _reissue_story(desk, report, latest, brief=brief, why=why)


async def _reissue_quote(
    desk: Desk, report: WrongReport, latest: Dossier, *, brief: Brief, why: Correction
) -> None:
    quote = next((q for q in brief.quotes if q.pieces == report.quote), None)
    if quote is None:
        return
    outlet = brief.reference(quote.article_id).outlet
    why = replace(why, outlet=outlet, about=quote.pieces)
    if report.kind == "not a quote":
        change = with_quote(brief.story.id, quote, None)
    else:
        revision = latest.article(quote.article_id).revision(quote.pieces[0].span.revision)
        new = as_decided(quote, revision, report)
        before = (quote.speaker.name,) if quote.speaker else ()
        after = (new.speaker.name,) if new.speaker else ()
        what = why.what if new.speaker else f"{why.what} Who said it is not known."
        why = replace(why, what=what, before=before, after=after)
        change = with_quote(brief.story.id, quote, new)
    await reissue(desk.tools.archive, latest.briefing.id, change, why)


async def _reissue_story(
    desk: Desk, report: WrongReport, latest: Dossier, *, brief: Brief, why: Correction
) -> None:
    if report.kind == "other":
        return
    story = brief.story
    others: tuple[str, ...] = ()
    if report.kind == "split":
        left = without_articles(story, report.article_ids)
    else:
        other = _brief(latest, report.other_story)
        left = joined(story, other.story) if other else None
        others = (other.story.id,) if other else ()
    if left is None:
        return
    told = await tell_anew(brief, left, desk.tools, now=why.at)
    change = _told(told, brief, others)
    texts = told.articles if told else {}
    await reissue(desk.tools.archive, latest.briefing.id, change, why, articles=texts)


def _told(told: ToldAnew | None, brief: Brief, others: Sequence[str]) -> Change:
    """Return the change to the story as it is told anew, without those that it took in."""
    changes = [without_story(other) for other in others]
    changes.append(with_brief(told.brief) if told else without_story(brief.story.id))

    def all_of_them(briefing: Briefing) -> Briefing:
        for change in changes:
            briefing = change(briefing)
        return briefing

    return all_of_them


def _brief(dossier: Dossier, story_id: str) -> Brief | None:
    return next((b for b in dossier.briefing.briefs if b.story.id == story_id), None)


async def _find(desk: Desk, report_id: int) -> Ruling:
    found = await _reports(desk).find(report_id)
    if found is None:
        raise UnknownError(f"There is no report {report_id}; /desk corrections lists them.")
    return found


def _reports(desk: Desk) -> Reports:
    if desk.tools.reports is None:
        raise UnknownError("This desk keeps no archive in which it could remember that.")
    return desk.tools.reports
