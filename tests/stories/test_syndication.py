"""A second set of generated syndication, in wordings that the credits were not read from."""

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bot.catalogues import load_publishers
from bot.language import load_story_words
from bot.news import Article, Outlet, Revision, Source, WireFacts
from bot.stories import OriginsFinder, Publishers
from bot.stories.publishers import Family
from bot.stories.traits import told
from tests.builders import NOON
from tests.stories.invented import PLACES, SURNAMES, text
from tests.stories.test_origins import FLOORS, reprinted

PUBLISHERS: Final = Publishers(
    family=(
        Family("Halden Media", ("Halden Daily", "Evening Halden"), ("haldendaily.example",)),
        Family("Moor & Tide", ("Moorland Echo", "Tideway Echo", "Echo Online")),
    ),
    agency=(Family("Strand News Service", ("SNS",)), Family("Ostpress", ("Ost Press",))),
)
FINDER: Final = OriginsFinder(PUBLISHERS, load_story_words())

AGENCIES: Final = (("Strand News Service", "SNS"), ("Ostpress", "Ost Press"))
CREDITS: Final = (
    "{place} ({short}) — {text}",
    "{place}, 12 May ({name}) – {text}",
    "{place}, May 12 ({short}) -- {text}",
    "{place} ({name}): {text}",
    "{text}\n\n{name} contributed reporting.",
    "{text}\n\nAdditional reporting by {name}.",
    "{text}\n\nReporting by {name}",
    "{text}\n\nWith reporting from {name}.",
    "{text}\n\nWith material from {name}.",
    "{text}\n\nThis article was produced by {name}.",
    "{text}\n\nSource: {name}",
    "{text}\n\n© {year} {name}",
    "{text}\n\nCopyright {year} {name}. All rights reserved.",
    "{text}\n\n({name})",
    "{text}\n\n— {name}",
)
"""Ways to credit an agency in the text."""
BYLINES: Final = (
    "{name}",
    "By {person}, {name}",
    "{person} | {name}",
    "{person} of {name}",
    "{short}",
)
"""The same in the byline."""
FIRSTS: Final = (
    "{text} The plan, first reported by {name}, drew protests.",
    "{text} {name} was the first to report the plan.",
    "{text} As {name} first reported, the plan is a year old.",
    "{text} {name} first reported the plan on Monday.",
    "{text} The plan was first revealed by {name}.",
    "{text} {name} broke the story on Monday.",
)
MENTIONS: Final = (
    "{text} “I am tired,” the mayor told {name}.",
    "{text}\n\nPhoto: {name}",
    "{text}\n\nImage source: {name}",
    "{text} {name} is to cut forty jobs this year.",
    "{text} A reporter of {name} was in the hall.",
)
"""Ways to name an agency without resting on it."""


class Market:
    """A generated story: each method publishes what is one origin."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.articles: list[Article] = []
        names = [f"{place} {kind}" for place in PLACES for kind in ("Chronicle", "Radio")]
        self.names = iter(dice.sample(names, 40))

    def publish(
        self, body: str, outlet: Outlet | None = None, *, byline: str = "", source: str = ""
    ) -> None:
        number = len(self.articles)
        at = NOON + timedelta(minutes=7 * number)
        revision = Revision.of(f"a{number}", 1, "Plan for the harbour", body, seen_at=at)
        feed = Source("https://feeds.example/x.xml", "feed", outlet or Outlet(next(self.names)))
        wire = WireFacts(infosources=(source,)) if source else None
        article = Article(
            f"a{number}", feed, (revision,), byline=byline, published_at=at, wire=wire
        )
        self.articles.append(article)

    def own(self) -> None:
        """One outlet's report, that others may embed in their own."""
        body = text(self.dice)
        self.publish(body, byline=f"By Nils {self.dice.choice(SURNAMES)}")
        if self.dice.random() < 0.5:
            self.publish(f"{body}\n\n{text(self.dice)}")

    def mention(self) -> None:
        name, _ = self.dice.choice(AGENCIES)
        self.publish(self.dice.choice(MENTIONS).format(text=text(self.dice), name=name))

    def agency(self, which: int) -> None:
        name, short = AGENCIES[which]
        for _ in range(self.dice.randrange(2, 6)):
            self._credit(name, short)

    def _credit(self, name: str, short: str) -> None:
        body, way = text(self.dice), self.dice.random()
        person = f"Ada {self.dice.choice(SURNAMES)}"
        if way < 0.15:
            self.publish(body, source=self.dice.choice([name, short]))
        elif way < 0.35:
            line = self.dice.choice(BYLINES).format(name=name, short=short, person=person)
            self.publish(body, byline=line)
        else:
            place = self.dice.choice(PLACES).upper()
            credit = self.dice.choice(CREDITS)
            told_by = credit.format(place=place, name=name, short=short, text=body, year=2026)
            self.publish(told_by)
            if self.dice.random() < 0.3:
                self.publish(reprinted(body, self.dice))

    def family(self) -> None:
        for name in self.dice.sample(["Moorland Echo", "The Tideway Echo", "Echo Online"], 2):
            self.publish(text(self.dice), Outlet(name))

    def house(self) -> None:
        """Two titles that only their sources' publisher ties."""
        for _ in range(2):
            self.publish(text(self.dice), Outlet(next(self.names), "Gannet House"))

    def followed(self) -> None:
        first = next(self.names)
        if self.dice.random() < 0.7:
            self.publish(text(self.dice), Outlet(first))
        else:
            self.publish(self.dice.choice(FIRSTS).format(text=text(self.dice), name=first))
        self.publish(self.dice.choice(FIRSTS).format(text=text(self.dice), name=f"the {first}"))


def market(dice: Random) -> tuple[list[Article], int]:
    """Return the articles of a generated story in order of time, and how many origins it has."""
    made = Market(dice)
    kinds = [
        made.own,
        made.own,
        made.mention,
        lambda: made.agency(0),
        lambda: made.agency(1),
        made.family,
        made.house,
        made.followed,
    ]
    chosen = dice.sample(kinds, dice.randrange(1, 6))
    for make in chosen:
        make()
    return made.articles, len(chosen)


def counted(articles: list[Article]) -> int:
    return len(FINDER.find(articles, {a.id: told(a.latest.body) for a in articles}))


@pytest.mark.parametrize("stories", [40, pytest.param(300, marks=pytest.mark.soak)])
def test_syndication_in_other_wordings_is_counted_exactly(stories: int) -> None:
    """At first sight .447: bylines with a name, copyright lines and five wordings were not read."""
    dice, right = Random(20261123), 0  # noqa: S311
    for _ in range(stories):
        articles, count = market(dice)
        right += counted(articles) == count
    assert right >= FLOORS["exact_origins_unseen"] * stories, right


def test_without_a_list_of_publishers_outlets_and_copies_are_still_counted(tmp_path: Path) -> None:
    """An editor's own file takes the place of the shipped one; even an empty one will do."""
    own = tmp_path / "publishers.toml"
    own.write_text("", "utf-8")
    finder = OriginsFinder(load_publishers(own), load_story_words())
    made = Market(Random(3))  # noqa: S311
    body = text(made.dice)
    for outlet, carried in (("Halden Daily", body), ("Evening Halden", text(made.dice))):
        made.publish(carried, Outlet(outlet))
    made.publish(body, Outlet("Ostpress"))
    made.house()
    found = finder.find(made.articles, {a.id: told(a.latest.body) for a in made.articles})
    assert [origin.texts for origin in found] == [(("a0", "a2"),), (("a1",),), (("a3",), ("a4",))]
