"""What models cost and what may be spent on them: values and decisions, without a store."""

from bot.money.amounts import in_words, to_millionths
from bot.money.ceilings import Ceilings, Spending
from bot.money.pace import LONGEST_WAIT, WINDOW, Pace, Start
from bot.money.prices import ModelPrice, Price, Prices, Tariff, believable, is_local
from bot.money.terms import Terms

__all__ = [
    "LONGEST_WAIT",
    "WINDOW",
    "Ceilings",
    "ModelPrice",
    "Pace",
    "Price",
    "Prices",
    "Spending",
    "Start",
    "Tariff",
    "Terms",
    "believable",
    "in_words",
    "is_local",
    "to_millionths",
]
