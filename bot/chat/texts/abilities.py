"""What is said at the start of what works and what does not."""

from typing import Final

LACKING: Final = (
    "In {server} I lack permissions: {missing}. Give them to my role, or invite me anew with the "
    "link of `nutgraf invite`."
)
UNREAD: Final = (
    "Discord does not let me read messages, so that in threads I answer only where I am mentioned "
    "or replied to. Message Content Intent, at discord.com/developers/applications, changes that."
)
NO_OPERATIONS: Final = (
    "{server} has no operations channel, so whoever planned an edition is told of failures. "
    "/desk set names one."
)
GONE: Final = "The operations channel of {server} is gone. /desk set names another one."
CLOSED: Final = "I may not post in {channel}, the operations channel of {server}."
MODEL: Final = "a model, checked sentence by sentence"
EXTRACTIVE: Final = "the writer that needs no model"
