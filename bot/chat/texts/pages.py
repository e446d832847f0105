"""Words of answers in pages."""

from typing import Final

BACK: Final = "◀"
ON: Final = "▶"
PAGE: Final = "-# Page {number} of {of}"
GONE: Final = "This list is not kept any more. Ask for it again."
