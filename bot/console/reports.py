"""What the terminal desk says of reports: the list of them, and decisions."""

import re
from datetime import datetime
from typing import Final

from bot import desk_reports
from bot.cards import Card, Paragraph, Run
from bot.console.stories import EDITOR
from bot.delivery.reporting import rulings_card
from bot.desk import Desk

COMMANDS: Final = {
    "corrections [confirm|dismiss|undo NUMBER]": "what was reported as wrong and what was decided, "
    "or decide on one report",
}
DECIDE: Final = {
    "confirm": (desk_reports.confirm, "Report {id} is confirmed and remembered."),
    "dismiss": (desk_reports.dismiss, "Report {id} is dismissed; nothing changes."),
    "undo": (desk_reports.undo, "Report {id} is undone; the story is told as before."),
}
HOW: Final = "Write it like `corrections`, or `corrections confirm 3`; also dismiss and undo."


async def corrections(desk: Desk, line: str, now: datetime) -> Card:
    """List the reports, or decide on one of them.

    Raises:
        UnknownError: there is no such report, or it was decided otherwise.
    """
    if not line.strip():
        return rulings_card(await desk_reports.rulings(desk), desk.zone)
    asked = re.fullmatch(r"(confirm|dismiss|undo) (\d{1,9})", line.strip().lower())
    if asked is None:
        return _say(HOW)
    decide, told = DECIDE[asked[1]]
    await decide(desk, int(asked[2]), by=EDITOR, now=now)
    return _say(told.format(id=asked[2]))


def _say(sentence: str) -> Card:
    return Card((Paragraph((Run(sentence),)),))
