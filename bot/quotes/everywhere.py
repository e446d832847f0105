"""Says whether words stand anywhere in the archive as somebody claims that they do."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.news import Verdict
from bot.quotes.lexicon import Lexicon
from bot.quotes.qualifiers import Qualifiers
from bot.quotes.verify import Sources, verify_words

if TYPE_CHECKING:
    from bot.ports import Wordings

MAX_SOURCES: Final = 6
"""Texts that are read for one question: those that the index holds for likeliest."""


async def verify_everywhere(
    words: str,
    wordings: "Wordings",
    *,
    lexicon: Lexicon,
    qualifiers: Qualifiers,
    now: datetime,
    speaker: str = "",
) -> Verdict:
    """Return what became of the words in all stored texts; see `verify_words` for the verdicts.

    The index only proposes texts: each is read, and only what stands in it counts. Words that the
    index does not propose a text for are not found. Where more texts hold the words than are read,
    a speaker whom only the others name is not confirmed. Articles that are held at `now` are
    neither read nor named.

    Raises:
        ArchiveError: the store cannot be read, so that nothing can be said of the words.
        ValueError: `now` is not aware.
    """
    texts = await wordings.find_texts(words, now=now, limit=MAX_SOURCES)
    return verify_words(words, Sources(texts, lexicon, qualifiers), speaker=speaker)
