"""Finds whose reports an article relies on at second hand: outlets, documents, bodies."""

from collections.abc import Iterator

from bot.news import Passage, Revision, SecondHand, SecondHandKind
from bot.paragraphs import Paragraph
from bot.quotes.chain import is_outlet
from bot.quotes.clauses import Parser
from bot.quotes.cutting import CutText
from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Bounds, Mention
from bot.quotes.sentences import Sentence
from bot.text import fold

Found = tuple[Bounds, SecondHandKind]


def find_second_hand(revision: Revision, lexicon: Lexicon) -> tuple[SecondHand, ...]:
    """Return whose reports the body relies on at second hand, each once, in text order.

    `name` is the name where it first stands so used, `claim` the sentence. An outlet that somebody
    only talked to is not in it, nor is anything in captions, credits and teasers.
    """
    return second_hand_in(revision, CutText(revision.body, lexicon))


def second_hand_in(revision: Revision, cut: CutText) -> tuple[SecondHand, ...]:
    """Return the same of a body that is cut already."""
    found: list[SecondHand] = []
    seen: set[str] = set()
    told = (n for n, paragraph in enumerate(cut.paragraphs) if paragraph.role == "story")
    for sentence, parser in (pair for number in told for pair in cut.parsed(number)):
        for (start, end), kind in _relied_on(parser, cut.words):
            key = fold(cut.text[start:end])
            if key not in seen:
                seen.add(key)
                name = revision.passage("body", start, end)
                found.append(SecondHand(name, kind, _claim(revision, sentence, cut.paragraphs)))
    return tuple(found)


def _claim(revision: Revision, sentence: Sentence, paragraphs: tuple[Paragraph, ...]) -> Passage:
    """The sentence with its end mark and the marks around it."""
    text, end = revision.body, sentence.end
    stop = paragraphs[sentence.paragraph].end
    while end < stop and text[end] in ".!?”\"’')":
        end += 1
    return revision.passage("body", sentence.start, end)


def _relied_on(parser: Parser, lexicon: Lexicon) -> Iterator[Found]:
    low = [token.low for token in parser.tokens]
    if not lexicon.cues or not (parser.cues or lexicon.studies.intersection(low)):
        return
    for cue in parser.cues:
        if low[cue] in lexicon.source_cues:
            yield from _according(parser, cue, lexicon)
        elif low[cue] in lexicon.reporting or low[cue] in lexicon.issuing:
            yield from _reporting(parser, cue, lexicon)
    yield from _issuing(parser, lexicon)


def _according(parser: Parser, cue: int, lexicon: Lexicon) -> Iterator[Found]:
    """Read what follows "according to": an outlet, a document, a body; people are speakers."""
    subject = parser.clause(cue).subject
    if subject is None:
        return
    last = max(
        subject.last, parser.reader.skip_prepositional(subject.last + 1, len(parser.tokens)) - 1
    )
    inside = [n for n in parser.reader.names() if subject.first <= n.first <= last]
    for name in inside:
        if is_outlet(name, lexicon):
            yield name.bounds, "outlet"
            return
    kind = _kind(subject, lexicon)
    if kind:
        yield _body_of(subject, parser) or subject.bounds, kind


def _kind(subject: Mention, lexicon: Lexicon) -> SecondHandKind | None:
    words = {*subject.words, subject.head}
    if subject.kind == "nominal":
        if words & lexicon.public_bodies:
            return "body"
        return (
            "document"
            if (subject.head in lexicon.document_nouns or subject.head in lexicon.studies)
            else None
        )
    if subject.kind == "name" and words & lexicon.org_words and not subject.role:
        return "body"
    return None


def _body_of(subject: Mention, parser: Parser) -> Bounds | None:
    """Return "U.N. commission" of "a U.N. commission's tally": without determiner and tally."""
    tokens = parser.tokens
    first = subject.first
    while first < subject.last and tokens[first].low in parser.words.determiners:
        first += 1
    for i in range(first, subject.last + 1):
        if tokens[i].possessive:
            return tokens[first].start, tokens[i].end
    if first == subject.first:
        return None
    return tokens[first].start, subject.bounds[1]


def _reporting(parser: Parser, cue: int, lexicon: Lexicon) -> Iterator[Found]:
    """Read "the Courier reported" and "reported the Courier"."""
    subject = parser.clause(cue).subject
    if subject is None:
        return
    if subject.kind == "name" and is_outlet(subject, lexicon):
        yield subject.bounds, "outlet"
    elif subject.kind == "nominal":
        for name in parser.reader.names():
            if subject.first <= name.first <= subject.last and is_outlet(name, lexicon):
                yield name.bounds, "outlet"


def _issuing(parser: Parser, lexicon: Lexicon) -> Iterator[Found]:
    """Read "Harbour Watch published a new report accusing …": a body with its own document."""
    reader = parser.reader
    for i, token in enumerate(parser.tokens):
        if token.kind != "word" or token.low not in lexicon.issuing:
            continue
        ahead = {t.low for t in parser.tokens[i + 1 : i + 6] if t.kind == "word"}
        if not ahead & lexicon.studies:
            continue
        last = i - 1
        if reader.is_mark(last, ")"):
            while last > 0 and not reader.is_mark(last, "("):
                last -= 1
            last -= 1
        subject = reader.ending(last) if last >= 0 else None
        if subject and subject.kind == "name" and not is_outlet(subject, lexicon):
            yield subject.bounds, "body"
