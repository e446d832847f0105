"""Amounts of money as whole numbers: written by people, counted in millionths, said in words."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from bot.ports import MILLIONTHS

LARGEST: Final = 1_000_000_000
"""In the currency's own unit; what is more is a slip of the hand."""
CENT: Final = Decimal("0.01")


def to_millionths(amount: Decimal) -> int:
    """Return the amount in millionths.

    Raises:
        ValueError: it is below 0, above a billion, no number, or has more than six decimals.
    """
    if not (amount.is_finite() and 0 <= amount <= LARGEST):
        raise ValueError(f"an amount must be from 0 to {LARGEST:,}, and this is {amount}")
    millionths = amount * MILLIONTHS
    if millionths != int(millionths):
        raise ValueError(f"an amount has six decimals at the most, and this is {amount}")
    return int(millionths)


def in_words(millionths: int, currency: str) -> str:
    """Return "1.20 EUR", to the nearest hundredth; "under 0.01 EUR" for what is more than nothing.

    A half is rounded up.
    """
    amount = (Decimal(millionths) / MILLIONTHS).quantize(CENT, ROUND_HALF_UP)
    if not amount and millionths > 0:
        return f"under {CENT} {currency}"
    return f"{amount:,} {currency}"
