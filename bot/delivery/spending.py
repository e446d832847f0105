"""The card that says what models cost today and this week."""

from collections.abc import Sequence
from datetime import date

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count
from bot.money import SpendingReport, amount_of, in_words, unsettled_of
from bot.ports import Spent

NOBODY = "No model was asked."


def spending_card(report: SpendingReport) -> Card:
    """Return the card: sums first, then a line for each desk, task and model."""
    currency = report.currency
    ceilings = (
        f"A desk may spend {in_words(report.desk_ceiling, currency)} in a day, all desks together "
        f"{in_words(report.total_ceiling, currency)}."
    )
    blocks: list[Block] = [
        Heading("What models cost", 1),
        *_part(f"Today, {_written(report.day)}", report.today, currency),
        *_part(f"This week, since {_written(report.monday)}", report.week, currency),
        Note((Run(ceilings, "quiet"),)),
    ]
    if unsettled_of(report.week):
        unsettled = (
            "What is not settled was set aside for calls that are under way, or whose process "
            "died; it counts as spent."
        )
        blocks.append(Note((Run(unsettled, "quiet"),)))
    return Card(tuple(blocks))


def _part(title: str, spent: Sequence[Spent], currency: str) -> list[Block]:
    heading = Heading(title)
    if not spent:
        return [heading, Paragraph((Run(NOBODY),))]
    total = in_words(amount_of(spent), currency) + _unsettled(unsettled_of(spent), currency)
    lines = tuple((Run(_line(one, currency)),) for one in spent)
    return [heading, Paragraph((Run(f"{total}.", "strong"),)), Bullets(lines)]


def _line(one: Spent, currency: str) -> str:
    return (
        f"Desk {one.desk}, {one.task} by {one.model}: {in_words(one.amount, currency)}"
        f"{_unsettled(one.unsettled, currency)}, {count(one.calls, 'call')}, "
        f"{count(one.tokens_in, 'token')} read and {one.tokens_out:,} written."
    )


def _unsettled(amount: int, currency: str) -> str:
    return f" ({in_words(amount, currency)} of it not settled)" if amount else ""


def _written(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
