"""Finds indirect speech in a sentence without marks: "Ruiz said that …", "…, Ruiz said"."""

from typing import Final, NamedTuple

from bot.quotes.clauses import Clause, Parser
from bot.quotes.governing import is_good

MIN_CONTENT: Final = 3
"""Tokens of what is reported; fewer are an object ("said nothing", "told lies")."""
MAX_BEHIND: Final = 8
"""Tokens that may follow the verb at the end of a sentence: a time, a place, a listener."""
PLAIN: Final = ("before", "after", "shared", "according")


class Reported(NamedTuple):
    """The clause that says who spoke, and the tokens of what, first and last included."""

    clause: Clause
    content: tuple[int, int]
    before_cue: bool


def find_reported(parser: Parser) -> Reported | None:
    """Return the outermost indirect speech of a sentence, if it is one and nobody denies it."""
    for cue in parser.cues:
        if parser.reader.low(cue) in parser.words.weak_cues:
            continue
        clause = _clause(parser, cue)
        if clause.shape not in PLAIN or not is_good(clause, parser, parser.words):
            continue
        if _is_denied(parser, clause):
            return None
        found = _behind(parser, clause) or _in_front(parser, clause)
        if found:
            return found
    return None


def _clause(parser: Parser, cue: int) -> Clause:
    """Return the clause of a cue, turned round behind a comma: "prices rise, said Ruiz"."""
    clause = parser.clause(cue)
    turned = clause.subject is None and parser.reader.is_mark(cue - 1, ",")
    return (parser.inverted(cue) if turned else None) or clause


def _is_denied(parser: Parser, clause: Clause) -> bool:
    """Tell whether the article says that somebody did not say it: declined to, didn't."""
    subject = clause.subject
    start = subject.last + 1 if subject and subject.last < clause.cue[0] else clause.cue[0]
    lows = [token.low for token in parser.tokens[start : clause.cue[0]]]
    return any(low in parser.words.withholding or low.endswith("n't") for low in lows)


def _behind(parser: Parser, clause: Clause) -> Reported | None:
    """Read what follows: "Ruiz said (that) prices rise", "according to Ruiz, prices rise"."""
    stop = len(parser.tokens)
    if clause.shape == "according":
        opens = clause.first == 0 and parser.reader.is_mark(clause.last + 1, ",")
        return _content(clause, clause.last + 2, stop, front=False) if opens else None
    if clause.shape == "after":
        return None
    start = _skip_listener(parser, clause.cue[1] + 1)
    linked = parser.reader.low(start) in parser.words.that_words
    if not linked and parser.reader.low(clause.cue[0]) not in parser.words.clausal:
        return None
    found = _content(clause, start + linked, stop, front=False)
    return found if linked or (found and _has_verb(parser, found)) else None


def _skip_listener(parser: Parser, i: int) -> int:
    """Skip "reporters", "on Monday" and "in Vale" between a verb and what it introduces."""
    reader = parser.reader
    if reader.low(i - 1) in parser.words.telling:
        listener = reader.starting(i)
        i = listener.last + 1 if listener else i
    while i < len(parser.tokens) and (
        reader.is_time(i)
        or reader.is_skipped(i)
        or (reader.low(i) in parser.words.time_links and i + 1 < len(parser.tokens))
    ):
        i += 1
    behind_comma = reader.is_mark(i, ",") and reader.low(i + 1) in parser.words.that_words
    return i + behind_comma


def _in_front(parser: Parser, clause: Clause) -> Reported | None:
    """Read what stands before: "prices rise, Ruiz said", "…, according to Ruiz"."""
    reader = parser.reader
    first = clause.first if clause.shape != "after" else clause.cue[0]
    comma = first - 1
    if comma < MIN_CONTENT or not reader.is_mark(comma, ","):
        return None
    behind = len(parser.tokens) - 1 - max(clause.last, clause.cue[1])
    if behind > MAX_BEHIND or _opens_with_introduction(parser, comma):
        return None
    found = _content(clause, 0, comma, front=True)
    return found if found and _has_verb(parser, found) else None


def _opens_with_introduction(parser: Parser, comma: int) -> bool:
    """In "On Monday, Ruiz said …" the words before the comma are nobody's."""
    low = parser.reader.low(0)
    opens = low in parser.words.prepositions or low in parser.words.subordinators
    commas = sum(parser.reader.is_mark(k, ",") for k in range(comma))
    return opens and commas == 0


def _has_verb(parser: Parser, found: Reported) -> bool:
    """Tell a clause from an object: "said prices would rise" from "announced plans for Vale"."""
    lexicon = parser.words
    first, last = found.content
    return any(
        token.low in lexicon.auxiliaries
        or token.low in lexicon.being
        or token.low in lexicon.cues
        or token.low.endswith(lexicon.past_endings or ("\0",))
        for token in parser.tokens[first + 1 : last + 1]
        if token.kind == "word"
    )


def _content(clause: Clause, first: int, stop: int, *, front: bool) -> Reported | None:
    if stop - first < MIN_CONTENT:
        return None
    return Reported(clause, (first, stop - 1), front)
