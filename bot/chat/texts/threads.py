"""What the chat says in stories' threads."""

from typing import Final

from bot.news import ThreadMode

DISCUSSED: Final = "Discussed in <#{thread}>."
ARCHIVED: Final = "Discussed in <#{thread}>, which was archived: writing there opens it again."
LOCKED: Final = "Discussed in <#{thread}>. It is locked: a moderator can unlock it."
REOPENED: Final = "Its thread was deleted; discussed in <#{thread}> from now on."
NO_THREADS: Final = "{where} takes no threads."
NOT_YET: Final = "I cannot discuss in {where} yet. Give me there: {missing}."
NO_THREAD: Final = "The thread of this story is no thread any more."
ASK: Final = "What would you like to know about this story?"
NO_STORY: Final = "No story is discussed here, so there is nothing to set."

MODES: Final[dict[ThreadMode, str]] = {
    "questions": "Questions, mentions and replies",
    "mentions": "Mentions and replies only",
    "all": "Every message",
}
CHOOSE: Final = "What I answer here"
ANSWERED: Final[dict[ThreadMode, str]] = {
    "questions": (
        "I answer here from this story's sources: messages that end in a question mark, mentions "
        "of me and replies to me."
    ),
    "mentions": "I answer here from this story's sources: mentions of me and replies to me.",
    "all": "I answer every message here from this story's sources.",
}
UNREAD: Final = (
    "I answer here from this story's sources when you mention me or reply to me with a ping: "
    "without the Message Content Intent I cannot read other messages."
)
