"""Whatever is kept comes back, in whatever order it was kept."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.news import Article, Revision, WireFacts, Withdrawal
from bot.ports import Archive
from tests.builders import a_dossier, an_article
from tests.fakes import FakeArchive

BEGINNING = datetime.min.replace(tzinfo=UTC)
STRANGE = ["", "“Ça va 👩‍👩‍👧‍👦?” e\u0301", "\x00", "\ufeff\r\n", "ﷺ" * 50_000]


class Step(NamedTuple):
    """A revision is added to one article, its record changed, and a briefing made of it."""

    key: str
    title: str
    body: str
    at: datetime
    dated: bool
    withdrawn: Withdrawal | None
    wire: WireFacts | None
    briefed: bool


TEXTS = st.text(max_size=200) | st.sampled_from(STRANGE)
STEPS = st.builds(
    Step,
    key=st.sampled_from(["a1", "a2", "Ä 3"]),
    title=TEXTS,
    body=TEXTS,
    at=st.datetimes(timezones=st.just(UTC)),
    dated=st.booleans(),
    withdrawn=st.sampled_from([None, None, "withheld", "killed"]),
    wire=st.none() | st.builds(WireFacts, version=st.integers(0, 2**62), slugline=TEXTS),
    briefed=st.booleans(),
)


def after(step: Step, before: Article | None) -> Article:
    number = before.latest.number + 1 if before else 1
    new = Revision.of(step.key, number, step.title, step.body, seen_at=step.at)
    return replace(
        before or an_article(step.key),
        revisions=(*(before.revisions if before else ()), new),
        byline=step.title,
        published_at=step.at if step.dated else None,
        withdrawn=step.withdrawn,
        wire=step.wire,
    )


async def follow(archive: Archive, steps: list[Step]) -> list[object]:
    """Take the steps; return everything that can be found afterwards."""
    dossiers = 0
    for step in steps:
        (article,) = await archive.revise({step.key: lambda before, s=step: after(s, before)})  # type: ignore[misc]
        if step.briefed and step.withdrawn is None and (step.title or step.body):
            cited = replace(article, revisions=(article.latest,))
            dossiers += 1
            await archive.store(a_dossier(cited, version=dossiers, made_at=step.at))
    return [
        await archive.articles_since(BEGINNING),
        *[await archive.articles_since(step.at) for step in steps],
        *[await archive.find_article(step.key) for step in steps],
        *[await archive.find_dossier("b1", version) for version in range(1, dossiers + 1)],
        await archive.find_dossier("latest"),
    ]


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEPS, max_size=5))
async def test_everything_kept_is_found_again_as_it_was(empty: Path, steps: list[Step]) -> None:
    expected = await follow(FakeArchive(), steps)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "nutgraf.db"
        shutil.copy(empty, path)
        async with SqliteArchive.open(path) as archive:
            assert await follow(archive, steps) == expected
        async with SqliteArchive.open(path) as reopened:
            assert (await reopened.articles_since(BEGINNING),) == (expected[0],)
