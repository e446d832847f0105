"""The card that one shift hands over to the next."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Final

from bot.cards import Block, Bullets, Card, Heading, Note, Run
from bot.delivery.phrases import count, day_and_hour, listed, short_hour
from bot.news import MARKS, Handover, Mending, Passage, StoryNews
from bot.text import squeeze

SENTENCES: Final = 2
"""New sentences that are printed of a story; the others are counted."""
DOUBTS: Final = 10
MENDED: Final = 15
"""Doubts and corrections that are printed; the others are counted."""


def handover_card(handover: Handover, zone: tzinfo) -> Card:
    """Return the handover as a card, with local times in `zone`.

    Words of articles stand without quotation marks but their own, each with its outlet.
    """
    head = Heading(f"Handover, {day_and_hour(handover.made_at, zone)}", 1)
    parts = (
        *_stories("New", handover.new, handover),
        *_stories("Changed", handover.changed, handover),
        *_mended(handover, zone),
        *_doubts(handover),
    )
    return Card((head, Note((Run(_counts(handover, zone)),)), *parts, *_unread(handover)))


def _counts(handover: Handover, zone: tzinfo) -> str:
    """Return "Since 16 Sep, 18:00: 2 new stories, 1 changed, …", with what was read for it."""
    facts = [
        count(len(handover.new), "new story", "new stories"),
        f"{len(handover.changed)} changed",
        f"{len(handover.corrected)} corrected",
        f"{len(handover.unconfirmed)} still unconfirmed",
    ]
    quiet = count(handover.quiet, "story", "stories")
    coverage = handover.coverage
    read = f"{count(coverage.articles, 'item')} from {count(coverage.sources, 'source')}"
    begins = f" Read back to {short_hour(coverage.since, zone)}." if coverage.since else ""
    since = short_hour(handover.since, zone)
    return f"Since {since}: {', '.join(facts)}; nothing new in {quiet}. {read} seen.{begins}"


def _stories(title: str, stories: Sequence[StoryNews], handover: Handover) -> Iterator[Block]:
    if stories:
        yield Heading(f"{title} ({len(stories)})", 2)
        yield Bullets(tuple(_story_runs(news, handover) for news in stories))


def _story_runs(news: StoryNews, handover: Handover) -> tuple[Run, ...]:
    body = [p for p in news.sentences if p.span != news.title.span]
    # half of a quotation reads badly alone; all of them are counted
    shown = sorted(body, key=lambda p: not MARKS.isdisjoint(p.words))[:SENTENCES]
    runs = [Run(squeeze(news.title.words), "strong")]
    if news.title in news.sentences:
        runs.append(_outlet(news.title, handover))
    for passage in (p for p in body if p in shown):
        runs += [Run(f" · {squeeze(passage.words)}"), _outlet(passage, handover)]
    if more := len(body) - len(shown):
        runs.append(Run(f" (and {count(more, 'more sentence')})", "quiet"))
    return tuple(runs)


def _outlet(passage: Passage, handover: Handover) -> Run:
    reference = handover.reference(passage)
    return Run(f" {squeeze(reference.outlet)}", "quiet", reference.address)


def _mended(handover: Handover, zone: tzinfo) -> Iterator[Block]:
    if not (handover.corrected or handover.withdrawn):
        return
    yield Heading(f"Corrected ({len(handover.corrected)})", 2)
    shown = handover.corrected[:MENDED]
    yield Bullets(tuple(_mending_runs(m, handover, zone) for m in shown))
    if more := len(handover.corrected) - len(shown):
        yield Note((Run(f"And {more} more."),))
    if handover.withdrawn:
        yield Note((Run(f"Withdrawn since, and not to be used: {_reports(handover)}."),))


def _reports(handover: Handover) -> str:
    outlets = handover.withdrawn
    names = dict.fromkeys(outlets)
    return listed([f"{count(outlets.count(name), 'report')} by {name}" for name in names])


def _mending_runs(mending: Mending, handover: Handover, zone: tzinfo) -> tuple[Run, ...]:
    reference = handover.reference(mending.before)
    hour = short_hour(mending.at, zone)
    head = Run(f"{squeeze(reference.outlet)}, {mending.kind} {hour}", "strong", reference.address)
    runs = (head, Run(" · before: ", "quiet"), Run(squeeze(mending.before.words)))
    if mending.after is None:
        return runs
    return (*runs, Run(" · now: ", "quiet"), Run(squeeze(mending.after.words)))


def _doubts(handover: Handover) -> Iterator[Block]:
    if not handover.unconfirmed:
        return
    yield Heading(f"Still unconfirmed ({len(handover.unconfirmed)})", 2)
    shown = handover.unconfirmed[:DOUBTS]
    yield Bullets(tuple((Run(squeeze(p.words)), _outlet(p, handover)) for p in shown))
    if more := len(handover.unconfirmed) - len(shown):
        yield Note((Run(f"And {more} more."),))


def _unread(handover: Handover) -> Iterator[Block]:
    coverage = handover.coverage
    if coverage.held:
        yield Note((Run(f"{count(coverage.held, 'article')} held back (embargo, kill)."),))
    if coverage.unread:
        unread = count(len(coverage.unread), "address", "addresses")
        yield Note((Run(f"{unread} could not be read:"),))
        yield Bullets(tuple((Run(f"{u.address}: {u.reason}"),) for u in coverage.unread))
