"""Words of `/export`."""

from typing import Final

COMMAND: Final = "A briefing as a file: Markdown, JSON with its proof, or ninjs"
FORM: Final = "Which kind of file"
BRIEFING: Final = "Its id, as its foot says; without it the last edition of this channel"

MARKDOWN: Final = "Markdown, to read and to edit"
JSON: Final = "JSON with its sources; nutgraf verify proves it"
NINJS: Final = "ninjs, for editorial systems"

NONE_YET: Final = "There is no briefing yet. /brief makes one."
DONE: Final = "Briefing {id}, {stories}, as a file."
