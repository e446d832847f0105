"""From a question about a story to an answer in the words of that story's own sources."""

from bot.followup.answers import answer
from bot.followup.vocabulary import QuestionWords

__all__ = ["QuestionWords", "answer"]
