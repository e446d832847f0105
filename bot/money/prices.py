"""What models cost, as a newsroom wrote it down in `config/prices.toml`."""

from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

import msgspec

from bot.money.amounts import to_millionths
from bot.news import Value
from bot.ports import MILLIONTHS

MOST_TOKENS: Final = 1_000_000_000
"""More than any call can use; an endpoint that counts more, or less than none, is not believed."""
INNER_ENDINGS: Final = (".localhost", ".local", ".internal", ".home.arpa")
"""Names that no public server has. Source: RFC 6761, RFC 6762, RFC 8375, ICANN on `.internal`."""


@dataclass(frozen=True)
class Tariff:
    """What a million tokens cost, read and written, in millionths of the currency."""

    per_million_in: int
    per_million_out: int

    def cost(self, tokens_in: int, tokens_out: int) -> int:
        """Return what so many tokens cost, in millionths, rounded up."""
        read, written = believable(tokens_in), believable(tokens_out)
        parts = read * self.per_million_in + written * self.per_million_out
        return -(-parts // MILLIONTHS)


class Price(Value, frozen=True):
    """Amounts of the file's currency for a million tokens: read (input), and written (output)."""

    input_per_million: Decimal
    output_per_million: Decimal

    def __post_init__(self) -> None:
        """Check both amounts."""
        self.tariff()

    def tariff(self) -> Tariff:
        """Return the price in whole numbers."""
        return Tariff(to_millionths(self.input_per_million), to_millionths(self.output_per_million))


class ModelPrice(Price, frozen=True, kw_only=True):
    """One `[[model]]`: the name that the endpoint knows it by, or with a `*` several names."""

    name: Annotated[str, msgspec.Meta(min_length=1)]


class Prices(Value, frozen=True):
    """All of `prices.toml`."""

    currency: Annotated[str, msgspec.Meta(min_length=1, max_length=12)] = "EUR"
    model: tuple[ModelPrice, ...] = ()
    local: Price | None = None
    default: Price | None = None

    @classmethod
    def free(cls) -> Self:
        """Return prices by which nothing costs anything."""
        return cls(default=Price(Decimal(0), Decimal(0)))

    def tariff_of(self, model: str, *, local: bool) -> Tariff | None:
        """Return the tariff of a model, `None` if the file has no price for it.

        A listed name counts first, then the first pattern that fits (case is no difference), then
        `local` if the endpoint is in the newsroom's own house, then `default`.
        """
        name = model.casefold()
        listed = [p for p in self.model if p.name.casefold() == name]
        listed += [p for p in self.model if fnmatchcase(name, p.name.casefold())]
        price = next(iter(listed), None) or (self.local if local else None) or self.default
        return price.tariff() if price else None


def believable(tokens: int) -> int:
    """Return the count of tokens, kept between 0 and a billion."""
    return min(max(tokens, 0), MOST_TOKENS)


def is_local(base_url: str) -> bool:
    """Tell whether the address is in the newsroom's own house and no service on the internet.

    It is for loopback and private addresses, names without a dot, and names no public server has.
    """
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    try:
        address = ip_address(host)
        return (getattr(address, "ipv4_mapped", None) or address).is_private
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(INNER_ENDINGS))
