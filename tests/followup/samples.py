"""The stories of the sample wire, as the stage is asked about them, and the labelled questions."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from bot.demo.wire import load_wire
from bot.followup import answer
from bot.language import load_lexicon, load_question_words, load_weights
from bot.news import Answer, Article, Outlet, Quote, Reference, Revision, Source
from bot.quotes import find_quotes

QUESTIONS: Final = Path(__file__).with_name("questions.toml")


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One labelled question; without articles it is not in the sources."""

    part: Literal["tuned", "kept"]
    story: str
    asks: str
    articles: tuple[str, ...] = msgspec.field(default=(), name="from")
    says: str = ""
    previous: str = ""

    def is_answered_by(self, found: Answer) -> bool:
        """Tell whether the words that were wanted are printed, from an article that has them."""
        return any(
            self.says in p.words and p.span.article_id in self.articles for p in found.passages()
        )


class Story(msgspec.Struct, frozen=True):
    """What the stage is given of one story."""

    references: tuple[Reference, ...]
    articles: Mapping[str, Article]
    quotes: Mapping[str, tuple[Quote, ...]]


def load_questions() -> tuple[Asked, ...]:
    content = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    return msgspec.convert(content["question"], tuple[Asked, ...])


@cache
def load_story(event: str) -> Story:
    """Return the open articles of one event of the sample wire, by date of publication."""
    wire, articles = load_wire(), []
    for item in wire.items("after"):
        if item.event == event and item.is_open:
            outlet = wire.outlet(item.outlet)
            source = Source(outlet.slug, "feed", Outlet(outlet.name, outlet.publisher))
            text = Revision.of(item.id, 1, item.headline, item.body, seen_at=item.published_at)
            articles.append(
                Article(
                    item.id,
                    source,
                    (text,),
                    language=item.language,
                    published_at=item.published_at,
                )
            )
    return Story(
        tuple(
            Reference(a.id, 1, a.outlet, a.latest.whole_title(), "", a.published_at)
            for a in articles
        ),
        {article.id: article for article in articles},
        {article.id: find_quotes(article.latest, load_lexicon()) for article in articles},
    )


def ask(event: str, question: str, previous: str = "") -> Answer:
    story = load_story(event)
    return answer(
        question,
        story.references,
        story.articles,
        story.quotes,
        load_weights(),
        words=load_question_words(),
        previous=previous,
    )
