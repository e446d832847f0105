"""Finds through whom a statement reached the article: outlets told, read, cited or reporting."""

from collections.abc import Iterator

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Bounds, Mention
from bot.quotes.phrases import Reader

BRINGERS = frozenset(
    {
        "told",
        "tell",
        "tells",
        "telling",
        "to",
        "with",
        "in",
        "by",
        "on",
        "from",
        "for",
        "citing",
        "per",
    }
)


def is_outlet(mention: Mention, lexicon: Lexicon) -> bool:
    """Tell whether a name is an outlet's: "the Wall Street Journal", "NBC", "Radio Meridian"."""
    if mention.kind != "name":
        return False
    words = mention.words
    if len(words) == 1:
        return words[0] in lexicon.outlet_acronyms
    return (words[-1] in lexicon.outlet_words or words[0] in lexicon.outlet_words) and not (
        words[0] in lexicon.male_names or words[0] in lexicon.female_names
    )


def outlets(reader: Reader, lexicon: Lexicon) -> Iterator[Bounds]:
    """Return the outlets that a sentence says something was told to, published in or cited from."""
    for mention in reader.names():
        if not is_outlet(mention, lexicon):
            continue
        before = mention.first - 1
        while before > 0 and reader.low(before) in lexicon.determiners:
            before -= 1
        if reader.low(before) in BRINGERS:
            yield mention.bounds
