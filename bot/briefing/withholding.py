"""What may still be shown of a stored briefing: nothing of what is held or stopped by now."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.briefing.changing import wordless
from bot.briefing.compose import dossier_of
from bot.errors import VerificationError
from bot.news import Article, Brief, Briefing, Dossier, Passage, Sentence, Span


def as_it_may_be_shown(dossier: Dossier, usable: Mapping[str, Article]) -> Dossier:
    """Return the dossier without what rests on articles or words that may not be shown.

    `usable` are its articles, by id, as the archive gives them out, less those that are held. A
    story that one of the others is a source of is left out and counted as held; quotes, sentences
    and corrections go that stand on words which were taken out. Its texts are those given out.
    """
    return dossier_of(_shown(dossier.briefing, usable), _texts(dossier, usable))


def is_shown(briefing: Briefing, usable: Mapping[str, Article]) -> bool:
    """Tell whether all of the briefing may be shown."""
    return _shown(briefing, usable) == briefing


def _shown(briefing: Briefing, usable: Mapping[str, Article]) -> Briefing:
    kept = [brief for told in briefing.briefs if (brief := shown_of(told, usable))]
    held = briefing.coverage.held + len(briefing.briefs) - len(kept)
    corrections = [
        c if all(_stands(p, usable) for p in c.passages()) else wordless(c)
        for c in briefing.corrections
    ]
    return replace(
        briefing,
        briefs=tuple(kept),
        coverage=replace(briefing.coverage, held=held),
        corrections=tuple(corrections),
    )


def shown_of(brief: Brief, usable: Mapping[str, Article]) -> Brief | None:
    """Return the brief without what may not be shown; `None` if nothing of it may."""
    if not all(reference.article_id in usable for reference in brief.references):
        return None
    headline = _headline(brief, usable)
    if headline is None:
        return None

    def told(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        return tuple(s for s in sentences if all(_stands(p, usable) for p in s.passages()))

    return replace(
        brief,
        headline=headline,
        sentences=told(brief.sentences),
        unconfirmed=told(brief.unconfirmed),
        changed=told(brief.changed),
        quotes=tuple(q for q in brief.quotes if all(_stands(p, usable) for p in q.passages())),
        second_hand=tuple(
            s for s in brief.second_hand if _stands(s.name, usable) and _stands(s.claim, usable)
        ),
        disagreements=tuple(
            d for d in brief.disagreements if all(_stands(p, usable) for p in d.passages())
        ),
    )


def _headline(brief: Brief, usable: Mapping[str, Article]) -> Sentence | None:
    """Return the headline, or in its place the first title among the sources that stands."""
    if all(_stands(passage, usable) for passage in brief.headline.passages()):
        return brief.headline
    for reference in brief.references:
        if reference.title and _stands(reference.title, usable):
            return Sentence.taken(reference.title, reference.outlet)
    return None


def _stands(passage: Passage, usable: Mapping[str, Article]) -> bool:
    article = usable.get(passage.span.article_id)
    return article is not None and _words(article, passage.span) == passage.words


def _words(article: Article, span: Span) -> str:
    try:
        text = article.revision(span.revision).text(span.field)
    except VerificationError:  # it is not given out any more
        return ""
    return text[span.start : span.end]


def _texts(dossier: Dossier, usable: Mapping[str, Article]) -> dict[str, Article]:
    """Return the articles of the dossier, as they were known then, with the texts given out."""
    found = {}
    for article in dossier.articles:
        now = usable.get(article.id, article)
        texts = {text.number: text for text in now.revisions}
        own = tuple(texts.get(text.number, text) for text in article.revisions)
        found[article.id] = replace(article, revisions=own)
    return found
