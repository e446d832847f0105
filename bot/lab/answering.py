"""Questions about given articles: the answer in their own words, and where those stand."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from bot.followup import answer
from bot.lab.lines import Stage
from bot.lab.told import Told, to_article
from bot.language import load_lexicon, load_question_words, load_weights
from bot.news import Answer, Article, Passage, Quote, Reference, Span
from bot.quotes import find_quotes
from bot.text import squeeze

NEARBY: Final = 300
"""Characters between quoted words and their speaker within which a span holds both."""


class AnswerLine(msgspec.Struct):
    """A line for `lab answer`: a question, the one before it if any, and the articles."""

    id: str
    question: str
    articles: list[Told]
    previous: str = ""


def answer_stage() -> Stage:
    """Return the stage from one line, a question about articles, to its answer.

    The record is `{id, answer, spans}`, best first, with spans `{article, field, start, end}` in
    code points of the body, or of the title where `field` says so. A quote's span goes from its
    words to its speaker where they stand near one another. Without spans it is not there, and
    `answer` is the refusal.
    """
    weights, words = load_weights(), load_question_words()

    def answered(line: bytes) -> dict[str, Any]:
        asked = msgspec.json.decode(line, type=AnswerLine)
        articles = {told.id: to_article(told) for told in asked.articles}
        found = answer(
            asked.question,
            [_reference(article) for article in articles.values()],
            articles,
            {a.id: find_quotes(a.latest, load_lexicon()) for a in articles.values()},
            weights,
            words=words,
            previous=asked.previous,
        )
        spans = [span_record(span) for span in evidence(found)]
        return {"id": asked.id, "answer": _text(found), "spans": spans}

    return answered


def evidence(found: Answer) -> Iterator[Span]:
    """Return where the words of the answer stand, in its order."""
    for sentence in found.sentences:
        for passage in sentence.passages():
            yield passage.span
    for quote in found.quotes:
        yield _with_speaker(quote)


def span_record(span: Span) -> dict[str, Any]:
    """Return a span as the lab prints it."""
    return {
        "article": span.article_id,
        "field": span.field,
        "start": span.start,
        "end": span.end,
    }


def _with_speaker(quote: Quote) -> Span:
    first, last = quote.pieces[0].span, quote.pieces[-1].span
    start, end = first.start, last.end
    if quote.speaker:
        name = quote.speaker.name.span
        if name.field == first.field and name.start - end > -NEARBY and name.end - start < NEARBY:
            start, end = min(start, name.start), max(end, name.end)
    return msgspec.structs.replace(first, start=start, end=end)


def _reference(article: Article) -> Reference:
    latest = article.latest
    title = latest.whole_title() if latest.title else None
    return Reference(article.id, latest.number, article.outlet, title, "", article.published_at)


def _text(found: Answer) -> str:
    """Return the answer as lines: sentences, then quoted words with who said them."""
    if found.refusal:
        return found.refusal
    lines = [_words(tuple(s.passages())) for s in found.sentences]
    for quote in found.quotes:
        speaker = f" ({squeeze(quote.speaker.name.words)})" if quote.speaker else ""
        lines.append(f"“{_words(quote.pieces)}”{speaker}")
    return "\n".join(lines)


def _words(passages: Sequence[Passage]) -> str:
    return " … ".join(squeeze(passage.words) for passage in passages)
