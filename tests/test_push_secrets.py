from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.push_secrets import load_push_secrets, variable_of

LONG = "0123456789abcdef0123456789abcdef"


def test_a_secret_comes_from_the_environment_or_else_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "wire").write_text(f"{LONG}w\n", encoding="utf-8")
    (tmp_path / "city-desk").write_text("not this one", encoding="utf-8")
    environment = {"NUTGRAF_PUSH_SECRET_CITY_DESK": LONG}

    found = load_push_secrets(["city-desk", "wire"], str(tmp_path), environment)
    assert found == {"city-desk": LONG.encode(), "wire": f"{LONG}w".encode()}


def test_without_sources_no_secret_is_needed() -> None:
    assert load_push_secrets([], "", {}) == {}


@pytest.mark.parametrize(
    ("environment", "folder", "sentence"),
    [
        ({}, "", "There is no secret for push://wire. Set NUTGRAF_PUSH_SECRET_WIRE"),
        ({}, "gone", "web.secrets_folder: gone/wire cannot be read"),
        ({variable_of("wire"): "short"}, "", "The secret of push://wire has fewer than 32"),
    ],
)
def test_a_secret_that_is_missing_or_short_says_what_to_do(
    environment: dict[str, str], folder: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_push_secrets(["wire"], folder, environment)

    assert str(caught.value).startswith(sentence)


def test_two_sources_cannot_share_a_secret() -> None:
    environment = {variable_of("a"): LONG, variable_of("b"): LONG}

    with pytest.raises(SettingsError, match="push://b has the secret of another source"):
        load_push_secrets(["a", "b"], "", environment)
