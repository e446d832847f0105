"""Words of `/help`."""

from typing import Final

COMMAND: Final = "What this bot can do, and what you may do"
TITLE: Final = "What this desk can do"
ROLE: Final = "You are a {role} of this newsroom. Small print is for others."
NEEDS: Final = " (for {role}s)"
MENU: Final = "Menu of a message: {name}"
MENU_HELP: Final = "right-click or hold a message, then Apps"
PUBLIC: Final = "Everybody in the channel sees the answers of {public}; all others you alone see."
