"""The card of an answer to a question about a story."""

from collections.abc import Iterator
from datetime import tzinfo

from bot.cards import Block, Bullets, Card, Note, Paragraph, Run
from bot.delivery.citing import (
    numbered,
    quote_block,
    reference_runs,
    sentence_runs,
    source_lines,
)
from bot.delivery.phrases import count
from bot.news import MAX_QUERY_CHARS, Answer

LONG = f"Of this question only the first {MAX_QUERY_CHARS:,} characters were read."


def answer_card(answer: Answer, zone: tzinfo) -> Card:
    """Return the answer with its citations, or the refusal with what was searched.

    Numbers are those of the answer's references; only cited sources are listed, with local times
    in `zone`. The question is not repeated: it stands above the answer.
    """
    return Card(tuple(_refusal(answer) if answer.refusal else _found(answer, zone)))


def long_note(question: str) -> tuple[Note, ...]:
    """Return what is said of a question too long to be read whole; nothing of any other."""
    return (Note((Run(LONG),)),) if len(question) > MAX_QUERY_CHARS else ()


def _refusal(answer: Answer) -> Iterator[Block]:
    yield Paragraph((Run(answer.refusal),))
    if answer.references:
        yield Note((Run(f"Searched: {count(len(answer.references), 'source')}."),))
        yield source_lines(answer.references, {r.article_id for r in answer.references})


def _found(answer: Answer, zone: tzinfo) -> Iterator[Block]:
    if answer.sentences:
        yield Bullets(tuple(sentence_runs(answer.references, s) for s in answer.sentences))
    for quote in answer.quotes:
        yield quote_block(answer.references, quote)
    yield Note((Run("Sources"),))
    cited = {passage.span.article_id for passage in answer.passages()}
    lines = sorted((numbered(answer.references, i) for i in cited), key=lambda pair: pair[0])
    yield Bullets(tuple((Run(f"[{n}] "), *reference_runs(r, zone)) for n, r in lines))
