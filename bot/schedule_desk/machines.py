"""The list of schedules for machines."""

from collections.abc import Sequence

import msgspec

from bot.schedule_desk.desk import Entry


def listing_json(entries: Sequence[Entry]) -> str:
    """Return a JSON list: each schedule with its words, next run and last occurrence."""
    listed = [
        {
            "words": entry.words,
            "next_run": entry.next_run,
            "schedule": entry.schedule,
            "last": entry.last,
        }
        for entry in entries
    ]
    return msgspec.json.format(msgspec.json.encode(listed), indent=2).decode() + "\n"
