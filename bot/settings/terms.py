"""What the settings say of models and money, in the terms of those who work with it."""

from zoneinfo import ZoneInfo

from bot.money import Ceilings, Pace, Prices, Terms, is_local, to_millionths
from bot.ports import ModelTask
from bot.settings.sections import Settings


def payment_terms(settings: Settings, prices: Prices) -> Terms:
    """Return on what terms calls are paid for; a day is one of `desk.time_zone`."""
    budget, endpoints = settings.budget, settings.model.endpoint
    return Terms(
        prices,
        Ceilings(
            to_millionths(budget.desk_per_day),
            to_millionths(budget.total_per_day),
            budget.scheduled_share,
        ),
        ZoneInfo(settings.desk.time_zone),
        {e.name: Pace(e.requests_per_minute, e.tokens_per_minute) for e in endpoints},
        frozenset(e.name for e in endpoints if is_local(e.base_url)),
    )


def models_asked(settings: Settings) -> dict[ModelTask, tuple[str, ...]]:
    """Return for each task the models that may answer, in the order in which they are asked.

    They are written "endpoint/model"; a task that no endpoint has a model for is left out.
    """
    endpoints = settings.model.endpoint
    of_task: dict[ModelTask, tuple[str, ...]] = {
        "summary": tuple(f"{e.name}/{e.summary_model}" for e in endpoints if e.summary_model),
        "answer": tuple(f"{e.name}/{e.answer_model}" for e in endpoints if e.answer_model),
    }
    return {task: models for task, models in of_task.items() if models}
