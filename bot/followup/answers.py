"""Answers a question about a story from the story's own sources, or says that it is not there."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.followup.evidence import Sources, gather
from bot.followup.finding import find, nearest
from bot.followup.found import Found
from bot.followup.questions import (
    Question,
    points_at_somebody,
    read_question,
    resolved,
)
from bot.followup.vocabulary import QuestionWords, Vocabulary
from bot.news import Answer, Article, Quote, Reference, Sentence
from bot.text import squeeze
from bot.weights import WordWeights

REFUSAL = "Not in the sources of this story."


def answer(  # noqa: PLR0913, PLR0917 - the question, the thread before it, and all of the story
    question: str,
    references: Sequence[Reference],
    articles: Mapping[str, Article],
    quotes: Mapping[str, Sequence[Quote]],
    weights: WordWeights,
    *,
    words: QuestionWords,
    previous: str = "",
) -> Answer:
    """Return the answer in words of the listed articles' latest revisions, or a refusal.

    The mappings are by article id, and what is not in them is not searched: whoever calls leaves
    out what is held. `previous` is the question before this one, for "he", "she", "it", "that".

    An answer has at most three sentences and three quotes; one for the order of things has six. Its
    references are those given, in their order, so that numbers mean the same as on the story's
    card; an article that has changed since is listed in its latest revision and marked as
    corrected. A refusal names the outlet that comes nearest by that number, and no words of it.

    Only the first 2,000 characters of a question are read, and the answer repeats no more of them.
    """
    vocabulary = Vocabulary(weights, words)
    sources = gather(references, articles, quotes, vocabulary)
    listed = tuple(_current(reference, articles) for reference in references)
    asked = _in_context(read_question(question, vocabulary), previous, sources)
    found = find(asked, sources)
    if not found:
        return Answer(asked.text, (), (), listed, _refusal(asked, sources, listed))
    sentences = tuple(Sentence.taken(passage, a.outlet) for passage, a in found.passages)
    return Answer(asked.text, sentences, found.quotes, listed)


def _current(reference: Reference, articles: Mapping[str, Article]) -> Reference:
    article = articles.get(reference.article_id)
    if article is None or article.latest.number == reference.revision:
        return reference
    latest = article.latest
    title = latest.whole_title() if latest.title else None
    return replace(reference, revision=latest.number, title=title, corrected=True)


def _in_context(asked: Question, previous: str, sources: Sources) -> Question:
    """Return the question with what it leaves open filled in from the one before."""
    if not previous.strip():
        return asked
    before = read_question(previous, sources.vocabulary)
    if points_at_somebody(asked) and not any(t.is_fact for t in (*before.speaker, *before.terms)):
        return resolved(
            asked, read_question(_speaker(find(before, sources)) or previous, sources.vocabulary)
        )
    return resolved(asked, before)


def _speaker(found: Found) -> str:
    """Return who spoke first in what was found, as words of a question."""
    for quote in found.quotes:
        if quote.speaker:
            return f"What did {squeeze(quote.speaker.name.words)} say?"
    return ""


def _refusal(asked: Question, sources: Sources, listed: Sequence[Reference]) -> str:
    article = nearest(asked, sources)
    if article is None:
        return REFUSAL
    number = next(n for n, r in enumerate(listed, start=1) if r.article_id == article.id)
    return f"{REFUSAL} The nearest thing is in {squeeze(article.outlet)} [{number}]."
