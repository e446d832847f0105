"""Says how the sources do, and what came of trying an address, as cards."""

from datetime import tzinfo
from typing import Final

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count
from bot.news import Subscription, is_folder, is_pushed, is_web
from bot.source_desk.cards import NO_SOURCES, feeds_list, hour, name_of, said
from bot.source_desk.desk import ReadingLimits
from bot.source_desk.health import Health
from bot.source_desk.printing import ago, every, printed, shown_address
from bot.source_desk.trial import Answer, Trial
from bot.source_desk.trial_items import TriedItem

MAX_LISTED: Final = 50
"""Sources of one kind in a report on health; the counts are always whole."""

MAX_PARTS: Final = 3


def health_card(found: Health, zone: tzinfo) -> Card:
    """Return the sources that need a look, and one line if none does."""
    if not found.total:
        return said(NO_SOURCES)
    blocks: list[Block] = [Paragraph((Run(_summary(found), "strong"),))]
    if found.late_since:
        late = (
            f"Polls are late: one has been due since {hour(found.late_since, zone)}. Either "
            "`nutgraf run` is not running, or it cannot keep up."
        )
        blocks.append(Paragraph((Run(late),)))
    parts = (
        ("Failing", found.failing, lambda one: _failing(one, found, zone)),
        ("Gone: they answered 410 and are polled no more", found.gone, _gone),
        ("Nothing new for two weeks or more", found.stale, lambda one: _stale(one, found)),
        ("Moved for good, and read there", found.moved, lambda one: shown_address(one.read_from)),
        ("Read in part", found.partly, _partly),
        ("Not asked yet", found.waiting, _waiting),
        ("Paused", found.paused, lambda one: "in the settings" if one.paused_in_settings else ""),
    )
    for title, ones, tell in parts:
        if ones:
            blocks.append(Heading(f"{title} ({len(ones):,})", 3))
            blocks.append(_list([_line(one, tell(one)) for one in ones]))
    return Card(tuple(blocks))


def trial_card(found: Trial, zone: tzinfo) -> Card:
    """Return what would be read at an address, or why nothing would."""
    blocks: list[Block] = [Heading(shown_address(found.address), 1)]
    if found.refused:
        # a folder that is watched and a source that pushes are read, and only cannot be tried
        is_read = found.state == "read" and (is_folder(found.address) or is_pushed(found.address))
        lead = "It" if is_read else "Would not be read:"
        words = f"{lead} {printed(found.refused, 400)}."
        blocks.append(Paragraph((Run(words, "strong"),)))
    blocks.append(Bullets(tuple((Run(f"{k}: ", "strong"), Run(v)) for k, v in _facts(found))))
    if found.content and found.content.items:
        shown, total = len(found.content.items), count(found.content.found, "item")
        title = total if shown == found.content.found else f"The first {shown} of {total}"
        blocks.append(Heading(title, 3))
        items = tuple(_item(item, zone) for item in found.content.items)
        blocks.append(Bullets(items, numbered=True))
    if found.feeds:
        blocks.append(Heading("Feeds that the page names; `sources add` takes the first", 3))
        blocks.append(feeds_list(found.feeds))
    blocks.append(Note((Run("Nothing was stored."),)))
    return Card(tuple(blocks))


def _summary(found: Health) -> str:
    asked, paused = found.total - len(found.paused), len(found.paused)
    sources = count(asked, "source")
    but = f" {count(paused, 'source')} more, paused." if paused else ""
    if not asked:
        return f"{count(paused, 'source')}, paused; none is read."
    if len(found.waiting) == asked:
        return f"{sources}, and none was asked yet; `nutgraf run` asks them.{but}"
    if found.last_read_at is None:
        return f"None of {sources} has ever answered.{but}"
    last = f"the last answer came {ago(found.last_read_at, found.now)}."
    whole = len(found.well) + len(found.moved) + len(found.stale)
    if whole == asked:
        return f"All is well: {sources}, {last}{but}"
    partly = f", {len(found.partly):,} of them in part" if found.partly else ""
    return f"{whole + len(found.partly):,} of {sources} can be read{partly}; {last}{but}"


def _failing(one: Subscription, found: Health, zone: tzinfo) -> str:
    poll = one.poll
    since = poll.failing_since or found.now
    times = f"{count(poll.failures, 'poll')} in a row" if poll.failures > 1 else "one poll"
    again = (
        f"next try {ago(poll.next_at, found.now)}"
        if poll.next_at and poll.next_at > found.now
        else "next try now"
    )
    read = f"last read {hour(poll.read_at, zone)}" if poll.read_at else "never read"
    return f"{printed(poll.reason)}, since {hour(since, zone)} ({times}); {read}; {again}"


def _waiting(one: Subscription) -> str:
    return "is sent to Nutgraf, and nothing came yet" if is_pushed(one.address) else ""


def _gone(one: Subscription) -> str:
    return f"`sources remove {shown_address(one.address)}` forgets it"


def _stale(one: Subscription, found: Health) -> str:
    changed = one.poll.changed_at or found.now
    return f"last change {ago(changed, found.now)}"


def _partly(one: Subscription) -> str:
    parts = [f"{shown_address(u.address)}: {printed(u.reason)}" for u in one.poll.unread]
    more = f"; and {len(parts) - MAX_PARTS} more" if len(parts) > MAX_PARTS else ""
    return "; ".join(parts[:MAX_PARTS]) + more


def _line(one: Subscription, told: str) -> str:
    return f"{name_of(one)}: {told}" if told else name_of(one)


def _list(lines: list[str]) -> Bullets:
    more = (
        [f"and {len(lines) - MAX_LISTED:,} more; --json has all"] if len(lines) > MAX_LISTED else []
    )
    return Bullets(tuple((Run(line),) for line in (*lines[:MAX_LISTED], *more)))


def _facts(found: Trial) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    answer, content = found.answer, found.content
    if found.state:
        facts.append(("Already a source", found.state))
    if answer and answer.final_address != found.address:
        lasting = ", for good" if answer.moved_to else ""
        facts.append(("Redirected", f"to {shown_address(answer.final_address)}{lasting}"))
    if content:
        language = f", in {printed(content.language)}" if content.language else ""
        facts.append(("Is", f"{content.format}{language}, “{content.outlet}”"))
        facts.append(("Would be read", _taken(found)))
        if content.shortfall:
            facts.append(("Not whole", printed(content.shortfall)))
    if answer:
        type_ = f", sent as {printed(answer.media_type)}" if answer.media_type else ""
        facts.append(("Size", f"{_size(answer.size_bytes)}{type_}"))
    if answer and content:
        polls = f"{every(content.first_seconds)} at first, then as often as it changes"
        facts += [("Polls", polls)]
        facts += [("Caching", _caching(answer))] if is_web(found.address) else []
    facts.append(("Limits", _limits(found.limits)))
    return facts


def _taken(found: Trial) -> str:
    content = found.content
    if content is None:
        return "nothing"
    taken = min(content.found, found.limits.max_items)
    words = (
        count(taken, "item")
        if taken == content.found
        else f"the first {taken} of {content.found:,} items"
    )
    return f"{words}, {content.held} of them held" if content.held else words


def _caching(answer: Answer) -> str:
    says = printed(answer.cache) or "the server does not say how long an answer is fresh"
    if answer.asks_for_changes:
        return f"{says}; an unchanged answer costs no bytes (304)"
    return f"{says}; each answer comes whole (no ETag, no Last-Modified)"


def _limits(limits: ReadingLimits) -> str:
    return (
        f"{_size(limits.max_bytes)}, {limits.timeout_seconds:g} seconds, "
        f"{limits.max_redirects} redirects, {count(limits.max_items, 'item')}"
    )


def _size(number: int) -> str:
    for size, unit in ((1e6, "MB"), (1e3, "kB")):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return count(number, "byte")


def _item(item: TriedItem, zone: tzinfo) -> tuple[Run, ...]:
    if item.held:
        return (Run(f"held ({item.held}); nothing of it is shown"),)
    when = hour(item.published_at, zone) if item.published_at else "no date"
    facts = [when, item.byline or "no byline", count(item.words, "word"), item.part]
    facts += [item.language] if item.language else []
    facts += [count(item.quotes, "quote")] if item.quotes is not None else []
    facts += [f"page not read: {item.shortfall}"] if item.shortfall else []
    return (Run(item.title or "no title", "strong"), Run(f" ({'; '.join(facts)})", "quiet"))
