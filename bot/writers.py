"""Builds what briefs are written with when a model is configured, and asks how the models are."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.adapters.archive import SqliteArchive
from bot.adapters.model.endpoints import Endpoint, load_endpoint
from bot.catalogues import load_prices
from bot.language import load_check_words
from bot.money import Terms
from bot.money.plan import Length, StoryCost, plan_edition
from bot.ports import ModelRequest, ModelTask, Payer, Purse
from bot.prompt_files import Prompts
from bot.remembering import RememberingModel
from bot.settings import EndpointSettings, Settings, models_asked, payment_terms
from bot.tools import ModelTools, Plan

if TYPE_CHECKING:
    from bot.adapters.model.remote import RemoteModel

Clock = Callable[[], datetime]

NEWSROOM: Final = Payer("newsroom")
"""Who pays where no channel is named: the terminal, and whoever asks how the models are."""


@asynccontextmanager
async def open_writer(
    settings: Settings, archive: SqliteArchive, prompts: Prompts, clock: Clock
) -> AsyncIterator[ModelTools | None]:
    """Give what a model writes briefs with; `None` where no endpoint has a model for them.

    Raises:
        SettingsError: an endpoint, its key or the prices are not in order.
    """
    asked = models_asked(settings)
    if not asked.get("summary"):
        yield None
        return
    terms = payment_terms(settings, load_prices(settings.budget.currency))
    meter = archive.meter(terms, clock)
    async with _open_models(settings, archive, terms, clock) as remote:
        yield ModelTools(
            RememberingModel(remote, archive.replies, asked, clock),
            prompts,
            load_check_words,
            NEWSROOM,
            max_tokens=settings.model.max_tokens,
            plan=_planner(terms, asked, meter),
        )


async def examine_models(settings: Settings, clock: Clock) -> tuple[str, ...]:
    """Ask every configured model for one word; return a line for each, or that there is none.

    Raises:
        ArchiveError: the archive, which keeps the accounts, cannot be opened.
        SettingsError: as `open_writer`.
    """
    if not models_asked(settings):
        return ("Models: none; briefs are put together from the sources' own sentences.",)
    terms = payment_terms(settings, load_prices(settings.budget.currency))
    async with (
        SqliteArchive.open(Path(settings.archive.database)) as archive,
        _open_models(settings, archive, terms, clock) as remote,
    ):
        return tuple(
            f"Model {one.model} at {one.endpoint}: "
            + (one.problem or f"answers in {one.seconds:.1f} s, asked by {one.rung}.")
            for one in await remote.check(NEWSROOM)
        )


@asynccontextmanager
async def _open_models(
    settings: Settings, archive: SqliteArchive, terms: Terms, clock: Clock
) -> "AsyncIterator[RemoteModel]":
    # importing it takes a second, and most commands need no model
    from bot.adapters.model.remote import RemoteModel  # noqa: PLC0415

    endpoints = [_endpoint(one) for one in settings.model.endpoint]
    meter = archive.meter(terms, clock)
    deadline = settings.model.deadline_seconds
    async with RemoteModel(endpoints, meter, deadline_seconds=deadline) as remote:
        yield remote


def _endpoint(one: EndpointSettings) -> Endpoint:
    named: dict[ModelTask, str] = {"summary": one.summary_model, "answer": one.answer_model}
    return load_endpoint(
        one.name,
        one.base_url,
        {task: model for task, model in named.items() if model},
        key_variable=one.key_env,
        key_file=one.key_file,
        concurrency=one.concurrency,
        api_version=one.api_version,
    )


def _planner(terms: Terms, asked: Mapping[ModelTask, Sequence[str]], purse: Purse) -> Plan:
    """Return who says how each story is written with what is left to the one who pays."""

    async def plan(pairs: Sequence[tuple[ModelRequest, ModelRequest]]) -> Sequence[Length]:
        if not pairs:
            return ()
        tariff = terms.dearest(asked["summary"])
        costs = [StoryCost.of(full, short, tariff) for full, short in pairs]
        return plan_edition(costs, await purse.left(pairs[0][0].payer))

    return plan
