from bot.money import Tariff, estimate, forecast, tokens_at_most

CHEAP = Tariff(per_million_in=2_000_000, per_million_out=8_000_000)


def test_no_text_has_more_tokens_than_bytes() -> None:
    assert tokens_at_most("naïve", "東") == 6 + 3 + 64
    assert tokens_at_most("\ud800") == 3 + 64


def test_an_estimate_has_the_likely_and_the_most() -> None:
    made = estimate(4_000, 500, CHEAP)

    assert made.likely == (1_000 + 64) * 2 + 500 * 8
    assert made.most == (4_000 + 64) * 2 + 500 * 8


def test_a_forecast_adds_up_what_an_edition_will_cost() -> None:
    six = [estimate(4_000, 500, CHEAP)] * 6

    assert forecast(six, 1_200_000, "EUR") == (
        "about 0.04 EUR, at most 0.07 EUR, of 1.20 EUR left today"
    )


def test_a_forecast_of_what_is_free_says_so_once() -> None:
    free = [estimate(4_000, 500, Tariff(0, 0))]

    assert forecast(free, 0, "EUR") == "about 0.00 EUR of 0.00 EUR left today"
