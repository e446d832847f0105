"""What calls will cost, estimated before they are made from the size of their prompts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.money.amounts import in_words
from bot.money.prices import Tariff

BYTES_PER_TOKEN: Final = 4
"""Of English news with tokenizers of today, about; other scripts have fewer."""
MESSAGE_TOKENS: Final = 64
"""Room for the marks that chat templates put around two messages; ChatML has about ten."""


@dataclass(frozen=True)
class Estimate:
    """What calls cost in millionths: likely, and at the most; the most is what is set aside."""

    likely: int
    most: int


def tokens_at_most(*texts: str) -> int:
    """Return a number of tokens that no tokenizer exceeds for one request of these texts.

    They are its messages and its schema as JSON, which some services put before the messages. No
    token stands for less than one byte of UTF-8: tokenizers fall back to single bytes.
    """
    return sum(len(text.encode(errors="surrogatepass")) for text in texts) + MESSAGE_TOKENS


def estimate(prompt_bytes: int, max_tokens: int, tariff: Tariff) -> Estimate:
    """Return what one call costs with a prompt of so many bytes and the longest reply."""
    return Estimate(
        likely=tariff.cost(prompt_bytes // BYTES_PER_TOKEN + MESSAGE_TOKENS, max_tokens),
        most=tariff.cost(prompt_bytes + MESSAGE_TOKENS, max_tokens),
    )


def forecast(estimates: Sequence[Estimate], left: int, currency: str) -> str:
    """Return what is to come, as "about 0.04 EUR, at most 0.11 EUR, of 1.20 EUR left today"."""
    likely, most = (
        in_words(sum(parts), currency)
        for parts in ([e.likely for e in estimates], [e.most for e in estimates])
    )
    at_most = "" if most == likely else f", at most {most},"
    return f"about {likely}{at_most} of {in_words(left, currency)} left today"
