"""What the chat says when it checks the quotations of a message."""

from typing import Final

NAME: Final = "Check quotes"
POST: Final = "Post in thread"
POSTED: Final = "Posted in {place}."
THREAD_NAME: Final = "Quotes of {author}, checked"
NO_TEXT: Final = (
    "I cannot read that message any more: it was deleted, or Discord gives its text to no bot "
    "without the Message Content Intent. Check it again from its menu and copy what you need."
)
NOT_ALLOWED: Final = "I cannot post it in {where} yet. Give me there: {missing}."
LOCKED: Final = "{where} is locked. A moderator can unlock it, or check the message elsewhere."
NO_HOME: Final = "{where} takes no threads."
YOU_MAY_NOT: Final = "You may not {doing} in {where}, so I do not post there for you."
START_THREADS: Final = "start threads"
WRITE_IN_THREADS: Final = "write in threads"
