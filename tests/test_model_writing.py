"""The flow of a model-written brief: one question, one for repairs, and the story always told."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import ArchiveError, BudgetError, ModelError, UnknownError
from bot.model_writing import Attempt
from bot.money.plan import Length
from bot.news import EXTRACTIVE, Article, Coverage, Dossier, HowWritten, Written, from_json, to_json
from bot.pipeline import group, write_briefing
from bot.ports import ModelReply, ModelRequest
from bot.prompt_files import Edition, EditionHeader
from bot.stories import Topic, Topics
from bot.tools import Tools
from tests.builders import NOON, an_article
from tests.fakes_model import FakeModel, Line
from tests.laws.desks import a_desk
from tests.model_desk import a_line, a_reply, a_story_to_write, asked, repairs, tools_with

FERRY = an_article(
    "a1",
    title="Ferry to Tern Island stops for a month",
    body=(
        "The ferry to Tern Island stops for a month from Monday, the Sound Line said.\n\n"
        "“The hull needs new plates before the autumn storms come,” said Mira Tolland, who runs "
        "the line.\n\n"
        "Inspectors found cracks in the hull plates of the Grey Heron last week.\n\n"
        "The council of Marl will hire a fishing boat for schoolchildren and for the doctor."
    ),
)
BUDGET = an_article(
    "a2",
    title="Port Aldren passes its budget by three votes",
    body=(
        "The city council of Port Aldren passed a budget of 612 million crowns on Wednesday.\n\n"
        "The budget closes four libraries and raises parking charges, the mayor said.\n\n"
        "Librarians will be offered other work in the service of the city."
    ),
    outlet="Aldren Post",
    published_at=NOON - timedelta(hours=1),
)
HEAD = a_line("Tern Island ferry stops for a month", "A1.S0")
GOOD = a_line("Inspectors discovered cracks in the hull plates of the Grey Heron.", "A1.S3")
BAD = a_line("The council of Marl will hire 14 boats for the doctor.", "A1.S4")
MENDED = a_line("A fishing boat will be hired by the council of Marl for the doctor.", "A1.S4")


async def attempt(replies: Sequence[Line], *articles: Article) -> tuple[Attempt, FakeModel]:
    model = FakeModel(replies)
    story = a_story_to_write(*(articles or (FERRY,)))
    return await asked(story, tools_with(model)), model


async def edition_of(
    tools: Tools, *articles: Article, edition: str = "", coverage: Coverage | None = None
) -> Dossier:
    day = group(articles, tools, now=NOON)
    counted = coverage or Coverage(1, 0)
    return await write_briefing(day, day.stories, counted, tools, now=NOON, edition=edition)


async def test_supported_sentences_cost_one_request() -> None:
    done, model = await attempt([a_reply(HEAD, GOOD, MENDED, quotes=["Q1"])])

    assert len(model.requests) == 1
    assert done.brief.how == HowWritten(
        "fake-model", "json_schema", done.brief.how.prompt if done.brief.how else "", 1, kept=3
    )
    assert [q.id for q in done.brief.quotes] == [q.id for q in a_story_to_write(FERRY).base.quotes]
    assert all(isinstance(p, Written) for s in done.brief.sentences for p in s.parts)


async def test_failed_sentences_alone_are_asked_for_once_more() -> None:
    done, model = await attempt([a_reply(HEAD, GOOD, BAD), repairs(F2=MENDED)])

    first, second = model.requests
    assert "[F2] The council of Marl will hire 14 boats" in second.user
    assert "14" in second.user.split("wrong:")[1]
    assert "[F1]" not in second.user
    assert "discovered" not in second.user
    assert [first.schema_name, second.schema_name] == ["brief", "sentences"]
    assert done.brief.how
    assert (done.brief.how.kept, done.brief.how.repaired) == (2, 1)


async def test_what_fails_twice_gives_way_to_its_source() -> None:
    done, model = await attempt([a_reply(HEAD, BAD), repairs(F1=BAD)])

    assert len(model.requests) == 2
    assert done.brief.how
    assert (done.brief.how.replaced, done.brief.how.added) == (1, 1)
    assert not any("14" in p.words for s in done.brief.sentences for p in s.passages())


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (BudgetError("The desk has spent 5.00 today."), "what may be spent on models is spent"),
        (ModelError("x took too long.", kind="timeout"), "the model did not answer in time"),
        (ModelError("x said nothing.", kind="empty"), "the model gave no reply that can be used"),
    ],
)
async def test_without_a_reply_the_brief_is_the_sources_own_and_says_why(
    error: ModelError, note: str
) -> None:
    done, _ = await attempt([error])

    base = a_story_to_write(FERRY).base
    assert done.brief.sentences == base.sentences
    assert done.brief.how == HowWritten(note=note)
    assert done.problem == str(error)


async def test_repairs_that_do_not_come_cost_the_failed_sentences_alone() -> None:
    error = ModelError("x took too long.", kind="timeout")

    done, _ = await attempt([a_reply(HEAD, GOOD, BAD), error])

    assert done.brief.how
    assert (done.brief.how.kept, done.brief.how.replaced) == (2, 1)
    assert done.problem == str(error)


async def test_a_request_names_the_articles_it_rests_on_and_is_the_same_each_time() -> None:
    _, first = await attempt([a_reply(HEAD), repairs()], FERRY, BUDGET)
    _, again = await attempt([a_reply(HEAD), repairs()], FERRY, BUDGET)

    assert first.requests == again.requests
    assert [set(request.rests_on) for request in first.requests] == [{"a1", "a2"}] * 2


async def test_house_rules_and_the_editions_wishes_stand_in_the_prompt() -> None:
    model = FakeModel([a_reply(HEAD, GOOD, MENDED)])
    tools = tools_with(model)
    assert tools.writer
    prompts = replace(tools.writer.prompts, house="Write “per cent”.")
    ruled = replace(tools, writer=replace(tools.writer, prompts=prompts))
    wish = Edition(EditionHeader(max_words=40), "For the foreign desk.")

    done = await asked(a_story_to_write(FERRY), ruled, wish)

    assert "Write “per cent”." in model.requests[0].system
    assert "For the foreign desk." in model.requests[0].user
    assert "at most 40 words" in model.requests[0].user
    plain, _ = await attempt([a_reply(HEAD, GOOD, MENDED)])
    assert done.brief.how
    assert plain.brief.how
    assert done.brief.how.prompt != plain.brief.how.prompt


async def test_an_edition_is_written_story_by_story_and_stays_in_order() -> None:
    def say(request: ModelRequest) -> Line:
        if "Port Aldren" in request.user:
            return ModelError("x is closed.", kind="closed")
        return a_reply(HEAD, GOOD, MENDED, quotes=["Q1"])

    told: list[tuple[str, int, int]] = []
    tools = replace(tools_with(FakeModel(say)), progress=lambda *args: told.append(args))

    dossier = await edition_of(tools, FERRY, BUDGET)
    extractive = await edition_of(tools_with(), FERRY, BUDGET)

    first, second = dossier.briefing.briefs
    assert dossier.briefing.writer == "fake-model"
    assert extractive.briefing.writer == EXTRACTIVE
    assert [b.story for b in dossier.briefing.briefs] == [
        b.story for b in extractive.briefing.briefs
    ]
    assert {b.how.model for b in (first, second) if b.how} == {"fake-model", ""}
    assert told == [("writing", 0, 2), ("writing", 1, 2), ("writing", 2, 2)]
    assert from_json(to_json(dossier), Dossier) == dossier
    assert extractive.briefing.briefs[0].how is None


class SlowModel:
    """A model that answers when all that may ask at once have asked."""

    def __init__(self) -> None:
        self.asking = 0
        self.most = 0

    async def complete(self, request: ModelRequest) -> ModelReply:
        assert request.user
        self.asking += 1
        self.most = max(self.most, self.asking)
        for _ in range(50):
            await asyncio.sleep(0)
        self.asking -= 1
        raise ModelError("Nothing comes.", kind="empty")


async def test_no_more_stories_are_asked_for_at_once_than_may_be() -> None:
    model = SlowModel()
    tools = tools_with(model)
    assert tools.writer
    tools = replace(tools, max_stories=9, writer=replace(tools.writer, stories_at_once=2))
    names = ["Corvane", "Stavering", "Hembrey", "Tallow", "Gannet", "Marl"]
    articles = [
        an_article(
            n, title=f"Mayor of {n} resigns over the {n} {i} bridge", body=f"In {n} it ends."
        )
        for i, n in enumerate(names)
    ]

    dossier = await edition_of(tools, *articles)

    assert dossier.briefing.briefs
    assert model.most <= 2


async def test_an_edition_by_name_keeps_its_limits_whoever_writes() -> None:
    sport = an_article(
        "a3",
        title="Marl Rovers win the island cup",
        body="Marl Rovers won the island cup on Sunday.\n\nTheir keeper saved two shots in Marl.",
    )
    short = Edition(EditionHeader(max_stories=1, max_words=20, without=("sport",)))
    only = Edition(EditionHeader(topics=("sport",)))
    tools = replace(
        tools_with(),
        topics=Topics((Topic("sport", words=("rovers",)),)),
        editions={"short": short, "sport": only},
    )

    cut = await edition_of(tools, FERRY, BUDGET, sport, edition="short")
    games = await edition_of(tools, FERRY, BUDGET, sport, edition="sport")

    assert len(cut.briefing.briefs) == 1
    assert cut.briefing.stories_found == 2
    assert len(cut.briefing.briefs[0].sentences) == 1
    assert [b.references[0].article_id for b in games.briefing.briefs] == ["a3"]
    with pytest.raises(UnknownError, match="prompts/editions has: short, sport"):
        await edition_of(tools, FERRY, edition="home")


async def test_a_story_without_a_sentence_to_show_is_not_asked_for() -> None:
    done, model = await attempt([], an_article(body="Ferry. Stops. Monday.", title="Ferry stops"))

    assert model.requests == []
    assert done.brief.how
    assert not done.brief.how.model
    assert json.loads(to_json(done.brief))["how"]["note"]


async def test_what_is_left_of_the_budget_is_planned_before_anybody_is_asked() -> None:
    planned: list[tuple[ModelRequest, ModelRequest]] = []
    model = FakeModel(lambda _: a_reply(HEAD, GOOD, MENDED))
    tools = tools_with(model)
    assert tools.writer

    async def plan(costs: Sequence[tuple[ModelRequest, ModelRequest]]) -> Sequence[Length]:
        planned.extend(costs)
        assert model.requests == []
        return ["short", "extractive"]

    limited = replace(tools, writer=replace(tools.writer, plan=plan))
    first, second = (await edition_of(limited, FERRY, BUDGET)).briefing.briefs

    assert [short.max_tokens < full.max_tokens for full, short in planned] == [True, True]
    assert model.requests[0] == planned[0][1]
    assert first.how
    assert second.how
    assert "shorter than usual" in first.how.note
    assert second.how == HowWritten(note="what may be spent on models is spent")


async def test_who_waits_is_told_what_it_will_cost() -> None:
    told: list[str] = []

    def progress(doing: str, done: int, total: int) -> None:
        told.append(f"{doing}: {done} of {total}")

    async def forecast(requests: Sequence[ModelRequest]) -> str:
        return f"{len(requests)} requests, about 0.04 EUR of 1.20 EUR left today"

    tools = tools_with(FakeModel(lambda _: a_reply(HEAD, GOOD, MENDED)))
    assert tools.writer
    telling = replace(tools, progress=progress, writer=replace(tools.writer, forecast=forecast))
    await edition_of(telling, FERRY, BUDGET)

    said = "writing, 2 requests, about 0.04 EUR of 1.20 EUR left today"
    assert told == ["writing: 0 of 2", f"{said}: 1 of 2", f"{said}: 2 of 2"]


async def test_a_failure_that_nobody_expected_costs_the_models_words_alone() -> None:
    def crash(_: ModelRequest) -> str:
        raise RuntimeError("a mistake of ours")

    dossier = await edition_of(tools_with(FakeModel(crash)), FERRY)
    (brief,) = dossier.briefing.briefs

    assert brief.how == HowWritten(note="writing with the model failed")
    assert brief.sentences


async def test_a_mistake_around_the_model_does_not_cost_the_edition() -> None:
    async def crash(requests: Sequence[ModelRequest]) -> str:
        raise RuntimeError(f"a mistake of ours about {len(requests)} requests")

    tools = tools_with(FakeModel(lambda _: a_reply(HEAD, GOOD, MENDED)))
    assert tools.writer
    failing = replace(tools, writer=replace(tools.writer, forecast=crash))
    dossier = await edition_of(failing, FERRY, BUDGET)

    assert [b.how for b in dossier.briefing.briefs] == [
        HowWritten(note="writing with the model failed")
    ] * 2


async def test_without_the_plan_an_edition_is_written_all_the_same() -> None:
    async def plan(costs: Sequence[tuple[ModelRequest, ModelRequest]]) -> Sequence[Length]:
        raise ArchiveError(f"The archive is locked, with {len(costs)} stories to plan.")

    tools = tools_with(FakeModel(lambda _: a_reply(HEAD, GOOD, MENDED)))
    assert tools.writer
    limited = replace(tools, writer=replace(tools.writer, plan=plan))

    dossier = await edition_of(limited, FERRY)

    assert dossier.briefing.writer == "fake-model"


async def test_nobody_pays_a_model_to_list_quotes() -> None:
    model = FakeModel(lambda _: a_reply(HEAD, GOOD, MENDED))
    text = f"{FERRY.latest.title}\n\n{FERRY.latest.body}"
    desk = a_desk({"ferry.txt": text.encode()})
    desk.tools = replace(desk.tools, writer=tools_with(model).writer)

    await desk.quotes(now=NOON)
    asked_for_quotes = len(model.requests)
    await desk.brief(now=NOON)

    assert (asked_for_quotes, len(model.requests)) == (0, 1)
