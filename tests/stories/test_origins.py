"""Origins are counted, not addresses: reprints, agency reports and sister papers are one."""

import tomllib
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bot.catalogues import load_publishers
from bot.demo.wire import Stage, load_wire
from bot.errors import SettingsError
from bot.language import load_story_words, load_weights
from bot.news import Article, Outlet, Revision, Source, WireFacts
from bot.stories import OriginsFinder, Publishers, group_articles
from bot.stories.publishers import Family
from bot.stories.traits import told
from tests.builders import NOON
from tests.stories.invented import PLACES, SURNAMES, text
from tests.stories.test_copies import first_half, first_sixty_words, with_boilerplate

FLOORS: Final = tomllib.loads(
    (Path(__file__).parents[1] / "quality" / "floors.toml").read_text("utf-8")
)["stories"]
PUBLISHERS: Final = Publishers(
    family=(Family("Quayside Press", ("Sound Post", "Sound Sunday"), ("soundpost.example",)),),
    agency=(Family("Corvane Dispatch Agency", ("CDA",)), Family("Northern Wire", ("NW",))),
)
FINDER: Final = OriginsFinder(PUBLISHERS, load_story_words())


def a_report(
    number: int, outlet: str, body: str, *, byline: str = "", wire: WireFacts | None = None
) -> Article:
    at = NOON + timedelta(minutes=number)
    revision = Revision.of(f"a{number}", 1, "Ferry stops", body, seen_at=at)
    source = Source("https://feeds.example/all.xml", "feed", Outlet(outlet))
    return Article(f"a{number}", source, (revision,), byline=byline, published_at=at, wire=wire)


def origins(*articles: Article) -> list[tuple[tuple[str, ...], ...]]:
    found = FINDER.find(articles, {a.id: told(a.latest.body) for a in articles})
    return [origin.texts for origin in found]


def texts(seed: int, count: int) -> list[str]:
    random = Random(seed)  # noqa: S311
    return [text(random) for _ in range(count)]


def test_sister_papers_are_one_origin_with_two_texts() -> None:
    one, other = texts(1, 2)
    found = origins(a_report(1, "Sound Post", one), a_report(2, "The Sound Sunday", other))
    assert found == [(("a1",), ("a2",))]


def test_an_outlet_is_known_by_its_address() -> None:
    one, other = texts(2, 2)
    first = a_report(1, "Sound Post", one)
    second = Article(
        "a2",
        Source("x", "page", Outlet("Post online")),
        (Revision.of("a2", 1, "Ferry", other, seen_at=NOON),),
        address="https://www.soundpost.example/ferry",
    )
    assert len(origins(first, second)) == 1


CREDITS: Final = {
    "dateline": "PORT ELLEN (CDA) – {}",
    "dated dateline": "PORT ELLEN, March 4 (CDA) - {}",
    "supplied": "{}\n\nThis report was supplied by the Corvane Dispatch Agency.",
    "contributed": "{}\n\nThe Corvane Dispatch Agency contributed to this report.",
    "files": "{}\n\nWith files from Corvane Dispatch Agency",
    "signed": "{} (CDA, edited by the desk)",
}


@pytest.mark.parametrize("pattern", CREDITS.values(), ids=CREDITS)
def test_texts_that_credit_one_agency_are_one_origin(pattern: str) -> None:
    one, other, third = texts(3, 3)
    found = origins(
        a_report(1, "Harbour Courier", pattern.format(one)),
        a_report(2, "Corvane Dispatch Agency", other),
        a_report(3, "Radio Tamble", third),
    )
    assert found == [(("a1",), ("a2",)), (("a3",),)]


def test_a_byline_and_a_wire_can_name_the_agency() -> None:
    one, other, third = texts(4, 3)
    found = origins(
        a_report(1, "Harbour Courier", one, byline="By CDA staff"),
        a_report(2, "Radio Tamble", other, wire=WireFacts(infosources=("CDA",))),
        a_report(3, "Keelmark", third, byline="By Hanne Rask"),
    )
    assert found == [(("a1",), ("a2",)), (("a3",),)]


def test_a_reporter_who_contributed_is_no_agency() -> None:
    one, other = texts(5, 2)
    found = origins(
        a_report(1, "Harbour Courier", f"{one}\n\nHanne Rask contributed to this report."),
        a_report(2, "Radio Tamble", f"{other}\n\nHanne Rask contributed to this report."),
    )
    assert len(found) == 2


def test_who_had_it_first_is_the_origin_of_those_who_say_so() -> None:
    one, other, third = texts(6, 3)
    found = origins(
        a_report(1, "Keelmark", one),
        a_report(2, "Harbour Courier", f"{other} The sale was first reported by Keelmark."),
        a_report(3, "Radio Tamble", f"The Keelmark first reported the sale. {third}"),
    )
    assert found == [(("a1",), ("a2",), ("a3",))]


def test_who_had_it_first_counts_where_its_own_report_was_not_read() -> None:
    one, other = texts(7, 2)
    found = origins(
        a_report(1, "Harbour Courier", f"{one} The sale was first reported by Keelmark."),
        a_report(2, "Radio Tamble", f"{other} It was first reported by Keelmark."),
    )
    assert len(found) == 1


def test_nine_reprints_are_one_origin() -> None:
    (one,) = texts(8, 1)
    (origin,) = FINDER.find(
        many := [a_report(n, f"Outlet {PLACES[n]}", one) for n in range(10)],
        {a.id: one for a in many},
    )
    assert len(origin.reprints) == 9


def reprinted(body: str, random: Random) -> str:
    """Return the text as another outlet carries it: as it is, dressed up or cut."""
    changes = [with_boilerplate, first_half, first_sixty_words]
    return random.choice(changes)(body, random) if random.random() < 0.75 else body


class Syndication:
    """A generated story: each method publishes what is one origin."""

    def __init__(self, random: Random) -> None:
        self.articles: list[Article] = []
        self.random = random
        names = [f"{place} {kind}" for place in PLACES for kind in ("Courier", "Post")]
        self.names = iter(random.sample(names, 40))

    def publish(self, body: str, outlet: str = "", byline: str = "") -> None:
        number, outlet = len(self.articles), outlet or next(self.names)
        self.articles.append(a_report(number, outlet, body, byline=byline))

    def own(self) -> None:
        body = text(self.random)
        self.publish(body, byline=f"By Ada {self.random.choice(SURNAMES)}")
        for _ in range(self.random.randrange(3)):
            self.publish(reprinted(body, self.random))

    def agency(self) -> None:
        wire = f"{self.random.choice(PLACES).upper()} (CDA) – {text(self.random)}"
        self.publish(wire, "Corvane Dispatch Agency")
        for _ in range(self.random.randrange(1, 6)):
            credited = self.random.choice(list(CREDITS.values())).format(text(self.random))
            self.publish(self.random.choice([reprinted(wire, self.random), credited]))

    def family(self) -> None:
        self.publish(text(self.random), "Sound Post")
        self.publish(text(self.random), "Sound Sunday")

    def followed(self) -> None:
        first = next(self.names)
        self.publish(text(self.random), first)
        self.publish(f"{text(self.random)} The plan was first reported by the {first}.")


def syndicated(random: Random) -> tuple[list[Article], int]:
    """Return the articles of a generated story in order of time, and how many origins it has."""
    made = Syndication(random)
    kinds = [made.own, made.own, made.own, made.agency, made.family, made.followed]
    chosen = random.sample(kinds, random.randrange(1, len(kinds) + 1))
    for make in chosen:
        make()
    return made.articles, len(chosen)


@pytest.mark.soak
def test_generated_syndication_is_counted_exactly() -> None:
    random, right = Random(9), 0  # noqa: S311
    for _ in range(300):
        articles, count = syndicated(random)
        right += len(origins(*articles)) == count
    assert right >= FLOORS["exact_origins"] * 300, right


STAGES: Final[dict[Stage, dict[str, int]]] = {
    "before": {"ferry": 3, "talks": 3, "budget": 3, "hospital": 3, "power": 3, "land": 2},
    "after": {"ferry": 4, "talks": 3, "budget": 3, "hospital": 3, "power": 3, "anglers": 2},
}


@pytest.mark.parametrize("stage", STAGES)
def test_the_sample_wire_has_the_origins_that_it_was_written_with(stage: Stage) -> None:
    wire = load_wire()
    articles, event_of = [], {}
    for item in wire.items(stage):
        outlet = wire.outlet(item.outlet)
        revision = Revision.of(item.id, 1, item.headline, item.body, seen_at=item.published_at)
        source = Source("https://wire.example", "feed", Outlet(outlet.name, outlet.publisher))
        event_of[item.id] = item.event
        articles.append(
            Article(
                item.id, source, (revision,), byline=item.byline, published_at=item.published_at
            )
        )
    counts: dict[str, int] = {}
    for story in group_articles(articles, load_weights(), load_story_words(), load_publishers()):
        events = {event_of[i] for i in story.article_ids}
        assert len(events) == 1
        event = events.pop()
        counts[event] = max(counts.get(event, 0), len(story.origins))
    assert {event: counts[event] for event in STAGES[stage]} == STAGES[stage]


def test_the_shipped_publishers_know_agencies_by_their_short_names() -> None:
    shipped = load_publishers()
    assert shipped.find("AP") == shipped.find("the Associated Press") != ""
    assert shipped.find("Harbour Courier") == ""


@pytest.mark.parametrize(
    ("content", "named"),
    [("[[family]]\nnam = 1", "nam"), ("[[family]\n", "TOML"), ("[[family]]\n", "name")],
)
def test_a_wrong_publishers_file_is_named_with_its_key(
    tmp_path: Path, content: str, named: str
) -> None:
    path = tmp_path / "publishers.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=named) as raised:
        load_publishers(path)
    assert str(path) in str(raised.value)


def test_a_missing_publishers_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_publishers(tmp_path / "none.toml")
