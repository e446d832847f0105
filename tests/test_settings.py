from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.money import Ceilings, Pace, Prices
from bot.settings import (
    Settings,
    load_settings,
    models_asked,
    parse_settings,
    payment_terms,
)

NAME = "config/nutgraf.toml"
ROOT = Path(__file__).resolve().parents[1]


def an_endpoint(
    more: str = "",
    *,
    name: str = "gpu",
    base_url: str = "http://10.0.0.7:8000/v1",
    model: str = "larkspur",
) -> str:
    fields = f"name='{name}'\nbase_url='{base_url}'\nsummary_model='{model}'\n{more}\n"
    return f"[[model.endpoint]]\n{fields}"


def test_the_file_in_the_repository_spells_out_the_defaults() -> None:
    assert load_settings(ROOT / NAME) == Settings()


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert load_settings() == Settings()


def test_the_file_of_the_working_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / NAME).write_text("[briefing]\nmax_stories = 3\n", encoding="utf-8")

    assert load_settings().briefing.max_stories == 3


def test_sources_are_listed_in_blocks() -> None:
    settings = parse_settings(b'[[source]]\naddress = "feed.xml"\noutlet = "Harbour Courier"', NAME)

    assert [(s.address, s.outlet) for s in settings.source] == [("feed.xml", "Harbour Courier")]


@pytest.mark.parametrize("entry", ["wire.example:8080", "10.0.0.7:80", "[fd00::7]:443"])
def test_a_host_with_its_port_may_be_allowed(entry: str) -> None:
    settings = parse_settings(f'[reading]\nallow = ["{entry}"]'.encode(), NAME)

    assert settings.reading.allow == (entry,)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            "[briefing]\nstories = 6",
            "unknown key briefing.stories; allowed here: window_hours, max",
        ),
        ("colour = 1", "unknown key colour; allowed here: archive, reading"),
        ("[[source]]\naddress='a'\nurl='b'", "unknown key source[0].url; allowed here: address,"),
        ("[[source]]\noutlet='a'", "source[0] lacks the key address"),
        (
            "[briefing]\nmax_stories = '6'",
            "briefing.max_stories must be a whole number from 1 to 25",
        ),
        ("[briefing]\nmax_stories = 0", "briefing.max_stories must be a whole number from 1 to 25"),
        ("[briefing]\nmax_stories = 2.5", "briefing.max_stories must be a whole number"),
        (
            "[reading]\ntimeout_seconds = 0",
            "reading.timeout_seconds must be a number from 1 to 300",
        ),
        ("[reading]\nallow = 'x'", "reading.allow must be a list of texts"),
        ("[reading]\nallow = [1]", "reading.allow[0] must be text in quotation marks"),
        ("[archive]\ndatabase = ''", "archive.database must be text in quotation marks, not empty"),
        (
            "[reading]\nallow = ['wire.example']",
            "reading.allow: 'wire.example' is not a host and its",
        ),
        ("[reading]\nallow = ['http://a:80/x']", "reading.allow: 'http://a:80/x' is not a host"),
        ("[reading]\nallow = ['a:80', 'b:70000']", "reading.allow: 'b:70000' is not a host"),
        ("[web]\nlisten = '8080'", "web.listen: '8080' is not a host and a port"),
        ("[web]\nmax_megabytes = 50", "web.max_megabytes must be a whole number from 1 to 20"),
        ("[[source]]\naddress = 'push://City Desk'", "source 'push://City Desk': behind push://"),
        ("[[source]]\naddress = 'push://'", "source 'push://': behind push:// stands a name"),
        ("desk = 1", "desk must be a section in brackets"),
        ("[desk]\ntime_zone = 'Mars/Base'", "desk.time_zone: 'Mars/Base' is not in the IANA"),
        ("[desk", "is not valid TOML"),
        ("[model]\ndeadline_seconds = 4", "model.deadline_seconds must be a whole number from 5"),
        ("[model]\nendpoint = 'x'", "model.endpoint must be a section in brackets"),
        (an_endpoint("url='x'"), "unknown key model.endpoint[0].url; allowed here: name, base_url"),
        ("[[model.endpoint]]\nname='gpu'", "model.endpoint[0] lacks the key base_url"),
        (
            an_endpoint("concurrency=0"),
            "model.endpoint[0].concurrency must be a whole number",
        ),
        (an_endpoint(name="city gpu"), "model.endpoint.name: 'city gpu' is not a name of lower"),
        (an_endpoint() + an_endpoint(), "model.endpoint: 2 of them are called gpu; rename one"),
        (an_endpoint(base_url="gpu:8000/v1"), "model.endpoint gpu: base_url is not an address"),
        (an_endpoint(base_url="http://"), "model.endpoint gpu: base_url is not an address"),
        (an_endpoint(base_url="http://a:b@gpu/v1"), "model.endpoint gpu: base_url is not an"),
        (an_endpoint(base_url="http://gpu/v1?key=x"), "model.endpoint gpu: base_url is not an"),
        (an_endpoint(base_url="http://gpu:x/v1"), "model.endpoint gpu: base_url is not an address"),
        (an_endpoint(base_url="http://g pu/v1"), "model.endpoint gpu: base_url is not an address"),
        (
            an_endpoint(model=""),
            "model.endpoint gpu lacks a model; set summary_model",
        ),
        ("[budget]\ndesk_per_day = '1 EUR'", "budget.desk_per_day must be an amount such as 1.50"),
        ("[budget]\ndesk_per_day = true", "budget.desk_per_day must be an amount such as 1.50"),
        ("[budget]\ntotal_per_day = -1", "budget.total_per_day: an amount must be from 0 to"),
        ("[budget]\ndesk_per_day = nan", "budget.desk_per_day: an amount must be from 0 to"),
        ("[budget]\ndesk_per_day = 1e-7", "budget.desk_per_day: an amount has six decimals at the"),
        ("[budget]\nscheduled_share = 101", "budget.scheduled_share must be a whole number from 0"),
    ],
)
def test_what_is_wrong_is_named_with_file_key_and_what_is_allowed(toml: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(toml.encode(), NAME)

    assert str(caught.value).startswith(f"{NAME}: {sentence}")


def test_a_key_that_stands_where_its_name_belongs_is_refused_and_not_printed() -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(an_endpoint("key_env='sk-s3cr3t'").encode(), NAME)

    assert str(caught.value).startswith(f"{NAME}: model.endpoint gpu: key_env is not the name of")
    assert "s3cr3t" not in str(caught.value)


def test_the_endpoints_that_the_file_shows_in_comments_can_be_followed() -> None:
    text = (ROOT / NAME).read_text("utf-8")
    block = text[text.index("# [[model.endpoint]]") : text.index("[budget]")]

    (endpoint,) = parse_settings(block.replace("# ", "").encode(), NAME).model.endpoint
    assert (endpoint.name, endpoint.requests_per_minute) == ("city-gpu", 60)


def test_amounts_are_exact_and_become_millionths() -> None:
    settings = parse_settings(
        b"[budget]\ndesk_per_day = 0.1\ntotal_per_day = 2\nscheduled_share = 30", NAME
    )

    ceilings = payment_terms(settings, Prices()).ceilings
    assert ceilings == Ceilings(100_000, 2_000_000, 30)


def test_the_terms_know_paces_days_and_which_endpoints_are_in_the_house() -> None:
    cloud = an_endpoint("requests_per_minute=60", name="cloud", base_url="https://models.example")
    house = an_endpoint("tokens_per_minute=9000\nanswer_model='crocus'")
    toml = f"[desk]\ntime_zone='Asia/Tokyo'\n{cloud}{house}"
    settings = parse_settings(toml.encode(), NAME)

    terms = payment_terms(settings, Prices())
    assert terms.paces == {"cloud": Pace(60, 0), "gpu": Pace(0, 9_000)}
    assert terms.local == {"gpu"}
    assert terms.day(datetime(2026, 3, 4, 15, tzinfo=UTC)) == date(2026, 3, 5)
    assert models_asked(settings) == {
        "summary": ("cloud/larkspur", "gpu/larkspur"),
        "answer": ("gpu/crocus",),
    }
    assert models_asked(Settings()) == {}


def test_a_missing_file_that_was_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml: cannot be read \(No such file"):
        load_settings(tmp_path / "gone.toml")


def test_bytes_that_are_no_text_are_an_error() -> None:
    with pytest.raises(SettingsError, match="is not valid TOML"):
        parse_settings(b"\xff\xfe\x00", NAME)
