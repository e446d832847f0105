"""`nutgraf ask` as it is typed: one question, or lines that go on from each other."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli

BODY = (
    "The bell of the Good Intent was raised off Stavering on Tuesday.\n\n"
    "“It rang once as it left the water,” said Edda Brock, the diver. She is 41.\n\n"
    "The bell weighs 61 kilograms."
)


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a newsroom in a folder of its own that has read one article."""
    monkeypatch.chdir(tmp_path)
    item = {"id": "1", "url": "https://c.example/1", "title": "Bell raised", "content_text": BODY}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": [item]}
    Path("feed.json").write_text(json.dumps(feed))
    typed("sources", "add", "feed.json", "--outlet", "Courier")
    assert typed("brief").exit_code == 0


def typed(*arguments: str, lines: str = "") -> Result:
    return CliRunner().invoke(cli, [*arguments], input=lines)


def test_one_question_is_answered() -> None:
    assert "The bell weighs 61 kilograms." in typed("ask", "How much does the bell weigh?").output


def test_each_line_goes_on_from_the_line_before() -> None:
    told = typed("ask", lines="What did Edda Brock say?\n\nAnd what did she say about water?\n")

    assert told.exit_code == 0
    assert told.output.count("“It rang once as it left the water”") == 2
