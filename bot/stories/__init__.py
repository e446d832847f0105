"""Articles → stories: which articles tell of one event, and which of them are copies."""

from bot.stories.group import group_articles
from bot.stories.grouper import Grouper
from bot.stories.traits import Traits, TraitsReader
from bot.stories.words import StoryWords

__all__ = ["Grouper", "StoryWords", "Traits", "TraitsReader", "group_articles"]
