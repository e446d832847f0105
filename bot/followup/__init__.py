"""From a question about a story to an answer in the words of that story's own sources."""

from bot.followup.answers import REFUSAL, answer
from bot.followup.vocabulary import QuestionWords

__all__ = ["REFUSAL", "QuestionWords", "answer"]
