"""Gives what came of a command on sources as JSON, for machines."""

import re
from datetime import datetime
from typing import Any, Final

import msgspec

from bot.news import Subscription
from bot.source_desk.health import Health, state_of
from bot.source_desk.keeping import Listing
from bot.source_desk.printing import BIDI
from bot.source_desk.trial import Trial

STEERING: Final = re.compile(f"[\x7f-\x9f{''.join(BIDI)}]")
"""What may stand in JSON as it is and steers a terminal all the same."""

STATES: Final = ("failing", "gone", "paused", "moved", "stale", "partly", "waiting")
POLL_FIELDS: Final = (
    "interval_seconds", "next_at", "checked_at", "read_at", "changed_at", "failures",
    "failing_since", "reason", "moved_to",
)  # fmt: skip


def listing_json(found: Listing, now: datetime) -> str:
    """Return the sources as a JSON list, each with its state and how its polls go."""
    return _json([_source(one, now) for one in found.shown])


def health_json(found: Health) -> str:
    """Return the counts, and the sources of each state but `well`."""
    lists = {state: getattr(found, state) for state in STATES}
    return _json(
        {
            "total": found.total,
            "well": len(found.well),
            "last_read_at": found.last_read_at,
            "late_since": found.late_since,
            **{state: [_source(one, found.now) for one in ones] for state, ones in lists.items()},
        }
    )


def trial_json(found: Trial) -> str:
    """Return all that a trial found."""
    return _json(found)


def _source(one: Subscription, now: datetime) -> dict[str, Any]:
    return {
        "address": one.address,
        "outlet": one.outlet,
        "publisher": one.publisher,
        "folder": one.folder,
        "urgent": one.urgent,
        "configured": one.configured,
        "added_at": one.added_at,
        "state": state_of(one, now=now),
        **{name: getattr(one.poll, name) for name in POLL_FIELDS},
        "unread": one.poll.unread,
    }


def _json(value: object) -> str:
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
