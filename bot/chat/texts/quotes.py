"""Words of `/quotes`."""

from typing import Final

COMMAND: Final = "What was said: the key statements with their sources"
SPEAKER: Final = "Whose: a name, or a part of it"
ABOUT: Final = "Only from stories with these words"
HEAD: Final = "{statements} in {stories}, since {since}."
NO_QUOTE: Final = "None of these statements may be shown any more."
