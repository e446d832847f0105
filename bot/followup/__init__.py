"""From a question about a story to an answer in the words of that story's own sources."""

from bot.followup.answers import answer

__all__ = ["answer"]
