"""From an article to its quotes: found, attributed, marked with what they are."""

from bot.quotes.find import find_quotes
from bot.quotes.lexicon import Lexicon
from bot.quotes.second_hand import find_second_hand
from bot.quotes.statements import join_statements
from bot.quotes.verify import Sources, verify_words

__all__ = [
    "Lexicon",
    "Sources",
    "find_quotes",
    "find_second_hand",
    "join_statements",
    "verify_words",
]
