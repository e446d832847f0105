"""What the setup card says."""

from typing import Final

HELLO: Final = (
    "## Nutgraf is here\n"
    "Briefings whose quotations stand word for word in their sources. Three things to set, by "
    "those who may manage this server; /desk set changes them later."
)
ZONE: Final = "**Time zone**: {zone}"
OPERATIONS: Final = "**Operations channel** (hears of failures): {channel}"
NO_OPERATIONS: Final = "none yet"
ELSEWHERE: Final = "none yet; name it with /desk set in the server"
SOURCES: Final = "**Sources**: {count}"
NEXT: Final = "Then: /brief at any time, /schedule add for editions that come by themselves."
CHOOSE: Final = "Operations channel"
ZONE_BUTTON: Final = "Time zone"
SOURCE_BUTTON: Final = "First source"
PREVIEW_BUTTON: Final = "Preview a briefing"
ZONE_FORM: Final = "Time zone"
ZONE_LABEL: Final = "The clock that cards show"
ZONE_HINT: Final = "A name of the IANA database, such as Europe/London"
ZONE_SET: Final = "Cards show the clock of {zone} from now on."
OPERATIONS_SET: Final = "Operations are told in {channel} from now on."
