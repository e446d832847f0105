"""`nutgraf brief --since` and `nutgraf handover`, as a person types them."""

from pathlib import Path

import pytest

from tests.test_cli import ARTICLE, nutgraf

pytestmark = [pytest.mark.system, pytest.mark.soak]
CONFIG = '[[source]]\naddress = "ferry.txt"\n\n[desk]\ntime_zone = "Europe/London"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "nutgraf.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def test_what_is_new_since_a_moment_is_told_and_then_no_more(folder: Path) -> None:
    first = nutgraf("brief", "--since", "2 hours", folder=folder).stdout
    assert "New since" in first
    assert "Ferry to Tern Island stops for a month" in first
    again = nutgraf("brief", "--since", "0 min", folder=folder).stdout
    assert "nothing new in 1 story told before" in again
    assert "Tern Island" not in again


def test_a_shift_is_handed_over_as_text_or_markdown(folder: Path) -> None:
    text = nutgraf("handover", folder=folder).stdout
    assert text.startswith("Handover, ")
    assert "1 new story, 0 changed, 0 corrected" in text
    assert "# Handover, " in nutgraf("handover", "--markdown", folder=folder).stdout


def test_a_moment_that_cannot_be_read_is_named_with_an_example(folder: Path) -> None:
    said = nutgraf("handover", "--since", "soon", folder=folder, expect=2).stderr
    assert "“soon” is no moment that can be read. Try 18:00" in said
    refused = nutgraf("brief", "ferry.txt", "--since", "18:00", folder=folder, expect=2).stderr
    assert "leave out the addresses" in refused
