"""From an article to its quotes: found, attributed, marked with what they are."""

from bot.quotes.find import find_quotes
from bot.quotes.lexicon import Lexicon
from bot.quotes.second_hand import find_second_hand

__all__ = ["Lexicon", "find_quotes", "find_second_hand"]
