"""What members reported as wrong and what editors decided, as a card."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from bot.cards import Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import short_hour
from bot.news import Ruling, WrongReport
from bot.text import squeeze

NOTHING: Final = "Nothing was reported yet."


def rulings_card(rulings: Sequence[Ruling], zone: tzinfo) -> Card:
    """Return the reports, each with its number, who made it, what it says and who decided what."""
    head = Heading("Corrections", 1)
    if not rulings:
        return Card((head, Paragraph((Run(NOTHING),))))
    items = tuple(_item(ruling, zone) for ruling in rulings)
    return Card((head, Bullets(items), Note((Run("The newest first, each with its number."),))))


def _item(ruling: Ruling, zone: tzinfo) -> tuple[Run, ...]:
    report = ruling.report
    made = f"{short_hour(report.made_at, zone)}, by member {report.made_by}"
    state: str = ruling.state
    if ruling.decided_at:
        state += f" {short_hour(ruling.decided_at, zone)} by member {ruling.decided_by}"
    return (
        Run(f"{ruling.id}: ", "strong"),
        Run(report_line(report)),
        Run(f" ({made}, on briefing {report.briefing_id}; {state})", "quiet"),
    )


def report_line(report: WrongReport) -> str:
    """Return what a report says, on one line."""
    if report.kind == "other":
        return f"something else: {squeeze(report.text)}"
    if report.kind == "split":
        many = len(report.article_ids)
        return f"wrong story: {many} of its reports {'tells' if many == 1 else 'tell'} of another."
    if report.kind == "merge":
        return "wrong story: it is one with another of the briefing."
    if report.kind == "not a quote":
        return "not a quote."
    who = squeeze(report.speaker.words) if report.speaker else "nobody who is named"
    return f"wrong speaker: it was {who}."
