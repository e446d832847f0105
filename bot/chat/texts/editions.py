"""Words of editions: their buttons and their menu."""

from typing import Final

DISCUSS: Final = "Discuss"
OPEN: Final = "Open"
MENU: Final = "Open: sources, quotes, context, follow …"
WHOLE: Final = "The whole edition"
WHOLE_IS: Final = "Every story with all its sentences and sources"
