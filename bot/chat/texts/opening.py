"""Words of what the *Open* menu leads to."""

from typing import Final

SOURCES: Final = "Sources"
QUOTES: Final = "Quotes"
DIFFER: Final = "Reports differ"
TIMELINE: Final = "Timeline"
CONTEXT: Final = "Context"
FOLLOW: Final = "Follow"
UNFOLLOW: Final = "Follow no longer"
SHOW_CONTEXT: Final = "In context"
NO_QUOTES: Final = "Nobody is quoted here."
ALL_QUOTES: Final = "Every statement found in the sources, each once; {quotes} in {sources}."
QUIET: Final = "This edition tells no story."
