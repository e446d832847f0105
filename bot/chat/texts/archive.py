"""Words of searches of the whole archive."""

from typing import Final

SEARCH: Final = "Search the archive"
MORE: Final = "More in the archive"
FOR_MEMBER: Final = "From the whole archive, for you alone."
FOUND: Final = "{articles} in the archive, the nearest first"
NOT_HERE: Final = "From the whole archive, the newest first, for you alone."
