"""Says in few words where the reports of a story differ in their figures."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from bot.cards import Note, Run
from bot.delivery.citing import citation, numbered
from bot.delivery.phrases import short_hour
from bot.news import Brief, Disagreement, FigureReport
from bot.text import squeeze

CLAIM: Final = "claim"
TOPICS: Final = {"aboard": "on board", "hospitalised": "in hospital"}
"""How a topic is said behind a figure where its name does not serve."""


def differing_notes(brief: Brief, zone: tzinfo, *, at_most: int | None = None) -> Iterator[Note]:
    """Return a line for each disagreement, `at_most` of them: outlets, figures, hours, numbers.

    "Reports differ: Harbour Courier 12 dead (4 Mar, 14:05) [1], Coast Monitor at least 15 …"
    """
    for disagreement in brief.disagreements[:at_most]:
        yield Note(tuple(_runs(brief, disagreement, zone)))


def _runs(brief: Brief, disagreement: Disagreement, zone: tzinfo) -> Iterator[Run]:
    subject = disagreement.subject
    yield Run(f"Reports differ ({squeeze(subject.words)}): " if subject else "Reports differ: ")
    topic = disagreement.topic
    for position, report in enumerate(disagreement.reports):
        told = f" {TOPICS.get(topic, topic)}" if topic not in {"", CLAIM} and not position else ""
        facts = "; ".join(_facts(brief, disagreement, report, zone))
        colon = ":" if topic == CLAIM else ""
        text = f"{squeeze(report.outlet)}{colon} {squeeze(report.words.words)}{told}"
        yield Run(f"{', ' if position else ''}{text}{f' ({facts})' if facts else ''}")
        yield citation(brief.references, report.words.span.article_id, named=False)


def _facts(
    brief: Brief, disagreement: Disagreement, report: FigureReport, zone: tzinfo
) -> Iterator[str]:
    """Return who says so, how sure it is where that differs, and when it was published."""
    if report.speaker is not None:
        yield squeeze(report.speaker.words)
    if disagreement.kind == "standing" and report.standing != "stated":
        yield report.standing
    _, reference = numbered(brief.references, report.words.span.article_id)
    if reference.published_at:
        yield short_hour(reference.published_at, zone)
