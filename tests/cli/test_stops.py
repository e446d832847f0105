"""`nutgraf kill`, `hold`, `release`, `purge`, `audit` as they are typed, on files; no socket."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import NutgrafError
from tests.laws.test_stopped_text_stays_stopped import OPEN, WORD, feed, ledger, library

Typed = Callable[..., Result]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.chdir(tmp_path)
    listing = json.loads(feed(ledger("1"), library()))
    for item in listing["items"]:
        del item["date_published"]
    Path("feed.json").write_text(json.dumps(listing))
    CliRunner().invoke(cli, ["sources", "add", "feed.json", "--outlet", "Courier"])

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, [*arguments], input=typed)

    assert WORD in run("brief", "--json").output
    return run


def test_a_story_is_killed_and_released_from_a_terminal(typed: Typed) -> None:
    done = typed("kill", "story", "harbour", "accounts", "--reason", "legal")
    assert "Killed: a story of Courier (stop 1), in 1 article." in done.output

    told = typed("brief", "--json").output
    assert WORD not in told
    assert OPEN in told
    assert WORD not in typed("show", "latest", "--json").output
    assert "killed by terminal" in typed("release").output
    assert "Reason: legal" in typed("release").output
    assert "Released" in typed("release", "1").output
    assert WORD in typed("brief", "--json").output
    assert "terminal released a story of Courier" in typed("audit").output


def test_a_stored_briefing_shows_no_word_of_a_quote_that_was_held_since(typed: Typed) -> None:
    assert "Held: a quote" in typed("hold", "quote", f"the {WORD} ledger").output

    shown = typed("show", "latest", "--json").output

    assert WORD not in shown
    assert "Two hundred people came" in shown
    Path("export.json").write_text(shown)
    assert typed("verify", "export.json").exit_code == 0


def test_a_purge_asks_first_and_leaves_no_word_in_the_archive(typed: Typed) -> None:
    exported = json.loads(typed("show", "latest", "--json").output)
    (gone,) = [a["id"] for a in exported["articles"] if WORD in json.dumps(a)]

    assert typed("purge", gone, typed="n\n").exit_code == 1
    assert WORD in typed("brief", "--json").output
    assert "Purged" in typed("purge", gone, "--yes", "--reason", "court").output

    for shown in (typed("brief", "--json"), typed("show", "latest", "--json")):
        assert WORD not in shown.output
    for file in Path("data").rglob("*.db*"):
        assert WORD.encode() not in file.read_bytes()


def test_what_cannot_be_stopped_is_named(typed: Typed) -> None:
    for line in (("kill", "story", "walrus"), ("release", "7"), ("purge", "a9", "--yes")):
        found = typed(*line)
        assert isinstance(found.exception, NutgrafError), found.output
