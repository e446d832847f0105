"""What `/newsroom` says."""

from typing import Final

NEWSROOM: Final = "Which newsroom answers you in direct messages"
NAME: Final = "Choose this one from now on"
ANSWERS: Final = "In direct messages {name} answers you."
NONE_CHOSEN: Final = "You have not chosen which newsroom answers you in direct messages."
YOURS: Final = "Your newsrooms: {names}."
UNKNOWN: Final = "You belong to no newsroom of that name. Yours are: {names}."
