"""The sections on language models: where they are asked, and what may be spent on them."""

from decimal import Decimal
from typing import Annotated

import msgspec

from bot.settings.section import Filled, Section, between


class EndpointSettings(Section, frozen=True):
    """One `[[model.endpoint]]`."""

    name: Filled
    base_url: Filled
    summary_model: str = ""
    answer_model: str = ""
    key_env: str = ""
    key_file: str = ""
    api_version: str = ""
    concurrency: Annotated[int, between(1, 100)] = 4
    requests_per_minute: Annotated[int, between(0, 100_000)] = 0
    tokens_per_minute: Annotated[int, between(0, 100_000_000)] = 0


class ModelSettings(Section, frozen=True):
    """`[model]`: the endpoints in the order in which they are asked; without any, no model is."""

    deadline_seconds: Annotated[int, between(5, 600)] = 60
    max_tokens: Annotated[int, between(50, 100_000)] = 1500
    endpoint: tuple[EndpointSettings, ...] = ()


class BudgetSettings(Section, frozen=True):
    """`[budget]`: the most that models may cost in a day of the desk's time zone."""

    currency: Annotated[str, msgspec.Meta(min_length=1, max_length=12)] = "EUR"
    desk_per_day: Decimal = Decimal(1)
    total_per_day: Decimal = Decimal(5)
    scheduled_share: Annotated[int, between(0, 100)] = 50
