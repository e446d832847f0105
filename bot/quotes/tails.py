"""Finds the clause right behind a quoted stretch: "said X", "X said", "X, an aside, said"."""

from bot.quotes.clauses import Clause, Parser
from bot.quotes.subjects import MAX_ASIDE


def read_tail(parser: Parser, i: int) -> Clause | None:
    """Return the clause that begins at token `i`, right after a stretch."""
    reader = parser.reader
    start = i
    while i < len(parser.tokens) and _may_precede(parser, i):
        i += 1
    if i >= len(parser.tokens):
        return None
    if i not in parser.cues:
        return _subject_first(parser, i)
    participle = reader.low(i).endswith(parser.words.participle_endings)
    goes_on = participle or _follows_and(parser, start, i)
    return None if goes_on else parser.inverted(i)


def _may_precede(parser: Parser, i: int) -> bool:
    low = parser.reader.low(i)
    return (
        parser.reader.is_mark(i, ",—–-.")
        or parser.reader.is_skipped(i)
        or low in parser.words.as_words
        or low in parser.words.ands
    )


def _follows_and(parser: Parser, start: int, stop: int) -> bool:
    """In "…," and referred a reporter to a letter, the reporter does not speak."""
    return any(parser.reader.low(k) in parser.words.ands for k in range(start, stop))


def _subject_first(parser: Parser, i: int) -> Clause | None:
    """Return "Ana Ruiz, a farmer from Vale, later told reporters" that begins at `i`."""
    if parser.tokens[i].kind in ("mark", "quote"):
        return None
    for cue in parser.cues:
        if cue <= i or parser.tokens[cue].low.endswith(parser.words.participle_endings):
            continue
        if cue - i > MAX_ASIDE or any(t.kind == "quote" for t in parser.tokens[i:cue]):
            return None
        clause = parser.clause(cue)
        if clause.subject and clause.shape in ("before", "shared") and clause.first == i:
            return clause
        return _over_asides(parser, i, cue)
    return None


def _over_asides(parser: Parser, i: int, cue: int) -> Clause | None:
    """Return "Ana Ruiz, head of the Board for Roads, Rails and Canals, told reporters"."""
    behind = parser.skip_back(cue - 1)
    subject = parser.reader.starting(i, cue)
    if subject is None or behind <= subject.last or subject.last + 1 >= cue:
        return None
    opens = parser.reader.is_mark(subject.last + 1, ",(—–")
    closes = parser.reader.is_mark(behind, ",)—–")
    plain = subject.kind == "name" and parser.reader.low(cue) not in parser.words.weak_cues
    if not opens or not (closes or (plain and _is_one_aside(parser, subject.last + 2, cue))):
        return None
    return Clause((cue, cue), subject, "before", i, cue)


def _is_one_aside(parser: Parser, start: int, cue: int) -> bool:
    """Tell whether what stands after a name tells only what it is: its last comma is missing."""
    inside = range(start, cue)
    marked = any(parser.tokens[k].kind == "mark" and parser.tokens[k].low != "+" for k in inside)
    return not marked and any(parser.reader.is_role(k) for k in inside)
