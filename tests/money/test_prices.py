from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogues import load_prices
from bot.errors import BudgetError, SettingsError
from bot.money import ModelPrice, Price, Prices, Tariff, in_words, is_local, to_millionths
from tests.money_terms import some_terms

ROOT = Path(__file__).resolve().parents[2]
FILE = """
currency = "EUR"
[[model]]
name = "larkspur-*"
input_per_million = 2
output_per_million = 8.00
[[model]]
name = "Larkspur-Small"
input_per_million = 0.075
output_per_million = "0.3"
"""
LOCAL = "[local]\ninput_per_million = 0\noutput_per_million = 0\n"
DEFAULT = "[default]\ninput_per_million = 10\noutput_per_million = 40\n"
TOKENS = st.integers(0, 10**9)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "prices.toml"


def loaded(path: Path, text: str) -> Prices:
    path.write_text(text, encoding="utf-8")
    return load_prices("EUR", path)


def test_the_file_that_ships_has_no_price_and_shows_by_comments_how_to_write_one(
    path: Path,
) -> None:
    text = (ROOT / "config/prices.toml").read_text("utf-8")
    assert loaded(path, text) == Prices("EUR")

    lines = [line.removeprefix("# ") for line in text.splitlines()]
    fields = ("[", "name =", "input_", "output_", "currency")
    prices = loaded(path, "\n".join(line for line in lines if line.startswith(fields)))
    assert [price.name for price in prices.model] == ["larkspur-small", "larkspur-*"]
    assert prices.local == Price(Decimal(0), Decimal(0))
    assert prices.default


def test_without_a_file_the_one_that_ships_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert load_prices("EUR") == Prices("EUR")


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("larkspur-small", Tariff(75_000, 300_000)),
        ("LARKSPUR-LARGE", Tariff(2_000_000, 8_000_000)),
        ("crocus", None),
        ("a-larkspur-small", None),
    ],
)
def test_a_listed_name_counts_before_a_pattern(
    path: Path, model: str, expected: Tariff | None
) -> None:
    assert loaded(path, FILE).tariff_of(model, local=True) == expected


def test_what_is_not_listed_costs_what_is_written_for_the_house_and_for_all_others(
    path: Path,
) -> None:
    prices = loaded(path, FILE + LOCAL + DEFAULT)

    assert prices.tariff_of("crocus", local=True) == Tariff(0, 0)
    assert prices.tariff_of("crocus", local=False) == Tariff(10_000_000, 40_000_000)
    assert prices.tariff_of("larkspur-small", local=True) == Tariff(75_000, 300_000)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("currency = 'USD'", "prices are in USD, and the budget in config/nutgraf.toml is in EUR;"),
        ("[default]\ninput_per_million = 1", "default: object missing required field"),
        (DEFAULT + "per = 1", "default: object contains unknown field `per`"),
        (
            DEFAULT.replace("40", "-1"),
            "default: an amount must be from 0 to 1,000,000,000, and",
        ),
        (
            DEFAULT.replace("40", "nan"),
            "default: an amount must be from 0 to 1,000,000,000, and",
        ),
        (DEFAULT.replace("40", "0.0000001"), "default: an amount has six decimals at the most"),
        (DEFAULT.replace("40", "'dear'"), "default.output_per_million: invalid decimal"),
        ("[[model]]\nname = ''", "model[0].name: expected `str` of length >= 1"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(path, text)

    assert str(caught.value).startswith(f"{path}: {sentence}")


@given(TOKENS, TOKENS, st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_cost_is_rounded_up_by_less_than_a_millionth_and_parts_cost_no_less(
    read: int, written: int, in_: int, out: int
) -> None:
    tariff = Tariff(in_, out)
    cost = tariff.cost(read, written)
    exact = Decimal(read * in_ + written * out) / 1_000_000

    assert 0 <= Decimal(cost) - exact < 1
    assert tariff.cost(read, 0) + tariff.cost(0, written) >= cost


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:11434/v1",
        "http://127.0.0.1:8000/v1",
        "http://[::1]:8000",
        "http://10.1.2.3/v1",
        "http://192.168.1.9/v1",
        "http://ollama:11434/v1",
        "https://gpu.internal/v1",
        "http://host.docker.internal:1234",
        "http://studio.local./v1",
    ],
)
def test_the_newsrooms_own_house_is_known(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://models.example/v1",
        "https://8.8.8.8/v1",
        "https://localhost.example/v1",
        "https://[2606:4700::1]/v1",
        "https://[::ffff:8.8.8.8]/v1",
        "https://127.0.0.1.example/v1",
        "models.example/v1",
        "",
    ],
)
def test_what_may_be_a_service_on_the_internet_is_not_the_house(address: str) -> None:
    assert not is_local(address)


@pytest.mark.parametrize(
    ("millionths", "words"),
    [
        (0, "0.00 EUR"),
        (1, "under 0.01 EUR"),
        (4_999, "under 0.01 EUR"),
        (5_000, "0.01 EUR"),
        (1_204_999, "1.20 EUR"),
        (1_205_000, "1.21 EUR"),
        (1_234_567_890_000, "1,234,567.89 EUR"),
    ],
)
def test_amounts_are_written_to_the_hundredth(millionths: int, words: str) -> None:
    assert in_words(millionths, "EUR") == words


def test_an_amount_is_counted_exactly() -> None:
    assert to_millionths(Decimal("0.1")) == 100_000
    assert to_millionths(Decimal(1000000000)) == 10**15
    for wrong in ("-0.01", "1000000001", "NaN", "sNaN", "Infinity", "1E-7", "1E+300"):
        with pytest.raises(ValueError, match=r"an amount (must|has)"):
            to_millionths(Decimal(wrong))


def test_the_dearest_of_several_models_covers_each_of_them() -> None:
    def model(name: str, read: int, written: int) -> ModelPrice:
        return ModelPrice(
            name=name, input_per_million=Decimal(read), output_per_million=Decimal(written)
        )

    prices = Prices("EUR", (model("crocus/*", 1, 9), model("larkspur", 2, 8)))
    terms = replace(some_terms(), prices=prices)

    assert terms.dearest(["a/crocus/7b", "b/larkspur"]) == Tariff(2_000_000, 9_000_000)
    assert terms.dearest([]) == Tariff(0, 0)
    with pytest.raises(BudgetError, match="no price for tulip in config"):
        terms.dearest(["b/larkspur", "b/tulip"])
