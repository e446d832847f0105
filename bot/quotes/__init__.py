"""From an article to its quotes: found, attributed, marked with what they are."""

from bot.quotes.claims import find_claims
from bot.quotes.everywhere import verify_among
from bot.quotes.find import Heard, Speech, find_heard, find_indirect, find_quotes, find_speech
from bot.quotes.indirect import Indirect
from bot.quotes.lexicon import Lexicon
from bot.quotes.qualifiers import Qualifiers
from bot.quotes.referents import find_referents
from bot.quotes.second_hand import find_second_hand
from bot.quotes.statements import join_statements
from bot.quotes.verify import Sources, verify_words

__all__ = [
    "Heard",
    "Indirect",
    "Lexicon",
    "Qualifiers",
    "Sources",
    "Speech",
    "find_claims",
    "find_heard",
    "find_indirect",
    "find_quotes",
    "find_referents",
    "find_second_hand",
    "find_speech",
    "join_statements",
    "verify_among",
    "verify_words",
]
