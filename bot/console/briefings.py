"""What the terminal desk does with one address, a question, and a briefing to take along."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Final, cast, get_args

from bot.cards import Card
from bot.delivery.edition import briefing_card
from bot.delivery.exported import Form, exported
from bot.desk import Desk
from bot.desk_briefings import show
from bot.desk_links import brief_link
from bot.errors import DeliveryError
from bot.source_desk.cards import said

COMMANDS: Final = {
    "link URL": "read one address on the web and brief it",
    "export [FORM] [ID]": "write the last briefing, or that of the id, to a file: markdown, json "
    "with its proof, or ninjs",
}
FORMS: Final[tuple[str, ...]] = get_args(Form)


async def link(desk: Desk, url: str, now: datetime) -> Card:
    """Return the briefing of what stands at a web address."""
    if not url:
        return said("Which address? Write it like `link https://courier.example/ferry`.")
    edition = await brief_link(desk, desk.tools.documents, url, now=now)
    return briefing_card(edition.briefing, desk.zone)


async def export(desk: Desk, typed: str, now: datetime) -> Card:
    """Write a briefing to a file in the working folder, and say which.

    Raises:
        DeliveryError: the file cannot be written.
        UnknownError: there is no such briefing.
    """
    form, _, briefing_id = typed.partition(" ")
    if (form or "markdown") not in FORMS:
        return said(f"A briefing is exported as {', '.join(FORMS)}; write it like `export json`.")
    dossier = await show(desk, briefing_id.strip() or "latest", now=now)
    name, content = exported(dossier, cast("Form", form or "markdown"), desk.zone)
    await asyncio.to_thread(_write, Path(name), content)
    return said(f"Written to {name}.")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise DeliveryError(f"{file}: cannot be written ({error.strerror}).") from error
