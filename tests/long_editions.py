"""Editions that take several messages."""

from bot.news import Dossier
from tests.builders import a_brief, a_briefing, a_quote, an_article


def a_long_edition(stories: int) -> Dossier:
    """Return an edition whose stories are so long that each fills most of a message."""
    words = " ".join(["harbour"] * 330)
    articles = [
        an_article(f"a{n}", title=f"Story {n}", body=f"“{words} {n},” said Mira Tolland.")
        for n in range(stories)
    ]
    briefs = [
        a_brief(a, quotes=(a_quote(a, f"{words} {n},"),), story_id=f"s{n}")
        for n, a in enumerate(articles)
    ]
    return Dossier(briefing=a_briefing(*briefs), articles=tuple(articles))
