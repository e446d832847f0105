"""Says whether words stand in texts of several languages as somebody claims that they do."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.news import Article, Claim, Revision, Verdict, VerdictKind
from bot.quotes.lexicon import Lexicon
from bot.quotes.qualifiers import Qualifiers
from bot.quotes.verify import Sources, verify_words

BEST: Final[tuple[VerdictKind, ...]] = (
    "exact",
    "typographic",
    "misattributed",
    "altered",
    "stitched",
    "not found",
)


def verify_among(
    claim: Claim,
    texts: Sequence[tuple[Article, Revision]],
    read_lexicon: Callable[[str], Lexicon],
    read_qualifiers: Callable[[str], Qualifiers],
) -> Verdict:
    """Return what became of the claim in these texts, each read in its article's own language.

    An article that names no language is taken for English. See `verify_words` for the verdicts; of
    several languages the best one counts. Where more texts hold the words than are given, a speaker
    whom only the others name is not confirmed.
    """
    by_language: dict[str, list[Revision]] = {}
    for article, revision in texts:
        by_language.setdefault(article.language or "en", []).append(revision)
    verdicts = [
        verify_words(
            claim.words,
            Sources(revisions, read_lexicon(language), read_qualifiers(language)),
            speaker=claim.speaker,
        )
        for language, revisions in by_language.items()
    ]
    return min(verdicts, key=lambda v: BEST.index(v.kind), default=Verdict("not found"))
