"""From an article's history to a card: when it changed, and what stood there before and after."""

from datetime import tzinfo

from bot.cards import Block, Bullets, Card, Heading, Note, Run
from bot.delivery.phrases import count, day_and_hour
from bot.news import Change, History, Step

HELD = "The article is held, so that none of its words are shown."


def history_card(history: History, zone: tzinfo) -> Card:
    """Return the revisions of an article, oldest first, each with its hashes and its changes.

    Words of the article stand without quotation marks but its own.
    """
    told = f"{history.outlet} · {count(len(history.steps), 'revision')}"
    blocks: list[Block] = [Heading(f"Article {history.article_id}", 1), Note((Run(told),))]
    if history.held:
        blocks.append(Note((Run(HELD),)))
    for step in history.steps:
        blocks += _step(step, zone)
    return Card(tuple(blocks))


def _step(step: Step, zone: tzinfo) -> list[Block]:
    head = f"Revision {step.number}, seen {day_and_hour(step.seen_at, zone)}"
    hashes = f"SHA-256 of the title {step.title_sha256}, of the body {step.body_sha256}"
    blocks: list[Block] = [Heading(head, 3), Note((Run(hashes, "quiet"),))]
    if step.changes:
        blocks.append(Bullets(tuple(map(_change, step.changes))))
    return blocks


def _change(change: Change) -> tuple[Run, ...]:
    told = [Run(change.kind, "strong")]
    for label, passage in (("before", change.before), ("now", change.after)):
        if passage:
            told += [Run(f" · {label}: ", "quiet"), Run(passage.words)]
    return tuple(told)
