"""`nutgraf sources` as it is typed, on files in a folder of its own; no socket."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import NutgrafError
from tests.source_desk.desks import a_feed, an_item

Typed = Callable[..., Result]
LIST = (
    "<opml version='2.0'><body><outline text='Sport' xmlUrl='https://sport.example/feed'/>"
    "<outline text='Secrets' xmlUrl='file:///etc/passwd'/></body></opml>"
)


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.chdir(tmp_path)
    Path("feed.xml").write_bytes(a_feed(an_item()))
    Path("sport.xml").write_bytes(a_feed(an_item("Sport", link="https://sport.example/1")))

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, ["sources", *arguments], input=typed)

    return run


def refused(result: Result) -> str:
    """Return the sentence; `main` prints it and ends with exit code 2."""
    assert isinstance(result.exception, NutgrafError), (result.exception, result.output)
    return str(result.exception)


def listed(typed: Typed) -> list[str]:
    found = json.loads(typed("list", "--json").stdout)
    return [one["address"] for one in found]


def test_a_source_goes_its_way_from_adding_to_removing(typed: Typed) -> None:
    assert (
        "Added Courier (feed.xml): RSS 2.0"
        in typed("add", "feed.xml", "--outlet", "Courier").output
    )
    assert "Courier: feed.xml (not read yet)" in typed().output
    assert typed("list", "cour").output == typed("list", "COUR").output.replace("COUR", "cour")
    assert "`nutgraf run` asks them" in typed("health").output
    assert "is paused" in typed("pause", "courier").output
    assert "1 source, paused; none is read." in typed("health").output
    assert "is read again" in typed("resume", "courier").output
    removed = typed("remove", "courier").output
    assert "nutgraf sources add --as-is --outlet=Courier feed.xml" in removed
    assert listed(typed) == []


@pytest.mark.usefixtures("typed")
def test_the_undo_names_the_archive_that_it_belongs_to() -> None:
    runner = CliRunner()
    runner.invoke(cli, ["--database", "other.db", "sources", "add", "feed.xml"])
    done = runner.invoke(cli, ["--database", "other.db", "sources", "remove", "feed.xml"])

    assert "nutgraf --database other.db sources add --as-is feed.xml" in done.output


def test_a_folder_that_is_not_there_is_added_only_as_it_is(typed: Typed) -> None:
    assert refused(typed("add", "incomming/")) == (
        "incomming/: there is no such folder; make it first, or add it with --as-is."
    )
    assert listed(typed) == []

    typed("add", "incoming/", "--as-is")
    assert listed(typed) == ["incoming/"]


def test_a_folder_that_exists_is_watched_however_it_was_typed(typed: Typed) -> None:
    Path("incoming").mkdir()
    typed("add", "incoming")

    assert listed(typed) == ["incoming/"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "gone.xml"), "gone.xml: there is no such file"),
        (("add", "ftp://x.example/"), "neither a path nor an http or https address"),
        (("pause", "nobody"), "No source is called 'nobody'; `sources list` names them."),
        (("remove", "nobody"), "No source is called 'nobody'"),
        (("import", "feed.xml"), "feed.xml: is no OPML list."),
        (("import", "gone.opml"), "gone.opml: there is no such file."),
        (("export", "gone/mine.opml"), "gone/mine.opml: cannot be written"),
    ],
)
def test_bad_input_is_one_sentence(typed: Typed, arguments: tuple[str, ...], sentence: str) -> None:
    said = refused(typed(*arguments))
    assert sentence in said
    assert "\n" not in said
    assert listed(typed) == []


def test_a_trial_that_is_refused_is_shown_and_ends_with_two(typed: Typed) -> None:
    done = typed("test", "gone.xml")
    assert done.exit_code == 2
    assert "Would not be read: there is no such file" in done.output
    assert json.loads(typed("test", "gone.xml", "--json").stdout)["refused"]


def test_a_trial_stores_nothing(typed: Typed) -> None:
    done = typed("test", "feed.xml")
    assert done.exit_code == 0
    assert "Is: RSS 2.0" in done.output
    assert listed(typed) == []


def test_lists_go_out_and_in(typed: Typed) -> None:
    typed("add", "https://courier.example/feed", "--as-is", "--urgent", "--folder", "Coast")
    assert "1 source written to mine.opml" in typed("export", "mine.opml").output
    assert typed("export").stdout == Path("mine.opml").read_text(encoding="utf-8")
    typed("remove", "courier.example")
    assert "1 source added, 0 already there, 0 refused" in typed("import", "mine.opml").output
    found = json.loads(typed("list", "--json").stdout)[0]
    assert (found["urgent"], found["folder"]) == (True, "Coast")


def test_an_import_with_refusals_takes_the_rest_and_ends_with_two(typed: Typed) -> None:
    dry = typed("import", "-", "--dry-run", typed=LIST)
    assert "1 source would be added, 0 already there, 1 refused" in dry.output
    assert listed(typed) == []
    done = typed("import", "-", typed=LIST)
    assert done.exit_code == 2
    assert "file:///etc/passwd: is no web address" in done.output
    assert listed(typed) == ["https://sport.example/feed"]


def test_the_settings_sources_are_listed_and_without_settings_the_list_stays(
    typed: Typed,
) -> None:
    Path("config").mkdir()
    settings = Path("config/nutgraf.toml")
    settings.write_text('[[source]]\naddress = "feed.xml"\n', encoding="utf-8")
    assert "from the settings" in typed().output
    assert "is listed in the settings" in refused(typed("remove", "feed.xml"))
    settings.unlink()
    assert listed(typed) == ["feed.xml"]


def test_help_names_every_command(typed: Typed) -> None:
    said = typed("--help").output
    for name in ("add", "list", "test", "pause", "resume", "remove", "health", "import", "export"):
        assert f"  {name} " in said
        assert typed(name, "--help").exit_code == 0
