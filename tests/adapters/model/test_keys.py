from pathlib import Path

import pytest

from bot.adapters.model.endpoints import Endpoint, load_endpoint
from bot.adapters.model.keys import Key, load_key
from bot.errors import SettingsError
from bot.ports import ModelTask


def a_file(tmp_path: Path, content: str = "s3cret\n", mode: int = 0o600) -> str:
    path = tmp_path / "key"
    path.write_text(content)
    path.chmod(mode)
    return str(path)


def test_the_key_of_the_environment_comes_first(tmp_path: Path) -> None:
    environment = {"NUTGRAF_MODEL_KEY_NIGHT_DESK": " s3cret "}

    key = load_key("night-desk", file=a_file(tmp_path, "other"), environment=environment)

    assert key == Key("s3cret", "the variable NUTGRAF_MODEL_KEY_NIGHT_DESK")


def test_the_key_of_a_file_is_read_without_its_line_break(tmp_path: Path) -> None:
    file = a_file(tmp_path)

    assert load_key("cloud", file=file, environment={}) == Key("s3cret", f"the file {file}")


def test_an_endpoint_may_do_without_a_key() -> None:
    key = load_key("here", environment={"NUTGRAF_MODEL_KEY_CLOUD": "s3cret"})

    assert key == Key("", "the variable NUTGRAF_MODEL_KEY_HERE")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(SettingsError, match="chmod 600") as caught:
        load_key("cloud", file=a_file(tmp_path, mode=mode), environment={})

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "is empty"), (" \n", "is empty"), ("a b", "spaces"), ("a\nb", "spaces"), ("ключ", "let")],
)
def test_what_is_no_key_is_refused(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        load_key("cloud", file=a_file(tmp_path, content), environment={})


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="/nowhere/key cannot be read"):
        load_key("cloud", file="/nowhere/key", environment={})


def test_a_key_is_not_printed(tmp_path: Path) -> None:
    key = load_key("cloud", file=a_file(tmp_path), environment={})
    endpoint = Endpoint("cloud", "https://api.example/v1", key, {"summary": "fog-7b"})

    assert "s3cret" not in f"{key!r} {endpoint!r} {endpoint}"


MODELS: dict[ModelTask, str] = {"summary": "fog-7b"}


@pytest.mark.parametrize(
    "address",
    [
        "api.example/v1",
        "ftp://api.example",
        "http://",
        "https://a.example/v1?key=1",
        "https://a.example:99999/v1",
        "https://me:word@a.example/v1",
    ],
)
def test_an_address_that_cannot_be_asked_is_a_mistake(address: str) -> None:
    with pytest.raises(ValueError, match=r"http|base_url|range"):
        Endpoint("cloud", address, Key("", ""), MODELS)


def test_an_endpoint_without_models_or_places_is_a_mistake() -> None:
    address, key = "https://a.example/v1", Key("", "")

    with pytest.raises(ValueError, match="No task has a model"):
        Endpoint("cloud", address, key, {"summary": ""})
    with pytest.raises(ValueError, match="must be positive"):
        Endpoint("cloud", address, key, MODELS, concurrency=0)
    with pytest.raises(ValueError, match="must be positive"):
        Endpoint("cloud", address, key, MODELS, timeout_seconds=0)


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("http://localhost:8080/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://10.0.0.7:8080/v1", False),
        ("https://localhost.example/v1", False),
    ],
)
def test_this_machine_is_known(address: str, *, is_here: bool) -> None:
    assert Endpoint("x", address, Key("", ""), MODELS).is_here == is_here


@pytest.mark.parametrize("name", ["", "Cloud", "night desk", "-a", "a_b", "a--b"])
def test_a_name_that_makes_no_variable_is_a_mistake(name: str) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        Endpoint(name, "https://a.example/v1", Key("", ""), MODELS)


def test_an_endpoint_is_loaded_with_its_key() -> None:
    environment = {"NUTGRAF_MODEL_KEY_CLOUD": "s3cret"}

    endpoint = load_endpoint(
        "cloud", "https://a.example/v1", MODELS, concurrency=2, environment=environment
    )

    key = Key("s3cret", "the variable NUTGRAF_MODEL_KEY_CLOUD")
    assert endpoint == Endpoint("cloud", "https://a.example/v1", key, MODELS, concurrency=2)


def test_an_endpoint_with_a_wrong_value_is_an_error_of_the_settings() -> None:
    with pytest.raises(SettingsError, match="The model endpoint cloud: base_url"):
        load_endpoint("cloud", "a.example", MODELS, environment={})
