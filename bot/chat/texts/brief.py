"""Words of `/brief`."""

from typing import Final

COMMAND: Final = "A briefing of the day, now"
ABOUT: Final = "Only stories with these words"
