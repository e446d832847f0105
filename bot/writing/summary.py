"""Summarises texts that are no stored articles, with the ranking that briefs are written with."""

import sys
from collections.abc import Sequence

from bot.text import squeeze
from bot.weights import WordWeights
from bot.writing.candidates import find_candidates
from bot.writing.ranking import Told, choose


def summarise(docs: Sequence[tuple[str, str]], weights: WordWeights, *, sentences: int) -> str:
    """Return at most so many sentences of the documents, each a pair of title and body.

    The titles may be empty. The result is empty when no sentence can stand alone.
    """
    texts = [Told(title, find_candidates(body, weights), sys.maxsize) for title, body in docs]
    chosen = choose(texts, weights, sentences=sentences)
    spans = ((docs[c.text][1], c.candidate) for c in chosen)
    return " ".join(squeeze(body[c.start : c.end]) for body, c in spans)
