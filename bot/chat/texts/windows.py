"""Words of the options that say how far back a command looks, and how much it tells."""

from typing import Final

SINCE: Final = "How far back; the desk's own window if you give nothing"
SINCE_BRIEF: Final = (
    "How far back; without it since you left if that is known, else the desk's window"
)
LENGTH: Final = "How many stories at most"

HOURS: Final = {1: "1 hour", 3: "3 hours", 6: "6 hours", 12: "12 hours", 24: "24 hours"}
DAYS: Final = {2: "2 days", 3: "3 days", 7: "7 days"}
MIDNIGHT: Final = "midnight, on the desk's clock"
LAST_EDITION: Final = "the last edition in this channel"

SHORT: Final = "short: 3 stories"
USUAL: Final = "usual: the desk's number"
LONG: Final = "long: 12 stories"

NO_EDITION: Final = "No edition was posted in this channel yet. Give another since."
