"""Words of `/story` and `/link`."""

from typing import Final

COMMAND: Final = "One story: what is told, who reports what, where they differ, how it came"
NAME: Final = "Which one: choose from the list, or give words from it"
NO_NUMBER: Final = "Stories have no numbers here: choose one from the list, or give words from it."
GONE: Final = "This story was withdrawn after the briefing was made."
WHO: Final = "Who reports it"
DIFFER: Final = "Where they differ"

LINK_COMMAND: Final = "Read one address on the web and brief it"
URL: Final = "The address, with https:// before it"
