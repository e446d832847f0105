from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.errors import ModelError
from bot.prompt_trial import report
from tests.fakes_model import FakeModel, Line
from tests.model_desk import a_line, a_reply, a_story_to_write, asked, repairs, tools_with
from tests.test_model_writing import BAD, FERRY, GOOD, HEAD

SHIPPED = (Path(__file__).resolve().parents[1] / "prompts/summary.md").read_text("utf-8")


async def reported(*replies: Line) -> str:
    return report(await asked(a_story_to_write(FERRY), tools_with(FakeModel(replies))))


async def test_a_trial_shows_prompt_replies_tokens_and_the_verdict_of_each_sentence() -> None:
    text = await reported(a_reply(HEAD, GOOD, BAD), repairs(F2=BAD))

    for line in (
        "[A1.S3] Inspectors found cracks in the hull plates of the Grey Heron last week.",
        "headline: kept",
        "sentence 1: kept",
        "sentence 2: replaced",
        "    wrote: The council of Marl will hire 14 boats for the doctor. [A1.S4]",
    ):
        assert line in text.splitlines()
    assert text.count("--- reply of fake-model (json_schema; ") == 2
    assert "tokens in, " in text
    assert "    because: “14" in text
    assert "    prints: The council of Marl will hire a fishing boat" in text


async def test_a_trial_says_why_nobody_answered() -> None:
    text = await reported(ModelError("local took too long; raise its timeout.", kind="timeout"))

    assert text.startswith("--- system\nYou are a news editor.")
    assert text.endswith("\nlocal took too long; raise its timeout.\n")


async def test_nothing_that_a_model_writes_steers_the_terminal() -> None:
    text = await reported(a_reply(a_line("\x1b[2J\x9b\x07 gone", "A1.S0")), repairs())

    assert not set("\x1b\x9b\x07") & set(text)


def test_a_check_names_what_is_wrong_and_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    in_order = CliRunner().invoke(cli, ["prompts", "check"])
    (tmp_path / "prompts/editions").mkdir(parents=True)
    (tmp_path / "prompts/summary.md").write_text(SHIPPED.replace("$quotes\n", ""), "utf-8")
    (tmp_path / "prompts/editions/foreign.md").write_text("+++\n+++\nShort.", "utf-8")

    broken = CliRunner().invoke(cli, ["prompts", "check"])

    assert in_order.exit_code == 0
    assert in_order.output.splitlines() == [
        "the built-in summary.md: in order",
        "the built-in repair.md: in order",
    ]
    assert broken.exit_code == 2
    assert "prompts/summary.md:6: the text lacks the field $quotes." in broken.output
    assert "prompts/editions/foreign.md: in order" in broken.output


def test_without_a_model_the_prompt_is_shown_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "prompts").mkdir()
    (tmp_path / "config/nutgraf.toml").write_text('[[source]]\naddress = "ferry.txt"\n', "utf-8")
    (tmp_path / "ferry.txt").write_text(f"{FERRY.latest.title}\n\n{FERRY.latest.body}", "utf-8")
    (tmp_path / "mine.md").write_text(SHIPPED.replace("news editor", "night editor"), "utf-8")
    CliRunner().invoke(cli, ["brief"])

    tried = CliRunner().invoke(cli, ["prompts", "try", "mine.md", "--story", "ferry"])

    assert tried.exit_code == 0
    assert "You are a night editor." in tried.output
    assert "[A1.S1] The ferry to Tern Island stops for a month" in tried.output
    assert "No model is configured, so nobody was asked." in tried.output
