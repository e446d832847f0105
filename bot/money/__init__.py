"""What models cost and what may be spent on them: values and decisions, without a store."""

from bot.money.amounts import in_words, to_millionths
from bot.money.ceilings import Ceilings, Spending
from bot.money.estimates import Estimate, estimate, forecast
from bot.money.pace import LONGEST_WAIT, WINDOW, Pace, Start
from bot.money.plan import Length, StoryCost, budget_note, plan_edition, portion
from bot.money.prices import ModelPrice, Price, Prices, Tariff, believable, is_local
from bot.money.report import SpendingReport, amount_of, spending, unsettled_of
from bot.money.terms import Terms

__all__ = [
    "LONGEST_WAIT",
    "WINDOW",
    "Ceilings",
    "Estimate",
    "Length",
    "ModelPrice",
    "Pace",
    "Price",
    "Prices",
    "Spending",
    "SpendingReport",
    "Start",
    "StoryCost",
    "Tariff",
    "Terms",
    "amount_of",
    "believable",
    "budget_note",
    "estimate",
    "forecast",
    "in_words",
    "is_local",
    "plan_edition",
    "portion",
    "spending",
    "to_millionths",
    "unsettled_of",
]
