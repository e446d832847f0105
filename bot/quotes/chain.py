"""Finds through whom a statement reached the article: outlets told, read, cited or reporting."""

from collections.abc import Iterator

from bot.quotes.clauses import Clause, Parser
from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Bounds, Mention
from bot.quotes.names import Names


def is_outlet(mention: Mention, lexicon: Lexicon) -> bool:
    """Tell whether a name is an outlet's: "the Wall Street Journal", "NBC", "Radio Meridian"."""
    if mention.kind != "name":
        return False
    words = mention.words
    if len(words) == 1:
        return words[0] in lexicon.outlet_acronyms
    if words[0] in lexicon.male_names or words[0] in lexicon.female_names:
        return False
    return words[-1] in lexicon.outlet_words or (
        words[0] in lexicon.outlet_acronyms or words[0] in lexicon.outlet_openers
    )


def outlet_in(mention: Mention, reader: Names, lexicon: Lexicon) -> Bounds | None:
    """Return the outlet named in a noun phrase: "a report in the Wall Street Journal"."""
    if mention.kind == "name":
        return mention.bounds if is_outlet(mention, lexicon) else None
    for name in reader.names():
        inside = mention.bounds[0] <= name.bounds[0] and name.bounds[1] <= mention.bounds[1]
        if inside and is_outlet(name, lexicon):
            return name.bounds
    return None


def is_reporter(mention: Mention, reader: Names, lexicon: Lexicon) -> bool:
    """Tell whether a speaker only passes on what others said: an outlet or a news agency."""
    return mention.head in lexicon.reporters or outlet_in(mention, reader, lexicon) is not None


def outlets(parser: Parser, governing: Clause | None, lexicon: Lexicon) -> Iterator[Bounds]:
    """Return the outlets that a sentence says something was told to, published in or cited from."""
    reader = parser.reader
    for mention in reader.names():
        if not is_outlet(mention, lexicon):
            continue
        before = mention.first - 1
        while before > 0 and reader.low(before) in lexicon.determiners:
            before -= 1
        if reader.low(before) in lexicon.bringers or _reports(mention, parser, governing):
            yield mention.bounds


def _reports(mention: Mention, parser: Parser, governing: Clause | None) -> bool:
    """Tell whether the outlet is the subject of another clause: "…", the Courier reported."""
    for cue in parser.cues:
        if parser.reader.low(cue) not in parser.words.reporting or (
            governing and cue == governing.cue[0]
        ):
            continue
        subject = parser.clause(cue).subject
        if subject and subject.bounds[0] <= mention.bounds[0] < subject.bounds[1]:
            return True
    return False
