"""Words of searches of the whole archive."""

from typing import Final

SEARCH: Final = "Search the archive"
MORE: Final = "More in the archive"
FOR_MEMBER: Final = "From the whole archive, for you alone."
FOUND: Final = "{articles} in the archive, the nearest first"
NOT_HERE: Final = "None in this window; from the whole archive, the newest first:"
NO_STORY: Final = "No story of this window is called that. The archive has:"
LONG: Final = "Of this question only the first 2,000 characters were read."
MENDED: Final = "Nobody here is called {asked}; searched for {taken}."
