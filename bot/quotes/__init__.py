"""From an article to its quotes: found, attributed, marked with what they are."""

from bot.quotes.find import find_quotes
from bot.quotes.lexicon import Lexicon

__all__ = ["Lexicon", "find_quotes"]
