"""A source changes what a posted briefing cites: the message, the thread and operations hear."""

from dataclasses import replace as with_tools
from datetime import timedelta

from msgspec.structs import replace

from bot.delivery.correcting import correction_card
from bot.delivery.plain import to_plain
from bot.language import load_notices
from bot.news import Article, Briefing, Post, Revision
from bot.orders import Desks
from bot.ports import Revise
from bot.posting import work
from tests.fakes import FakeArchive
from tests.fakes_channels import FakeChannels
from tests.laws.desks import NOW, a_desk
from tests.test_posting import desks, teller_of

FERRY = (
    "Ferry stops for a month\n\n"
    "The ferry to Tern Island stops for a month from Monday, and 200 people need another way.\n\n"
    "“The hull needs new plates before the winter,” said Mira Tolland, who runs the line.\n"
)


def always(article: Article) -> Revise:
    return lambda _: article


async def a_newsroom() -> tuple[Desks, FakeArchive, FakeChannels, Article]:
    """Return a newsroom whose channel was told of the ferry."""
    desk = a_desk({"ferry.txt": FERRY.encode()})
    notices = load_notices()
    desk.tools = with_tools(desk.tools, read_notices=lambda: notices)
    parts, archive, channels = desks(desk)
    dossier = await desk.brief(now=NOW)
    (brief,) = dossier.briefing.briefs
    stories = (brief.story.id,)
    await archive.posts.add(
        [Post("s@1/1", 5, dossier.briefing.id, 1, NOW, 70, messages=1, stories=stories)]
    )
    await archive.operations.set_channel(1, 99)
    (article,) = archive.articles.values()
    return parts, archive, channels, article


async def revise(archive: FakeArchive, article: Article, old: str, new: str) -> None:
    number = article.latest.number + 1
    body = article.latest.body.replace(old, new)
    assert body != article.latest.body
    later = Revision.of(article.id, number, article.latest.title, body, seen_at=NOW)
    revised = replace(article, revisions=(*article.revisions, later))
    await archive.revise({article.id: always(revised)})


async def do_all(parts: Desks) -> None:
    now = NOW
    while now < NOW + timedelta(minutes=5):
        while job := await parts.jobs.claim("w", now=now, lease=timedelta(minutes=2)):
            await work(job, "w", parts, now=now)
        now += timedelta(seconds=10)


async def latest(archive: FakeArchive) -> Briefing:
    dossier = await archive.find_dossier("latest")
    assert dossier
    return dossier.briefing


async def test_a_changed_quote_is_told_with_before_and_after() -> None:
    parts, archive, channels, article = await a_newsroom()
    await revise(archive, article, "new plates", "fresh rivets")
    await do_all(parts)

    briefing = await latest(archive)
    assert briefing.version == 2
    told = to_plain(correction_card(briefing, 2))
    before, _, now = told.partition("Now:")
    assert "new plates" in before
    assert "fresh rivets" in now
    assert [post.message_id for post, _ in channels.edited] == [70]
    assert [post.reply_to for post in channels.sent] == [70]
    ((_, heard),) = teller_of(parts).told
    assert "changed a quote in its report. It had been told in <#5>." in heard


async def test_a_changed_figure_is_told_in_its_sentences() -> None:
    parts, archive, _, article = await a_newsroom()
    await revise(archive, article, "200 people", "260 people")
    await do_all(parts)

    told = to_plain(correction_card(await latest(archive), 2))
    assert "and 200 people need another way" in told
    assert "and 260 people need another way" in told


async def test_a_report_that_was_taken_back_takes_its_story_out_and_tells_no_word() -> None:
    parts, archive, channels, article = await a_newsroom()
    await archive.revise({article.id: always(replace(article, withdrawn="killed"))})
    await do_all(parts)

    briefing = await latest(archive)
    assert (briefing.version, briefing.briefs) == (2, ())
    told = to_plain(correction_card(briefing, 2))
    assert "took its report back" in told
    assert "plates" not in told
    assert len(channels.edited) == 1


async def test_a_retraction_takes_the_story_out() -> None:
    parts, archive, _, article = await a_newsroom()
    notice = "Retraction: This article has been retracted.\n\nThe ferry"
    await revise(archive, article, "The ferry", notice)
    await do_all(parts)

    briefing = await latest(archive)
    assert briefing.briefs == ()
    assert "retracted its report" in briefing.corrections[0].what


async def test_a_printed_correction_is_told_though_nothing_that_we_cite_changed() -> None:
    parts, archive, _, article = await a_newsroom()
    body = article.latest.body.splitlines()[-1]
    notice = "Correction: An earlier version of this article misspelled the name of the line."
    await revise(archive, article, body, f"{body}\n\n{notice}")
    await do_all(parts)

    briefing = await latest(archive)
    assert len(briefing.corrections) == 1
    assert "corrected its report" in briefing.corrections[0].what
    assert "misspelled the name" in to_plain(correction_card(briefing, 2))


async def test_what_was_set_in_another_way_is_no_correction() -> None:
    parts, archive, channels, article = await a_newsroom()
    await revise(archive, article, "“", '"')
    await do_all(parts)

    assert (await latest(archive)).version == 1
    assert (channels.sent, channels.edited) == ([], [])


async def test_each_change_in_a_row_is_told_once() -> None:
    parts, archive, channels, article = await a_newsroom()
    await revise(archive, article, "new plates", "fresh rivets")
    await do_all(parts)
    await revise(archive, archive.articles[article.id], "fresh rivets", "other bolts")
    await do_all(parts)
    await do_all(parts)

    assert (await latest(archive)).version == 3
    assert len(channels.sent) == 2
