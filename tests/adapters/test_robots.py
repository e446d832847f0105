"""What a robots.txt means, after the examples of RFC 9309, and how it is asked for."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.robots import (
    KEPT_SECONDS,
    MAX_BYTES,
    UNREACHABLE_SECONDS,
    SiteRobots,
    fold_others,
)
from bot.errors import FetchError
from bot.ports import Document, Robots
from tests.fakes import FakeRobots

SITE = "https://courier.example"

EXAMPLE = """
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif
"""
"""After RFC 9309, section 5.1; the groups of the programs that are not meant come second."""


class Site:
    """Answers for sites, counts, and has a clock that only pauses move."""

    def __init__(self, files: Mapping[str, str | int | None]) -> None:
        self.files = dict(files)
        self.asked: list[str] = []
        self.seconds = 0.0
        self.pauses: list[float] = []

    async def fetch(self, address: str) -> Document:
        self.asked.append(address)
        found = self.files.get(address.removesuffix("/robots.txt"), 404)
        if found is None:
            raise FetchError(address, "connection refused")
        if isinstance(found, int):
            raise FetchError(address, f"answered {found}", status=found)
        return Document(address, found.encode())

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def robots(self) -> SiteRobots:
        return SiteRobots(self.fetch, ticks=lambda: self.seconds, pause=self.pause)


async def is_permitted(robots: SiteRobots, address: str) -> bool:
    try:
        await robots.permit(address)
    except FetchError as error:
        return not error.reason.startswith("the robots.txt of https://courier.example")
    return True


@pytest.mark.parametrize(
    ("rules", "path", "permitted"),
    [
        (EXAMPLE, "/publications/1", True),
        (EXAMPLE, "/example/page.html", False),
        (EXAMPLE, "/picture.gif", False),
        (EXAMPLE, "/picture.gif?x", True),
        (EXAMPLE, "/", True),
        # section 2.2.1: a group of our own counts alone, however its name is written
        ("User-agent: *\nDisallow: /\nUser-agent: NutGraf\nDisallow: /x", "/a", True),
        ("User-agent: *\nAllow: /\nUser-agent: Nutgraf/1.0\nDisallow: /", "/a", False),
        ("User-agent: nutgraf\nDisallow: /a\nUser-agent: x\nUser-agent: nutgraf\nDisallow: /b",
         "/b", False),
        ("User-agent: nutgraffiti\nDisallow: /", "/a", True),
        ("User-agent: someone\nDisallow: /", "/a", True),
        # section 2.2.2: the longest match decides, and of two as long the one that allows
        ("User-agent: *\nAllow: /example/page/\nDisallow: /example/page/x.gif",
         "/example/page/x.gif", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /foo/bar?baz=quz", "/foo/bar?baz=quz", False),
        ("User-agent: *\nDisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", False),
        # section 2.2.3 and 2.2.4
        ("User-agent: *\nDisallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nSitemap: /s.xml\nDisallow: /a", "/a", False),
        ("", "/a", True),
        ("<html>no robots here</html>", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    ],
)  # fmt: skip
async def test_the_rules_mean_what_the_standard_says(
    rules: str, path: str, *, permitted: bool
) -> None:
    robots = Site({SITE: rules}).robots()

    assert await is_permitted(robots, SITE + path) is permitted


@pytest.mark.parametrize(("answer", "permitted"), [(404, True), (403, True), (500, False)])
async def test_a_missing_file_allows_everything_and_a_failing_server_nothing(
    answer: int, *, permitted: bool
) -> None:
    assert await is_permitted(Site({SITE: answer}).robots(), f"{SITE}/a") is permitted


async def test_a_site_that_cannot_be_reached_is_left_alone_for_an_hour() -> None:
    site = Site({SITE: None})
    robots = site.robots()

    with pytest.raises(FetchError, match=r"could not be had: it connection refused"):
        await robots.permit(f"{SITE}/a")
    site.files[SITE] = ""
    site.seconds = UNREACHABLE_SECONDS
    assert not await is_permitted(robots, f"{SITE}/a")
    site.seconds += 1
    assert await is_permitted(robots, f"{SITE}/a")


async def test_the_file_is_asked_for_once_a_day_and_once_for_each_port() -> None:
    site = Site({SITE: "", f"{SITE}:8443": "User-agent: *\nDisallow: /"})
    robots = site.robots()
    for path in "abc":
        assert await is_permitted(robots, f"{SITE}/{path}")
    assert not await is_permitted(robots, f"{SITE}:8443/a")
    site.seconds = KEPT_SECONDS + 1
    assert await is_permitted(robots, f"{SITE}/a")

    assert site.asked == [f"{s}/robots.txt" for s in (SITE, f"{SITE}:8443", SITE)]


async def test_what_was_refused_is_refused_again_without_asking() -> None:
    site = Site({SITE: "User-agent: *\nDisallow: /a"})
    robots = site.robots()
    robots.recall(f"{SITE}/a")
    assert not await is_permitted(robots, f"{SITE}/a")

    with pytest.raises(FetchError, match="asks programs not to read this page"):
        robots.recall(f"{SITE}/a")
    robots.recall(f"{SITE}/b")
    site.seconds = KEPT_SECONDS + 1
    robots.recall(f"{SITE}/a")


async def test_pages_of_a_site_keep_the_distance_that_it_asks_for() -> None:
    site = Site({SITE: "User-agent: *\nCrawl-delay: 4"})
    robots = site.robots()
    for page in range(3):
        await robots.permit(f"{SITE}/{page}")

    assert site.pauses == [4, 8]


async def test_a_delay_is_obeyed_up_to_a_limit_and_nobody_waits_for_ever() -> None:
    site = Site({SITE: "User-agent: *\nCrawl-delay: 86400"})
    robots = site.robots()
    for page in range(4):
        await robots.permit(f"{SITE}/{page}")

    assert site.pauses == [10, 20, 30]
    with pytest.raises(FetchError, match=r"asks for 10 seconds between pages; left for later"):
        await robots.permit(f"{SITE}/4")


async def test_what_is_no_web_address_is_asked_of_nobody() -> None:
    site = Site({})
    for address in ("notes/page.html", "-", "http://[::1", "ftp://courier.example/a"):
        await site.robots().permit(address)

    assert site.asked == []


def test_a_file_that_names_thousands_of_programs_costs_no_more_than_any_other() -> None:
    names = "".join(f"user-agent: bot{n}x\n" for n in range(10_000))

    assert set(fold_others(names).splitlines()) == {"User-agent: another"}


async def test_only_the_first_half_megabyte_counts() -> None:
    late = "#" * MAX_BYTES + "\nUser-agent: *\nDisallow: /"

    assert await is_permitted(Site({SITE: late}).robots(), f"{SITE}/a")


@given(st.text(), st.text(max_size=20))
async def test_any_file_permits_or_refuses(rules: str, path: str) -> None:
    rules = rules.encode(errors="replace").decode()

    assert await is_permitted(
        Site({SITE: f"User-agent: *\n{rules}"}).robots(), f"{SITE}/{path}"
    ) in {True, False}


@pytest.mark.parametrize("kind", ["fake", "real"])
async def test_every_keeper_of_wishes_refuses_and_remembers_alike(kind: str) -> None:
    shut, open_ = f"{SITE}/a", f"{SITE}/b"
    real = Site({SITE: "User-agent: *\nDisallow: /a"}).robots()
    robots: Robots = FakeRobots({shut}) if kind == "fake" else real
    robots.recall(shut)
    await robots.permit(open_)
    for _ in range(2):
        with pytest.raises(FetchError, match="asks programs not to read this page"):
            await robots.permit(shut)
    with pytest.raises(FetchError, match="asks programs not to read this page"):
        robots.recall(shut)
    robots.recall(open_)
