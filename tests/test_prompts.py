from pathlib import Path

import pytest

from bot.errors import PromptError, UnknownError
from bot.prompt_files import (
    Edition,
    EditionHeader,
    find_edition,
    parse_edition,
    parse_prompt,
)
from bot.prompts import PROMPT_FILES, check_prompts, load_prompt, load_prompts

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = (ROOT / "prompts/summary.md").read_text(encoding="utf-8")
EDITION = """+++
max_stories = 5
max_words = 60
without = ["sport"]
+++
For the foreign desk. Say first what it means abroad.
"""


def line_of(words: str) -> int:
    return SHIPPED[: SHIPPED.index(words)].count("\n") + 1


def test_the_prompts_that_come_with_the_program_are_in_order(tmp_path: Path) -> None:
    prompts = load_prompts(folder=tmp_path)

    assert prompts.summary.schema == "brief"
    assert prompts.repair.schema == "sentences"
    assert [file.problem for file in check_prompts(folder=tmp_path)] == ["", ""]
    assert check_prompts(folder=tmp_path)[0].name == "the built-in summary.md"


def test_a_prompt_of_the_working_folder_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = SHIPPED.replace("You are a news editor.", "You edit the Harbour Courier.")
    (tmp_path / "summary.md").write_text(own, encoding="utf-8")

    prompts = load_prompts(folder=tmp_path)

    assert prompts.summary.system.strip().startswith("You edit the Harbour Courier.")
    assert prompts.summary.sha256 != load_prompts().summary.sha256
    assert load_prompt(tmp_path / "summary.md") == prompts.summary


def test_what_is_filled_in_is_not_read_as_a_field() -> None:
    prompt = load_prompts().summary
    fields = dict.fromkeys(
        ["marker", "articles", "quotes", "sentences", "house", "edition", "language"], "$house $$"
    )

    _, user = prompt.filled(fields)

    assert user.startswith("$house $$")


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("+++\ntask", "task", 1, "must begin with a header"),
        ("version = 1", "version = one", line_of("version"), "not valid TOML"),
        ("version = 1", "version = 0", line_of("version"), "version: expected `int` >= 1"),
        ("version = 1\n", "", 1, "missing required field `version`"),
        ("version = 1", "version = 1\nhue = 3", line_of("version") + 1, "unknown field `hue`"),
        ('task = "summary"', 'task = "poem"', 2, "task: invalid enum value 'poem'"),
        ('task = "summary"', 'task = "answer"', 2, 'task must be "summary"'),
        ('schema = "brief"', 'schema = "ode"', 4, "schema: invalid enum value 'ode'"),
        ('schema = "brief"', 'schema = "sentences"', 4, 'schema must be "brief"'),
        ("temperature = 0.2", "temperature = 3.0", 5, "temperature: expected `float` <= 2"),
        ("$articles\n", "", line_of("fields"), "lacks the field $articles"),
        ("$edition\n", "$weather\n", line_of("$edition"), "unknown field $weather"),
        ('"house", ', "", line_of("$house"), "$house is not among the header's fields"),
        ("$quotes\n", "costs 5$ each\n", line_of("$quotes\n"), "a $ that begins no field"),
        ("# System\n", "", line_of("# System"), "needs one line '# System', and has 0"),
        ("# User\n", "# User\n# User\n", line_of("# User") + 1, "and has 2"),
        ("# System\n", "Hello\n# System\n", line_of("# System"), "nothing may stand before"),
    ],
)  # fmt: skip
def test_a_prompt_that_cannot_be_followed_is_named_with_its_line(
    old: str, new: str, where: int, says: str
) -> None:
    broken = SHIPPED.replace(old, new, 1)
    assert broken != SHIPPED

    with pytest.raises(PromptError) as raised:
        parse_prompt(broken, "prompts/summary.md", "brief")

    assert says.lower() in str(raised.value).lower()
    assert str(raised.value).startswith(f"prompts/summary.md:{where}: ")


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "repair.md").write_bytes(b"\xff\xfe")

    with pytest.raises(PromptError, match=r"repair\.md:1: cannot be read as UTF-8"):
        load_prompts(folder=tmp_path)


def test_house_rules_and_editions_are_files(tmp_path: Path) -> None:
    (tmp_path / "house.md").write_text("Write “per cent”, not “%”.\n", encoding="utf-8")
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions/foreign.md").write_text(EDITION, encoding="utf-8")

    prompts = load_prompts({"sport"}, tmp_path)

    foreign = find_edition(prompts.editions, "foreign")
    assert prompts.house == "Write “per cent”, not “%”."
    assert foreign.limits == EditionHeader(5, 60, (), ("sport",))
    assert foreign.text.startswith("For the foreign desk.")
    assert find_edition(prompts.editions, "") == Edition()
    assert prompts.sha256(foreign) != prompts.sha256(Edition())
    with pytest.raises(UnknownError, match="prompts/editions has: foreign"):
        find_edition(prompts.editions, "home")


def test_an_edition_allows_stories_by_their_topics() -> None:
    edition = Edition(EditionHeader(topics=("ports", "sea"), without=("sport",)))

    assert edition.allows(["sea"])
    assert not edition.allows([])
    assert not edition.allows(["sea", "sport"])
    assert Edition().allows(["sport"])


@pytest.mark.parametrize(
    ("header", "where", "says"),
    [
        ('without = ["sports"]', 2, "no topic is called 'sports'; config/topics.toml has: sport"),
        ("max_stories = 0", 2, "max_stories: expected"),
        ("\nmax_words = 5", 3, "max_words: expected"),
    ],
)
def test_an_edition_that_cannot_be_followed_is_named_with_its_line(
    header: str, where: int, says: str
) -> None:
    with pytest.raises(PromptError) as raised:
        parse_edition(f"+++\n{header}\n+++\nShort.", "prompts/editions/a.md", {"sport"})

    assert says in str(raised.value)
    assert str(raised.value).startswith(f"prompts/editions/a.md:{where}: ")


def test_rules_may_not_fill_the_prompt(tmp_path: Path) -> None:
    (tmp_path / "house.md").write_text("Be brief. " * 500, encoding="utf-8")

    with pytest.raises(PromptError, match=r"house\.md:1: is longer than 4,000"):
        load_prompts(folder=tmp_path)


def test_a_check_names_every_file_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "editions").mkdir()
    for name, text in {
        "README.md": "",
        "summary.md": SHIPPED.replace("$articles", "", 1),
        "repairs.md": "",
        "house.md": "Be brief.",
        "editions/a.md": EDITION,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    checked = {Path(c.name).name: c.problem for c in check_prompts(folder=tmp_path)}

    assert "lacks the field $articles" in checked["summary.md"]
    assert "no task uses a file of that name" in checked["repairs.md"]
    assert "no topic is called 'sport'" in checked["a.md"]
    assert checked["house.md"] == checked["the built-in repair.md"] == ""
    assert set(PROMPT_FILES) == {"summary.md", "repair.md"}
