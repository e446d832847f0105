from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings, parse_settings

NAME = "config/nutgraf.toml"
ROOT = Path(__file__).resolve().parents[1]


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
    ],
)
def test_what_is_wrong_is_named_with_file_key_and_what_is_allowed(toml: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(toml.encode(), NAME)

    assert str(caught.value).startswith(f"{NAME}: {sentence}")


def test_a_missing_file_that_was_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml: cannot be read \(No such file"):
        load_settings(tmp_path / "gone.toml")


def test_bytes_that_are_no_text_are_an_error() -> None:
    with pytest.raises(SettingsError, match="is not valid TOML"):
        parse_settings(b"\xff\xfe\x00", NAME)
