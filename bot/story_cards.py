"""Cards on stories: why their reports are one story, and how they came to be told."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from bot.cards import Block, Bullets, Card, Heading, Note, Run
from bot.delivery.phrases import count, day_and_hour, listed, short_hour
from bot.desk_stories import StoryEvidence, StoryTimeline
from bot.news import Article
from bot.stories import MemberEvidence
from bot.stories.timeline import Change, Development, Timeline

MAX_NEW: Final = 5
MAX_CHANGES: Final = 5
"""Sentences that a timeline shows as new, and changes as mended; the others are counted."""


def why_card(found: StoryEvidence) -> Card:
    """Return the members of a story, numbered by date, each with what it shares with the others."""
    lines = [
        _member_runs(article, evidence)
        for article, evidence in zip(found.articles, found.members, strict=True)
    ]
    title = f"Why {count(len(lines), 'report')} {'is' if len(lines) == 1 else 'are'} one story"
    value = Note((Run(f"Worth {found.value.score:.1f}: {found.value.explained()}."),))
    return Card((Heading(title, 1), value, Bullets(tuple(lines), numbered=True)))


def timeline_card(found: StoryTimeline, zone: tzinfo) -> Card:
    """Return the developments of a story in their order, what is new in it, and what was mended.

    Of each report one sentence stands for what it told first, and the others are counted. Words of
    articles stand without quotation marks but their own.
    """
    told, articles = found.told, {article.id: article for article in found.articles}
    first = f"First reported by {told.first_reported_by}; first seen here "
    blocks: list[Block] = [
        Heading(f"How it came: {found.articles[0].latest.title or 'without a title'}", 1),
        Note((Run(f"{first}{day_and_hour(told.first_seen, zone)}."),)),
        Bullets(_developments(told, articles, zone)),
    ]
    if told.changes:
        changes = told.changes[:MAX_CHANGES]
        blocks += [
            Heading("Mended by their outlets", 3),
            Bullets(tuple(map(_change_runs, changes))),
        ]
        if more := len(told.changes) - len(changes):
            blocks.append(Note((Run(f"And {count(more, 'more change')}."),)))
    if found.withdrawn:
        blocks.append(Note((Run(f"Withdrawn since the edition by {listed(found.withdrawn)}."),)))
    return Card((*blocks, *news_blocks(found, articles, zone)))


def news_blocks(
    found: StoryTimeline, articles: Mapping[str, Article], zone: tzinfo
) -> tuple[Block, ...]:
    """Return what the sources of a story say since a moment; nothing where there is none."""
    if found.since is None:
        return ()
    since = day_and_hour(found.since, zone)
    if not found.new:
        return (Note((Run(f"Nothing is new since {since}."),)),)
    shown = [(articles[p.span.article_id].outlet, p) for p in found.new[:MAX_NEW]]
    lines = tuple((Run(p.words), Run(f" {outlet}", "quiet")) for outlet, p in shown)
    return (Heading(f"New since {since}: {count(len(found.new), 'sentence')}", 3), Bullets(lines))


def _developments(
    told: Timeline, articles: Mapping[str, Article], zone: tzinfo
) -> tuple[tuple[Run, ...], ...]:
    """Return what each report told first, by the hour: that of its article or of its change."""
    dated = [(_hour(d, articles[d.article_id]), d) for d in told.developments]
    dated.sort(key=lambda entry: entry[0])
    return tuple(_development_runs(d, short_hour(at, zone)) for at, d in dated)


def _hour(told: Development, article: Article) -> datetime:
    is_first = told.sentences[0].span.revision == article.revisions[0].number
    return article.dated() if is_first else told.at


def _development_runs(told: Development, hour: str) -> tuple[Run, ...]:
    body = [passage for passage in told.sentences if passage.span.field == "body"]
    said, more = (body or told.sentences)[0], len(told.sentences) - 1
    rest = f" (and {count(more, 'more sentence')})" if more else ""
    return Run(f"{hour}, {told.outlet}: ", "strong"), Run(said.words), Run(rest, "quiet")


def _change_runs(change: Change) -> tuple[Run, ...]:
    runs = [Run(f"{change.outlet}, {change.kind}", "strong")]
    runs += [Run(" · before: ", "quiet"), Run(change.before.words)]
    return (*runs, Run(" · now: ", "quiet"), Run(change.after.words)) if change.after else (*runs,)


def _member_runs(article: Article, evidence: MemberEvidence) -> tuple[Run, ...]:
    if not evidence.of_others:
        return Run(named(article)), Run(": the only report so far")
    facts = [f"nearness {evidence.nearness:.1f} (1 is enough)"]
    if evidence.shared:
        facts.append(f"shares {', '.join(evidence.shared)}")
    if evidence.days:
        facts.append(f"names a day that {evidence.days} of {evidence.of_others} others name")
    return Run(named(article)), Run(f": {'; '.join(facts)}")


def named(article: Article) -> str:
    """Return the outlet and the title of a report."""
    return f"{article.outlet}, {article.latest.title or 'without a title'}"
