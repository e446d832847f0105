"""Makes the requests to a model: for the brief of a story, and for sentences written once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from bot.ports import ModelRequest, Payer
from bot.prompt_files import Edition, Prompt, Prompts
from bot.text import words
from bot.weights import WordWeights
from bot.writing.judging import Judged
from bot.writing.prompting import (
    article_lines,
    brief_schema,
    fenced,
    quote_lines,
    sentences_schema,
    shielded,
)
from bot.writing.ranking import vector_of
from bot.writing.shown import Shown, ShownSentence

NEAREST: Final = 2
"""Sentences shown beside those that a failed one cites: it may only have named the wrong id."""


@dataclass(frozen=True)
class Asking:
    """Who asks, for what: the newsroom's prompts, the edition, its length and language.

    `max_tokens` is the longest reply. What a model thinks before it writes is part of it, so that
    it is far more than the sentences need.
    """

    prompts: Prompts
    edition: Edition
    payer: Payer
    sentences: int
    language: str
    max_tokens: int

    @property
    def sha256(self) -> str:
        """What tells these prompts from all others."""
        return self.prompts.sha256(self.edition)


def ask_for_brief(asking: Asking, shown: Shown) -> ModelRequest:
    """Return the request for a story's brief."""
    articles = article_lines(shown.sentences.values())
    marker, (fenced_articles, fenced_quotes) = fenced(articles, quote_lines(shown.quotes))
    fields = {
        "marker": marker,
        "articles": fenced_articles,
        "quotes": fenced_quotes,
        "sentences": str(asking.sentences),
        "house": _house(asking),
        "edition": _edition(asking.edition),
        "language": asking.language,
    }
    prompt = asking.prompts.summary
    schema = brief_schema(shown)
    return _request(asking, prompt, fields, schema, shown.article_ids)


def ask_for_repairs(
    asking: Asking, shown: Shown, failed: Mapping[str, Judged], weights: WordWeights
) -> ModelRequest:
    """Return the request for the failed lines, by id: them alone, and the sources they need."""
    wanted = {s.id for judged in failed.values() for s in _sources(judged, shown, weights)}
    sources = [s for s in shown.sentences.values() if s.id in wanted]
    marker, (articles, lines) = fenced(article_lines(sources), _failed_lines(failed))
    fields = {
        "marker": marker,
        "articles": articles,
        "failed": lines,
        "house": _house(asking),
        "language": asking.language,
    }
    schema = sentences_schema(list(failed), [s.id for s in sources])
    # what failed was written from all that was shown
    return _request(asking, asking.prompts.repair, fields, schema, shown.article_ids)


def _request(  # noqa: PLR0917 - the parts of a request
    asking: Asking,
    prompt: Prompt,
    fields: Mapping[str, str],
    schema: Mapping[str, object],
    rests_on: tuple[str, ...],
) -> ModelRequest:
    system, user = prompt.filled(fields)
    return ModelRequest(
        prompt.task,
        system,
        user,
        prompt.schema,
        schema,
        asking.max_tokens,
        prompt.temperature,
        asking.payer,
        rests_on,
    )


def _house(asking: Asking) -> str:
    return f"\nThe newsroom's own rules:\n{asking.prompts.house}" if asking.prompts.house else ""


def _edition(edition: Edition) -> str:
    wishes = [edition.text] if edition.text else []
    if edition.limits.max_words:
        wishes.append(f"The sentences may have at most {edition.limits.max_words} words in all.")
    return "\n".join(["What this edition wants:", *wishes, ""]) if wishes else ""


def _failed_lines(failed: Mapping[str, Judged]) -> str:
    lines = []
    for name, judged in failed.items():
        lines.append(f"[{name}] {shielded(judged.line.text)}")
        cites = ", ".join(cited.id for cited in judged.cites) or "nothing"
        lines.append(f"    cites {cites}; wrong: {shielded('; '.join(judged.reasons))}")
    return "\n".join(lines)


def _sources(judged: Judged, shown: Shown, weights: WordWeights) -> Sequence[ShownSentence]:
    """Return the sentences that a line cites, and those that share most telling words with it."""
    said = vector_of(weights.stems(words(judged.line.text)), weights).keys()

    def shared(sentence: ShownSentence) -> int:
        return len(said & sentence.vector.keys())

    return (*judged.cites, *nlargest(NEAREST, shown.sentences.values(), key=shared))
