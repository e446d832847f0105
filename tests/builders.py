"""Builders of valid values: each fills in what a test is not about."""

from datetime import UTC, datetime
from typing import Final

from bot.news import (
    Article,
    Attribution,
    Brief,
    Briefing,
    Coverage,
    Dossier,
    Instant,
    Origin,
    Outlet,
    Quote,
    Reference,
    Revision,
    Schedule,
    Sentence,
    Source,
    Speaker,
    Story,
    Timing,
)

NOON: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)
TITLE: Final = "Ferry to Tern Island stops for a month"
BODY: Final = (
    "The ferry to Tern Island stops for a month from Monday.\n\n"
    "“The hull needs new plates,” said Mira Tolland, who runs the line.\n\n"
    "Two hundred people cross the sound on it each day."
)


def a_source(outlet: str = "Harbour Courier", *, publisher: str = "") -> Source:
    return Source("https://courier.example/feed.xml", "feed", Outlet(outlet, publisher))


def a_revision(
    article_id: str = "a1",
    number: int = 1,
    *,
    title: str = TITLE,
    body: str = BODY,
    seen_at: datetime = NOON,
) -> Revision:
    return Revision.of(article_id, number, title, body, seen_at=seen_at)


def an_article(
    article_id: str = "a1",
    *revisions: Revision,
    outlet: str = "Harbour Courier",
    title: str = TITLE,
    body: str = BODY,
    published_at: Instant | None = NOON,
) -> Article:
    """Return an article; without revisions it has one, of the title and body."""
    return Article(
        article_id,
        a_source(outlet),
        revisions or (a_revision(article_id, title=title, body=body),),
        address=f"https://courier.example/{article_id}",
        published_at=published_at,
    )


def a_quote(
    article: Article,
    words: str = "The hull needs new plates,",
    *,
    speaker: str = "Mira Tolland",
    quote_id: str = "Q1",
) -> Quote:
    """Return the words as a direct quote; with an empty speaker nobody is known to have said it."""
    body = article.latest.body
    who = Attribution()
    if speaker:
        start = body.index(speaker)
        name = article.latest.passage("body", start, start + len(speaker))
        who = Attribution(Speaker(name), confidence=0.9, certain=True)
    start = body.index(words)
    piece = article.latest.passage("body", start, start + len(words))
    return Quote(quote_id, (piece,), who, standing="on record" if speaker else "unknown")


def a_reference(article: Article) -> Reference:
    return Reference(
        article.id,
        article.latest.number,
        article.outlet,
        article.latest.whole_title() if article.latest.title else None,
        article.address,
        article.published_at,
    )


def a_brief(*articles: Article, quotes: tuple[Quote, ...] = (), story_id: str = "s1") -> Brief:
    """Return a brief of the articles (one if none is given), headed by the first one's title."""
    articles = articles or (an_article(),)
    first = articles[0].latest
    head = first.whole_title() if first.title else first.passage("body", 0, len(first.body))
    return Brief(
        Story(story_id, tuple(Origin((article.id,)) for article in articles)),
        Sentence.taken(head, articles[0].outlet),
        (),
        quotes,
        tuple(a_reference(article) for article in articles),
    )


def a_briefing(
    *briefs: Brief, briefing_id: str = "b1", version: int = 1, made_at: datetime = NOON
) -> Briefing:
    """Return a briefing of the briefs (of none: a quiet day)."""
    counted = Coverage(sources=1, articles=sum(len(brief.references) for brief in briefs))
    return Briefing(briefing_id, version, made_at, briefs, counted, stories_found=len(briefs))


def a_dossier(
    *articles: Article, briefing_id: str = "b1", version: int = 1, made_at: datetime = NOON
) -> Dossier:
    """Return a dossier of one brief of the articles (one if none is given)."""
    articles = articles or (an_article(),)
    briefing = a_briefing(
        a_brief(*articles), briefing_id=briefing_id, version=version, made_at=made_at
    )
    return Dossier(briefing=briefing, articles=articles)


def a_schedule(
    schedule_id: str = "s1",
    *times: str,
    zone: str = "Europe/London",
    cron: str = "",
    created_at: datetime = NOON,
    paused: bool = False,
) -> Schedule:
    """Return a schedule; without times or cron it is daily at 07:00."""
    timing = Timing(zone, cron=cron) if cron else Timing(zone, times or ("07:00",))
    return Schedule(
        schedule_id, 1, 2, "Morning", timing, created_by=3, created_at=created_at, paused=paused
    )
