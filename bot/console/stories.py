"""What the terminal desk says of stories: why, timeline, split, merge, follow."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Final

from bot import desk_stories
from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count, day_and_hour, listed, short_hour
from bot.desk import Desk
from bot.desk_stories import StoryEvidence, StoryTimeline
from bot.news import Article
from bot.stories import MemberEvidence
from bot.stories.timeline import Change, Development, Timeline

EDITOR: Final = "terminal"
"""Who gives commands here, as corrections and followed stories remember it."""

NUMBERS_STAY: Final = "The numbers stay until the next `brief`."

MAX_NEW: Final = 5
MAX_CHANGES: Final = 5
"""Sentences that a timeline shows as new, and changes as mended; the others are counted."""

COMMANDS: Final = {
    "why NUMBER or words": "why these reports are one story, and what it is worth",
    "timeline NUMBER or words": "who had it first, what each report added, what is new",
    "split NUMBER: ARTICLES": "take articles, by their numbers in `why`, out of the story",
    "merge NUMBER, NUMBER": "make two stories one",
    "follow [NUMBER or words]": "follow a story: with news it comes first in editions; alone: what "
    "is new in those that you follow",
    "unfollow NUMBER or words": "follow it no longer",
}


async def why(desk: Desk, name: str, now: datetime) -> Card:
    """Return the evidence for each member of a story."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    return why_card(await desk_stories.why(desk, name, now=now))


async def timeline(desk: Desk, name: str, now: datetime) -> Card:
    """Return how a story came to be told."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    return timeline_card(await desk_stories.timeline(desk, name, now=now), desk.zone)


async def split(desk: Desk, line: str, now: datetime) -> Card:
    """Take articles out of a story."""
    name, _, rest = line.partition(":")
    numbers = [int(number) for number in re.findall(r"\d{1,6}", rest)]
    if not (name.strip() and numbers):
        return _say("Write it like `split 2: 3, 4`: the story, then the numbers of `why 2`.")
    out = await desk_stories.split(desk, name, numbers, now=now, by=EDITOR)
    return _say(f"Taken out, and remembered: {listed([_named(a) for a in out])}. {NUMBERS_STAY}")


async def merge(desk: Desk, line: str, now: datetime) -> Card:
    """Make two stories one."""
    name, _, other = line.partition(",")
    if not (name.strip() and other.strip()):
        return _say("Write it like `merge 2, 5`: two stories by number or words.")
    joined = await desk_stories.merge(desk, name, other, now=now, by=EDITOR)
    return _say(
        f"One story now, of {count(len(joined), 'article')}; this is remembered. {NUMBERS_STAY}"
    )


async def follow(desk: Desk, name: str, now: datetime) -> Card:
    """Remember a story as followed, or tell what is new in those that are."""
    if not name:
        told, missing = await desk_stories.followed(desk, now=now, by=EDITOR)
        return followed_card(told, missing, desk.zone)
    first, is_new = await desk_stories.follow(desk, name, now=now, by=EDITOR)
    return _say(f"{'Followed from now on' if is_new else 'Followed already'}: {_named(first)}.")


async def unfollow(desk: Desk, name: str, now: datetime) -> Card:
    """Forget that a story is followed."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    first, did = await desk_stories.unfollow(desk, name, now=now, by=EDITOR)
    return _say(f"{'Followed no longer' if did else 'It was not followed'}: {_named(first)}.")


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
    return Card((*blocks, *_news(found, articles, zone)))


def followed_card(told: Sequence[StoryTimeline], missing: int, zone: tzinfo) -> Card:
    """Return what is new in each story that is followed."""
    if not (told or missing):
        return _say("You follow no story yet; `follow 2` follows the second of the last briefing.")
    blocks: list[Block] = [Heading("What you follow", 1)]
    for one in told:
        articles = {article.id: article for article in one.articles}
        blocks += [Heading(one.articles[-1].latest.title or "Without a title", 2)]
        blocks += _news(one, articles, zone)
    if missing:
        which = count(missing, "followed story", "followed stories")
        blocks.append(Note((Run(f"Of {which} there is no report in the window."),)))
    return Card(tuple(blocks))


def _news(found: StoryTimeline, articles: Mapping[str, Article], zone: tzinfo) -> tuple[Block, ...]:
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
        return Run(_named(article)), Run(": the only report so far")
    facts = [f"nearness {evidence.nearness:.1f} (1 is enough)"]
    if evidence.shared:
        facts.append(f"shares {', '.join(evidence.shared)}")
    if evidence.days:
        facts.append(f"names a day that {evidence.days} of {evidence.of_others} others name")
    return Run(_named(article)), Run(f": {'; '.join(facts)}")


def _named(article: Article) -> str:
    return f"{article.outlet}, {article.latest.title or 'without a title'}"


def _say(sentence: str) -> Card:
    return Card((Paragraph((Run(sentence),)),))
