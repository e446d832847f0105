import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from msgspec.structs import replace as with_values

from bot.errors import ModelError
from bot.ports import ModelReply, ModelRequest, Payer, Usage
from bot.remembering import RememberingModel, request_key
from tests.builders import an_article
from tests.fakes_money import FakeReplies, HandClock

REQUEST = ModelRequest(
    task="summary",
    system="Write.",
    user="[A1.S1] The ferry stops.",
    schema_name="brief",
    schema=MappingProxyType({"type": "object", "properties": {"b": {}, "a": {}}}),
    max_tokens=100,
    temperature=0.0,
    payer=Payer("city"),
    rests_on=("a1",),
)


class CountedModel:
    """A model that numbers its replies; `meanwhile` happens while it writes."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.calls = 0
        self.failing = 0
        self._meanwhile = meanwhile

    async def complete(self, request: ModelRequest) -> ModelReply:
        self.calls += 1
        number = self.calls
        await asyncio.sleep(0)
        self._meanwhile()
        if number <= self.failing:
            raise ModelError("No answer.", kind="timeout")
        usage = Usage("larkspur", len(request.user), 5)
        return ModelReply(f'{{"n": {number}}}', "larkspur", "prompt", (usage,))


class Desk:
    """A remembering model with all that it works with."""

    def __init__(self) -> None:
        self.articles = {"a1": an_article("a1")}
        self.model = CountedModel()
        self.clock = HandClock()
        self.replies = FakeReplies(self.articles.get)
        self.remembering = self.asking("gpu/larkspur")

    def asking(self, *models: str) -> RememberingModel:
        return RememberingModel(self.model, self.replies, {"summary": models}, self.clock)

    async def ask(self, request: ModelRequest = REQUEST) -> ModelReply:
        return await self.remembering.complete(request)


async def test_the_second_time_nobody_is_asked_and_nothing_is_used() -> None:
    desk = Desk()
    first, second = await desk.ask(), await desk.ask()

    assert desk.model.calls == 1
    assert first.usages
    assert second == replace(first, usages=())


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, task="answer"),
        replace(REQUEST, system="Write!"),
        replace(REQUEST, user="[A1.S1] The ferry sails."),
        replace(REQUEST, schema_name="answer"),
        replace(REQUEST, schema={"type": "object", "properties": {"a": {}, "b": {}}}),
        replace(REQUEST, temperature=0.1),
    ],
)
async def test_another_question_is_asked(other: ModelRequest) -> None:
    desk = Desk()
    await desk.ask()
    await desk.ask(other)

    assert desk.model.calls == 2


@pytest.mark.parametrize(
    "same",
    [
        replace(REQUEST, payer=Payer("sport", scheduled=True)),
        replace(REQUEST, max_tokens=200),
        replace(REQUEST, schema={"type": "object", "properties": {"b": {}, "a": {}}}),
    ],
)
async def test_the_same_question_by_another_desk_is_not(same: ModelRequest) -> None:
    desk = Desk()
    await desk.ask()
    await desk.ask(same)

    assert desk.model.calls == 1


async def test_other_models_are_asked_anew() -> None:
    desk = Desk()
    await desk.ask()
    await desk.asking("gpu/larkspur", "cloud/crocus").complete(REQUEST)

    assert desk.model.calls == 2


async def test_of_fifty_at_the_same_time_one_is_asked() -> None:
    desk = Desk()
    replies = await asyncio.gather(*(desk.ask() for _ in range(50)))

    assert desk.model.calls == 1
    assert sum(bool(reply.usages) for reply in replies) == 1


async def test_when_the_first_fails_the_next_one_asks_and_failures_are_not_kept() -> None:
    desk = Desk()
    desk.model.failing = 1
    failed, *replies = await asyncio.gather(*(desk.ask() for _ in range(3)), return_exceptions=True)

    assert isinstance(failed, ModelError)
    assert [r.content for r in replies if isinstance(r, ModelReply)] == ['{"n": 2}'] * 2
    assert desk.model.calls == 2


async def test_what_rests_on_no_article_is_asked_each_time_and_not_kept() -> None:
    desk = Desk()
    loose = replace(REQUEST, rests_on=())
    await desk.ask(loose)
    await desk.ask(loose)

    assert desk.model.calls == 2
    assert desk.replies.kept == {}


async def test_after_its_article_is_killed_a_reply_is_neither_found_nor_kept() -> None:
    desk = Desk()
    await desk.ask()
    desk.articles["a1"] = with_values(an_article("a1"), withdrawn="killed")
    await desk.ask()
    del desk.articles["a1"]
    await desk.ask()

    assert desk.model.calls == 3


async def test_an_article_that_is_killed_while_the_model_writes_leaves_nothing_behind() -> None:
    desk = Desk()
    desk.model = CountedModel(
        lambda: desk.articles.update(a1=with_values(an_article("a1"), withdrawn="killed"))
    )
    await desk.asking("gpu/larkspur").complete(REQUEST)

    assert desk.replies.kept == {}


async def test_a_reply_that_cannot_be_kept_is_given_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.replies.is_full = True
    reply = await desk.ask()

    assert reply.content == '{"n": 1}'
    assert caplog.messages == ["reply not kept"]


async def test_after_thirty_days_the_model_is_asked_again() -> None:
    desk = Desk()
    await desk.ask()
    desk.clock.now += timedelta(days=30)

    assert (await desk.ask()).content == '{"n": 2}'


def test_a_key_tells_where_one_part_ends_and_the_next_begins() -> None:
    one = replace(REQUEST, system="a", user="bc")
    other = replace(REQUEST, system="ab", user="c")

    assert request_key(one, ["m"]) != request_key(other, ["m"])
    assert len(request_key(one, ["m"])) == 64
