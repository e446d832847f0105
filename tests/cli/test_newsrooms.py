"""`nutgraf newsroom`, `invite` and `doctor` as they are typed; no socket."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from click.testing import CliRunner, Result

from bot.chat.failures import NEEDED, lacking
from bot.cli import cli
from bot.discord_token import TOKEN_VARIABLE, application_id_of
from bot.errors import NutgrafError, SettingsError

Typed = Callable[..., Result]
APPLICATION = 1_234_567_890_123_456_789
TOKEN = f"{b64encode(str(APPLICATION).encode()).decode().rstrip('=')}.Gabcde.{'x' * 38}"
TWO = """
[[newsroom]]
name = "Harbour"
database = "data/harbour.db"
servers = [11]
[[newsroom]]
name = "School"
database = "data/school.db"
"""


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments)

    return run


def refused(result: Result) -> str:
    """Return the sentence; `main` prints it and ends with exit code 2."""
    assert isinstance(result.exception, NutgrafError), (result.exception, result.output)
    return str(result.exception)


def write(text: str) -> None:
    Path("config").mkdir()
    Path("config/nutgraf.toml").write_text(text, encoding="utf-8")


def test_a_server_is_added_listed_and_removed(typed: Typed) -> None:
    assert "The first server that the bot comes to" in typed("newsroom", "list").output
    assert "Server 5 belongs to the newsroom" in typed("newsroom", "add", "5").output
    assert "belongs already" in typed("newsroom", "add", "5").output
    assert "1 server\n  5\n" in typed("newsroom", "list").output
    assert "0 schedules paused" in typed("newsroom", "remove", "5").output
    assert "does not belong" in refused(typed("newsroom", "remove", "5"))


def test_a_server_belongs_to_one_newsroom_alone(typed: Typed) -> None:
    write(TWO)
    assert "Say which newsroom with --newsroom: Harbour, School." in refused(
        typed("newsroom", "add", "5")
    )
    assert "School" in typed("newsroom", "add", "5", "--newsroom", "school").output
    assert "belongs to the newsroom School; remove it there first" in refused(
        typed("newsroom", "add", "5", "--newsroom", "Harbour")
    )
    assert "newsroom.servers of Harbour" in refused(
        typed("newsroom", "add", "11", "--newsroom", "School")
    )
    assert "newsroom.servers of Harbour" in refused(
        typed("newsroom", "remove", "11", "--newsroom", "Harbour")
    )


def test_with_several_newsrooms_a_command_asks_which_archive_is_meant(typed: Typed) -> None:
    write(TWO)
    said = refused(typed("sources", "list"))
    assert "--database FILE, of data/harbour.db (Harbour), data/school.db (School)" in said
    assert typed("--database", "data/school.db", "sources", "list").exit_code == 0


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("name = 'harbour'\ndatabase = 'c.db'", "newsroom.name: harbour stands in 2 newsrooms"),
        ("name = 'C'\ndatabase = 'data/harbour.db'", "newsroom.database: data/harbour.db stands"),
        ("name = 'C'\ndatabase = 'c.db'\nservers = [11]", "newsroom.servers: 11 stands in 2"),
        ("name = 'C'\ndatabase = 'c.db'\nservers = [0]", "whole number"),
        ("name = 'C'", "lacks the key database"),
    ],
)
def test_newsrooms_that_share_something_are_refused(
    typed: Typed, block: str, sentence: str
) -> None:
    write(f"{TWO}\n[[newsroom]]\n{block}\n")
    assert sentence in refused(typed("newsroom", "list"))


def test_a_source_names_a_newsroom_that_there_is(typed: Typed) -> None:
    write(f"{TWO}\n[[source]]\naddress = 'a.xml'\nnewsroom = 'Sport'\n")
    assert "there is no newsroom 'Sport'" in refused(typed("newsroom", "list"))


def test_a_source_of_one_newsroom_is_not_read_by_another(typed: Typed) -> None:
    write(
        f"{TWO}\n[[source]]\naddress = 'https://a.example/feed'\nnewsroom = 'School'\n"
        "[[source]]\naddress = 'https://all.example/feed'\n"
    )
    harbour = typed("--database", "data/harbour.db", "sources", "list").output
    school = typed("--database", "data/school.db", "sources", "list").output
    assert "a.example" not in harbour
    assert "all.example" in harbour
    assert "a.example" in school
    assert "all.example" in school


def test_the_invite_link_has_the_permissions_that_posting_needs_and_no_other(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    asked = parse_qs(urlsplit(typed("invite").output.strip()).query)
    assert asked["client_id"] == [str(APPLICATION)]
    assert asked["scope"] == ["bot applications.commands"]
    permissions = discord.Permissions(int(asked["permissions"][0]))
    assert lacking(permissions) == ()
    assert permissions == discord.Permissions(**dict.fromkeys(NEEDED, True))
    same = typed("invite", "--application-id", str(APPLICATION)).output
    assert same == typed("invite").output


@pytest.mark.parametrize(
    "token", ["", "abc", "a.b.c", f"{TOKEN}.more", TOKEN.rpartition(".")[0], "x" * 32]
)
def test_what_is_no_token_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(SettingsError, match="not the token of a Discord bot") as caught:
        application_id_of(token)
    assert len(token) < 4 or token not in str(caught.value)


def test_the_doctor_says_what_is_there_and_what_to_do(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = typed("doctor").output
    assert "To do: `nutgraf sources add ADDRESS`." in found
    assert "Newsroom newsroom: no Discord server yet" in found
    assert f"To do: set {TOKEN_VARIABLE}" in found
    assert "There is no Discord token" in refused(typed("doctor", "--online"))

    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    typed("newsroom", "add", "5")
    found = typed("doctor").output
    assert "Newsroom newsroom: 1 Discord server." in found
    assert f"the token has the right form (application {APPLICATION})" in found
    assert TOKEN not in found

    monkeypatch.setenv(TOKEN_VARIABLE, "secret")
    assert "not the token of a Discord bot" in refused(typed("doctor"))
