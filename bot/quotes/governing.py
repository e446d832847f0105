"""Finds the clause that governs a stretch in its own sentence: right after, before, at its end."""

from bot.quotes.clauses import Clause, Parser
from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Mention, is_first_name
from bot.quotes.sentences import end_mark
from bot.quotes.tails import read_tail

NEAR: int = 4
"""Tokens after a stretch within which the clause that says who spoke must begin."""


def find_tail(text: str, parser: Parser, token: int) -> Clause | None:
    """Return "said X" or "X said" right after the stretch, if the stretch ends there."""
    if token + 1 >= len(parser.tokens):
        return None
    last = end_mark(text, parser.tokens[token])
    ended = parser.reader.is_mark(token + 1, ",—–-") or (last and last in ",?!.—–-…")
    inverted = token == 0 and token + 1 in parser.cues
    if not ended and not inverted:
        return None
    clause = read_tail(parser, token + 1)
    if clause is None or clause.subject is None or clause.first > token + NEAR:
        return None
    return _retold(clause, parser) or clause


def _retold(clause: Clause, parser: Parser) -> Clause | None:
    """Return the clause of Ruiz in "…," the paper quoted Ruiz as saying."""
    lexicon, reader = parser.words, parser.reader
    if reader.low(clause.cue[0]) not in lexicon.retelling:
        return None
    for cue in parser.cues:
        if cue > clause.cue[0] + 1 and reader.low(cue - 1) in lexicon.as_words:
            told = parser.clause(cue)
            return told if told.subject else None
    return None


def find_left(parser: Parser, token: int, lexicon: Lexicon) -> Clause | None:
    """Return the nearest good clause before the stretch, else the nearest with a subject."""
    fallback: Clause | None = None
    unknown = False
    for cue in reversed(parser.cues):
        if cue >= token or _is_shut(parser, cue, token):
            continue
        clause = parser.clause(cue)
        if _only_names(clause, parser, lexicon):
            return fallback
        if clause.subject is None or clause.last >= token:
            unknown = unknown or (clause.subject is None and _is_speech(clause, parser, lexicon))
            continue
        if is_good(clause, parser, lexicon):
            return clause._replace(shape="distant") if unknown else clause
        fallback = fallback or clause
    return fallback


def find_quoted_as(parser: Parser, token: int, lexicon: Lexicon) -> Clause | None:
    """Return the clause of "insurance for everybody", as Ruiz puts it."""
    if lexicon.as_words.isdisjoint(t.low for t in parser.tokens[token + 1 :]):
        return None
    for cue in parser.cues:
        ended = cue + 2 >= len(parser.tokens) or parser.tokens[cue + 2].kind == "mark"
        if cue <= token or not ended:
            continue
        clause = parser.clause(cue)
        if clause.subject is None or clause.subject.first <= token:
            continue
        if parser.reader.low(clause.subject.first - 1) in lexicon.as_words:
            return clause
    return None


def _only_names(clause: Clause, parser: Parser, lexicon: Lexicon) -> bool:
    """Tell whether a verb only tells a thing's name: a charity called “…”."""
    cue, subject = clause.cue[0], clause.subject
    if parser.reader.low(cue) not in lexicon.naming or subject is None:
        return False
    behind = cue + 1
    while parser.reader.is_skipped(behind) or parser.reader.is_mark(behind, ","):
        behind += 1
    quoted = behind < len(parser.tokens) and parser.tokens[behind].kind == "quote"
    thing = subject.kind == "nominal" and subject.head not in lexicon.people_nouns
    return quoted and thing and clause.shape == "before" and subject.last == cue - 1


def find_in_brackets(text: str, parser: Parser, token: int) -> Mention | None:
    """Return who stands in brackets right behind a finished stretch: "…." (Ana Ruiz, a farmer)."""
    reader = parser.reader
    ended = end_mark(text, parser.tokens[token]) in (".", "!", "?", "…")
    if not ended or not reader.is_mark(token + 1, "("):
        return None
    found = reader.starting(token + 2)
    if found is None or found.kind != "name" or found.first != token + 2:
        return None
    known = is_first_name(found.words[0], parser.words) and reader.is_mark(found.last + 1, ")")
    return found if found.role or known else None


def _is_speech(clause: Clause, parser: Parser, lexicon: Lexicon) -> bool:
    plain = clause.shape not in {"passive", "participle"}
    return plain and parser.reader.low(clause.cue[0]) not in lexicon.weak_cues


def find_right(parser: Parser, token: int, lexicon: Lexicon) -> Clause | None:
    """Return a clause after the stretch, not next to it: "…" would cost jobs, Ruiz said."""
    for cue in reversed(parser.cues):
        if cue <= token:
            return None
        clause = parser.clause(cue)
        after = clause.subject is not None and clause.subject.first > token
        if after and clause.shape != "passive" and is_good(clause, parser, lexicon):
            return clause
    return None


def is_good(clause: Clause, parser: Parser, lexicon: Lexicon) -> bool:
    """Tell whether a clause is speech by somebody who can speak."""
    subject = clause.subject
    if subject is None or parser.reader.low(clause.cue[0]) in lexicon.weak_cues:
        return False
    return (
        subject.kind != "nominal" or subject.head in lexicon.nouns or subject.head in lexicon.titles
    )


def is_told(parser: Parser, token: int) -> bool:
    """Tell whether somebody was told or asked something before the stretch, by nobody named."""
    return any(parser.clause(cue).shape == "passive" for cue in parser.cues if cue < token)


def _is_shut(parser: Parser, cue: int, token: int) -> bool:
    """Tell whether the cue stands in an aside between dashes or brackets that ends before."""
    if not any(t.kind == "mark" and t.low in ")—–" for t in parser.tokens[cue:token]):
        return False
    before = sum(t.kind == "mark" and t.low in "(—–" for t in parser.tokens[:cue])
    return before % 2 == 1
