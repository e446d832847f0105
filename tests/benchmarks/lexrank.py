"""Summarises with sumy's LexRank, in an environment that has it and not ours.

usage: python lexrank.py SENTENCES < documents.jsonl > summaries.jsonl

A document is {id, sentences}: its sentences are given, and its words are found by a tokenizer of
our own, since sumy would download the data of its own.
"""

import json
import re
import sys

from sumy.models.dom import (  # type: ignore[import-not-found]
    ObjectDocumentModel,
    Paragraph,
    Sentence,
)
from sumy.nlp.stemmers import Stemmer  # type: ignore[import-not-found]
from sumy.summarizers.lex_rank import LexRankSummarizer  # type: ignore[import-not-found]
from sumy.utils import get_stop_words  # type: ignore[import-not-found]


class Words:
    """The tokenizer that sumy asks for the words of a sentence."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return the words without punctuation."""
        return tuple(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", sentence))


def main(count: int) -> None:
    """Summarise line by line."""
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    for line in sys.stdin:
        given = json.loads(line)
        said = [Sentence(text, Words()) for text in given["sentences"]]
        chosen = summarizer(ObjectDocumentModel([Paragraph(said)]), count)
        print(json.dumps({"id": given["id"], "summary": " ".join(map(str, chosen))}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
