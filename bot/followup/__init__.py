"""From a question about a story to an answer in the words of that story's own sources."""

from bot.followup.answers import REFUSAL, answer
from bot.followup.memory import running_summary
from bot.followup.vocabulary import QuestionWords, Vocabulary

__all__ = ["REFUSAL", "QuestionWords", "Vocabulary", "answer", "running_summary"]
