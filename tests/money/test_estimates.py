from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.money import Estimate, StoryCost, Tariff, estimate, forecast, portion
from bot.ports import ModelRequest, Payer

TARIFF = Tariff(per_million_in=2_000_000, per_million_out=8_000_000)
REQUEST = ModelRequest(
    "summary", "Write.", "[A1.S1] The ferry stops.", "brief", {}, 500, 0.0, Payer("city")
)


def test_a_call_likely_costs_a_token_for_three_bytes_and_the_longest_reply() -> None:
    long = replace(REQUEST, user="x" * 90_000)

    assert 0 <= estimate(long, TARIFF).likely - (30_000 * 2 + 500 * 8) < 100


@given(st.text(max_size=300), st.text(max_size=300), st.integers(1, 10**6))
def test_what_is_set_aside_covers_a_token_for_each_byte(
    system: str, user: str, max_tokens: int
) -> None:
    request = replace(REQUEST, system=system, user=user, max_tokens=max_tokens)
    made = estimate(request, Tariff(1_000_000, 1_000_000))

    assert made.most > len((system + user).encode()) + max_tokens
    assert made.likely < made.most


def test_the_schema_is_part_of_what_is_read() -> None:
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in "abcdefgh"}}

    assert (
        estimate(replace(REQUEST, schema=schema), TARIFF).likely > estimate(REQUEST, TARIFF).likely
    )


def test_a_story_costs_what_is_set_aside_for_its_longer_and_its_shorter_request() -> None:
    cost = StoryCost.of(REQUEST, replace(REQUEST, max_tokens=250), TARIFF)

    assert cost.full == estimate(REQUEST, TARIFF).most
    assert cost.full - cost.short == 250 * 8


def test_a_short_story_gets_half_and_at_least_one_of_each() -> None:
    assert [portion("full", 3), portion("short", 3), portion("extractive", 3)] == [3, 1, 0]
    assert portion("short", 1) == 1


def test_a_forecast_adds_up_what_an_edition_will_cost() -> None:
    six = [Estimate(likely=6_128, most=12_128)] * 6

    assert forecast(six, 1_200_000, "EUR") == (
        "about 0.04 EUR, at most 0.07 EUR, of 1.20 EUR left today"
    )


def test_a_forecast_of_what_is_free_says_so_once() -> None:
    assert forecast([estimate(REQUEST, Tariff(0, 0))], 0, "EUR") == (
        "about 0.00 EUR of 0.00 EUR left today"
    )
