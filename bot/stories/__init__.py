"""Articles → stories: which articles tell of one event, and which of them are copies."""

from bot.stories.group import group_articles

__all__ = ["group_articles"]
