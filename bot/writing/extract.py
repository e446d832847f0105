"""Writes a brief in the sources' own words: headline, sentences, key quotes, sources list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from bot.news import (
    Article,
    Brief,
    FigureCheck,
    Passage,
    Quote,
    Reference,
    SecondHand,
    Sentence,
    Span,
    Story,
)
from bot.weights import WordWeights
from bot.writing.headline import find_headline
from bot.writing.keyquotes import choose_quotes
from bot.writing.printing import to_sentences
from bot.writing.ranking import NEWS_HOURS, Choice, Pool, centroid_of
from bot.writing.references import distinct_reports, references
from bot.writing.texts import Findings, Update, texts_of, voices, without_headline

Found = TypeVar("Found", Quote, SecondHand)

UNCONFIRMED: Final = 2
"""Sentences that say what a source does not know."""
NOTHING_FOUND: Final = Findings()


@dataclass(frozen=True)
class Limits:
    """How long a brief may be.

    `max_words_per_article` counts headline and sentences. No `quotes_per_story` (0) means all.
    """

    sentences_per_story: int = 3
    max_words_per_article: int = 120
    quotes_per_story: int = 4


def write_brief(  # noqa: PLR0913, PLR0917 - the story, what is known of it, and how to tell it
    story: Story,
    articles: Mapping[str, Article],
    quotes: Mapping[str, Sequence[Quote]],
    second_hand: Mapping[str, Sequence[SecondHand]],
    weights: WordWeights,
    limits: Limits,
    findings: Findings = NOTHING_FOUND,
) -> Brief:
    """Return the brief of a story in words taken over from its articles' latest revisions.

    The mappings are by article id; what was found in other revisions is left out. Sentences are
    taken from one article of each text, so that reprints do not outvote the others; they stand in
    the order of what they tell, older reports first. No sentence with an outdated figure is taken,
    and no title with one while there is another. Where the story was told before, the best of its
    new sentences are what changed, and its new quotes the key quotes.

    Raises:
        VerificationError: none of the articles has any text.
    """
    heard = voices(story, articles)
    texts = texts_of(heard, weights, findings, max_words=limits.max_words_per_article)
    centroid = centroid_of(texts, weights)
    titled = _heading([*heard, *(articles[i] for i in story.article_ids)], findings.figures)
    update = findings.update
    headline = find_headline(
        titled,
        centroid,
        weights,
        max_words=limits.max_words_per_article,
        new=update.new_titles() if update else (),
    )
    listed = references(story, articles)
    left = [without_headline(text, a, headline) for text, a in zip(texts, heard, strict=True)]
    # a headline from a title leaves all sentences, of which the texts speak as before
    pool = Pool(left, weights, centroid if headline.span.field == "title" else None)
    outlets = {reference.article_id: reference.outlet for reference in listed}
    key = partial(choose_quotes, centroid=centroid, weights=weights, outlets=outlets)
    key = partial(key, at_most=limits.quotes_per_story)
    changed, told, unconfirmed = _picked(pool, limits.sentences_per_story)
    return Brief(
        story,
        Sentence.taken(headline, articles[headline.span.article_id].outlet),
        to_sentences(told, heard),
        _key_quotes(tuple(_current(quotes, listed)), update, key),
        listed,
        distinct_reports(_current(second_hand, listed)),
        findings.figures.disagreements,
        unconfirmed=to_sentences(unconfirmed, heard),
        changed=to_sentences(changed, heard),
        told_at=update.since if update else None,
    )


def _key_quotes(
    found: Sequence[Quote],
    update: Update | None,
    choose: Callable[[Sequence[Quote]], Sequence[Quote]],
) -> tuple[Quote, ...]:
    """Return the key quotes; where the story was told before, those that are new if any are."""
    new = [q for q in found if update and any(_stands_in(q, passage) for passage in update.new)]
    return tuple(choose(new) or choose(found))


def _stands_in(quote: Quote, passage: Passage) -> bool:
    place = passage.span
    return any(
        (s.article_id, s.revision, s.field) == (place.article_id, place.revision, place.field)
        and s.start < place.end
        and place.start < s.end
        for s in _spans(quote)
    )


def _picked(pool: Pool, most: int) -> tuple[Sequence[Choice], Sequence[Choice], Sequence[Choice]]:
    """Return what changed, what is told beside it, and what is unconfirmed.

    What changed takes up to two thirds of the sentences, so that the story itself is told too.
    """
    changed = pool.pick(max(1, most * 2 // 3), _is_new)
    told = pool.pick(most - len(changed), _is_sure, changed)
    if not told and not changed:
        return (), pool.pick(most), ()
    return changed, told, pool.pick(UNCONFIRMED, _is_doubt, (*changed, *told))


def _is_new(choice: Choice) -> bool:
    return choice.candidate.new and not choice.candidate.unconfirmed


def _is_sure(choice: Choice) -> bool:
    return not choice.candidate.unconfirmed


def _is_doubt(choice: Choice) -> bool:
    """Tell whether a source does not know what nobody may have found out since."""
    candidate = choice.candidate
    return candidate.unconfirmed and not candidate.leans and choice.hours_behind <= NEWS_HOURS


def _heading(articles: Sequence[Article], figures: FigureCheck) -> Sequence[Article]:
    """Return the articles whose titles are not outdated; all if there is no other."""
    outdated = {p.span.article_id for p in figures.outdated if p.span.field == "title"}
    return [a for a in articles if a.id not in outdated] or articles


def _current(found: Mapping[str, Sequence[Found]], listed: Sequence[Reference]) -> Iterator[Found]:
    """Return what was found in the listed revisions, in the order of list and text."""
    for reference in listed:
        home = (reference.article_id, reference.revision)
        for item in sorted(found.get(reference.article_id, ()), key=lambda i: _spans(i)[0].start):
            if all((span.article_id, span.revision) == home for span in _spans(item)):
                yield item


def _spans(item: Quote | SecondHand) -> tuple[Span, ...]:
    if isinstance(item, Quote):
        return tuple(piece.span for piece in item.pieces)
    return item.name.span, item.claim.span
