"""From a question about a story to an answer in the words of that story's own sources."""

from bot.followup.answers import answer
from bot.followup.memory import running_summary

__all__ = ["answer", "running_summary"]
