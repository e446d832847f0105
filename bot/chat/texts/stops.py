"""What `/kill`, `/hold`, `/release` and `/desk purge` say."""

from typing import Final

KILL: Final = "Withdraw a story or a quote everywhere, until it is released"
HOLD: Final = "Keep back a story or a quote while something is cleared up"
STORY: Final = "A story: nothing of it is told until it is released"
QUOTE: Final = "A quote, wherever it is printed"
RELEASE: Final = "Let go what was stopped; without a number: what is stopped"
PURGE: Final = "Remove the texts of an article for good; their hashes stay"

NAME: Final = "Words of the story, or its number in the last briefing"
WORDS: Final = "Words of the quote, three or more in a row"
REASON: Final = "Why; it stands in the audit"
NUMBER: Final = "The number of the stop"
ARTICLE: Final = "The id of the article, as a briefing's export has it"
FOR_GOOD: Final = "Yes, for good: nobody can bring the texts back"
NOT_SURE: Final = "Nothing was removed. Say for_good: True if the texts shall be gone for ever."
