"""The parts of an edition that are not sentences in a row: what leads, what is new, who reports."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Final

from bot.cards import Block, Bullets, Note, Paragraph, Run
from bot.delivery.citing import numbered, plain, sentence_runs
from bot.delivery.phrases import count, listed, short_hour
from bot.news import Brief, Briefing, Sentence, Written
from bot.text import fold, squeeze, stem, words

LEADS: Final = 3
"""Stories that the lead paragraph of an edition names; one with no more has no such paragraph."""
NAMED: Final = 4
"""Outlets that are named in a line; the others are counted."""
TELLING_CHARS: Final = 5
"""Letters of a word that may tell what a story is about; most shorter ones only join others."""
UPDATE: Final = "Update: "
UNCONFIRMED: Final = "Not confirmed: "


def title_of(brief: Brief) -> str:
    """Return the headline; of a story that the readers know it says that this is an update."""
    return f"{UPDATE if brief.told_at else ''}{plain(brief.headline)}"


def lead_paragraph(briefing: Briefing) -> Iterator[Block]:
    """Return what the first stories are, each in its headline's words with the outlet they are of.

    "In this edition: Ferry strikes mole (Harbour Courier); …", or nothing for a few stories.
    """
    if len(briefing.briefs) > LEADS:
        yield Paragraph(tuple(_leads(briefing.briefs[:LEADS])))


def _leads(briefs: Sequence[Brief]) -> Iterator[Run]:
    yield Run("In this edition: ")
    for position, brief in enumerate(briefs):
        yield Run(f"{'; ' if position else ''}{title_of(brief)}")
        article_id = next(brief.headline.passages()).span.article_id
        _, reference = numbered(brief.references, article_id)
        yield Run(f" ({squeeze(reference.outlet)})", "quiet", reference.address)
    yield Run(".")


def changed_blocks(brief: Brief, zone: tzinfo) -> Iterator[Block]:
    """Return what is new since the channel was told of the story, or that no sentence is.

    The sentences that follow it in the card are what was known before.
    """
    if brief.told_at is None:
        return
    yield Note((Run(_since(brief, zone)),))
    if brief.changed:
        yield Bullets(tuple(sentence_runs(brief.references, s) for s in brief.changed))
    if brief.changed and brief.sentences:
        yield Note((Run("The story so far:"),))


def changed_runs(brief: Brief, zone: tzinfo) -> tuple[Run, ...]:
    """Return the same as words before running text: "New since 16 Sep, 19:00: "."""
    return (Run(f"{_since(brief, zone)} ", "quiet"),) if brief.told_at else ()


def _since(brief: Brief, zone: tzinfo) -> str:
    hour = short_hour(brief.told_at, zone) if brief.told_at else ""
    if brief.changed:
        return f"New since {hour}:"
    return f"Told on {hour}; no new sentence since: see the headline and the quotes."


def unconfirmed_blocks(brief: Brief, *, at_most: int | None = None) -> Iterator[Note]:
    """Return a line for each sentence in which a source says that it does not know."""
    for sentence in brief.unconfirmed[:at_most]:
        yield Note((Run(UNCONFIRMED), *sentence_runs(brief.references, sentence)))


def short_told(brief: Brief, at_most: int) -> tuple[Sentence, ...]:
    """Return the sentences that a short card tells: what changed first, then the story.

    Where a source's sentences are told in the order of time and not all have room, the one that
    tells most of the event is told, then the first of the newest report, then those before.
    """
    told = (*brief.changed, *brief.sentences)
    if brief.changed or len(told) <= at_most or any(map(_is_written, told)):
        return told[:at_most]
    newest = next(n for n, s in enumerate(told) if _article(s) == _article(told[-1]))
    chosen = list(dict.fromkeys((_most_telling(brief, told), newest, *range(len(told)))))
    return tuple(told[n] for n in sorted(chosen[:at_most]))


def _most_telling(brief: Brief, told: Sequence[Sentence]) -> int:
    """Return where the sentence stands that has most of the story's key terms.

    Key terms are the words of the headline and of the sources' titles: each counts as often as
    there are titles with it, those of the headline once more.
    """
    titles = [r.title.words for r in brief.references if r.title and not r.reprint]
    terms = Counter(term for text in (plain(brief.headline), *titles) for term in _terms(text))
    scores = [sum(terms[term] for term in _terms(plain(sentence))) for sentence in told]
    return scores.index(max(scores))


def _terms(text: str) -> set[str]:
    """Return the stems of a text's words that may be telling: long ones, names and numbers."""
    return {stem(fold(word)) for word in words(text) if _may_tell(word)}


def _may_tell(word: str) -> bool:
    return len(word) >= TELLING_CHARS or word[0].isupper() or any(c.isdecimal() for c in word)


def reported_by(brief: Brief) -> str:
    """Return "Harbour Courier, Radio Tamble and 2 more": whose reports are no reprints."""
    names = list(dict.fromkeys(squeeze(r.outlet) for r in brief.references if not r.reprint))
    more = len(names) - NAMED
    return listed([*names[:NAMED], count(more, "more", "more")] if more > 0 else names)


def _is_written(sentence: Sentence) -> bool:
    return any(isinstance(part, Written) for part in sentence.parts)


def _article(sentence: Sentence) -> str:
    return next(sentence.passages()).span.article_id
