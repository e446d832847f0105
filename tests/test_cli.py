"""The command as a person types it: its own process, its own folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

ARTICLE = """\
Ferry to Tern Island stops for a month

By Ilse Ankar

Share

The ferry to Tern Island stops for a month from Monday, the Sound Line said on Tuesday.

“The hull needs new plates,” said Mira Tolland, who runs the line. “We cannot wait for spring.”

Two hundred people cross the sound on it each day, and the school boat is full.
"""

pytestmark = pytest.mark.system


def nutgraf(
    *arguments: str, folder: Path, typed: str | bytes = "", expect: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run the command in the folder and check its exit code; it never prints a traceback."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        input=typed if isinstance(typed, bytes) else typed.encode(),
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    assert done.returncode == expect, (done.returncode, out, err)
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_a_file_becomes_a_briefing_that_is_stored_and_shown_again(folder: Path) -> None:
    printed = nutgraf("brief", "ferry.txt", folder=folder).stdout

    assert "Ferry to Tern Island stops for a month\n---" in printed
    assert "“The hull needs new plates” … “We cannot wait for spring.”" in printed
    assert "— Mira Tolland" in printed
    assert "Share" not in printed
    assert nutgraf("show", "latest", folder=folder).stdout == printed


def test_every_form_is_the_same_briefing_and_the_export_verifies(folder: Path) -> None:
    plain = nutgraf("brief", "ferry.txt", "--plain", folder=folder).stdout
    markdown = nutgraf("show", "latest", "--markdown", folder=folder).stdout
    export = nutgraf("show", "latest", "--json", folder=folder).stdout
    words = "We cannot wait for spring."

    assert words in plain
    assert words in markdown.replace("\\", "")
    assert words in export
    assert json.loads(export)["briefing"]["id"] in plain
    (folder / "export.json").write_text(export, encoding="utf-8")
    verdict = nutgraf("verify", "export.json", folder=folder).stdout
    assert "export.json: VERIFIED" in verdict
    assert nutgraf("verify", "-", folder=folder, typed=export).stdout.startswith("-: VERIFIED")


def test_a_tampered_export_is_named_and_ends_with_one(folder: Path) -> None:
    export = nutgraf("brief", "ferry.txt", "--json", folder=folder).stdout
    quotes = json.loads(export)
    pieces = quotes["briefing"]["briefs"][0]["quotes"][0]["pieces"]
    pieces[0]["words"] = pieces[0]["words"].replace("plates", "planks")
    (folder / "export.json").write_text(json.dumps(quotes), encoding="utf-8")

    said = nutgraf("verify", "export.json", folder=folder, expect=1).stderr
    assert "NOT VERIFIED" in said
    assert "The hull needs new planks" in said


@pytest.mark.soak
def test_words_given_to_somebody_else_of_the_same_article_do_not_verify(folder: Path) -> None:
    export = json.loads(nutgraf("brief", "ferry.txt", "--json", folder=folder).stdout)
    body = export["articles"][0]["revisions"][0]["body"]
    speaker = export["briefing"]["briefs"][0]["quotes"][0]["attribution"]["speaker"]
    start = body.index("Ilse Ankar")
    speaker["name"]["words"] = "Ilse Ankar"
    speaker["name"]["span"] |= {"start": start, "end": start + len("Ilse Ankar")}
    (folder / "export.json").write_text(json.dumps(export), encoding="utf-8")

    said = nutgraf("verify", "export.json", folder=folder, expect=1).stderr
    assert "“The hull needs new plates” is attributed otherwise" in said


@pytest.mark.soak
def test_why_a_story_is_one_and_what_it_is_worth_is_printed(folder: Path) -> None:
    nutgraf("sources", "add", "ferry.txt", folder=folder)
    nutgraf("brief", folder=folder)
    for name in ("ferry", "1"):
        said = nutgraf("why", name, folder=folder).stdout
        assert said.startswith("Why 1 report is one story\n")
        assert "Worth 1.0: 1 origin, under 1 h old." in said
    said = nutgraf("why", "submarine", folder=folder, expect=2).stderr
    assert said.startswith("No story here is 'submarine'")


@pytest.mark.soak
def test_the_history_of_an_article_says_what_changed(folder: Path) -> None:
    entry = {"id": "1", "title": "Ferry stops", "content_text": ARTICLE.split("Share", 1)[1]}
    export = ""
    for people in ("Two", "Three"):
        text = entry["content_text"].replace("Two", people)
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Courier",
                "items": [entry | {"content_text": text}]}  # fmt: skip
        (folder / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
        export = nutgraf("brief", "feed.json", "--json", folder=folder).stdout
    article_id = json.loads(export)["articles"][0]["id"]

    said = nutgraf("history", article_id, folder=folder).stdout
    assert said.startswith(f"Article {article_id}\n")
    assert "Courier · 2 revisions" in said
    assert "changed figure · before: Two · now: Three" in said
    said = nutgraf("history", "a0", folder=folder, expect=2).stderr
    assert said == "No article has the id 'a0'; a briefing's JSON has the ids.\n"


def test_standard_input_is_read_like_a_file(folder: Path) -> None:
    assert "Mira Tolland" in nutgraf("brief", "-", folder=folder, typed=ARTICLE).stdout


def test_one_bad_address_costs_nothing_but_itself(folder: Path) -> None:
    done = nutgraf("brief", "ferry.txt", "gone.txt", folder=folder, expect=2)

    assert "Ferry to Tern Island" in done.stdout
    assert "1 address could not be read" in done.stdout
    assert done.stderr.startswith("gone.txt: ")


@pytest.mark.soak
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00" * 40, "binary"),
        (bytes(range(128, 256)) * 20, "encoding"),
        (b"<rss version='2.0'><channel><title>x</title><item><ti", "ends in the middle"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "no article"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
    ],
)
def test_a_bad_file_is_a_sentence_and_exit_code_two(
    folder: Path, content: bytes, reason: str
) -> None:
    (folder / "bad").write_bytes(content)

    done = nutgraf("brief", "bad", folder=folder, expect=2)
    assert done.stdout == ""
    assert done.stderr.startswith("bad: ")
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_of_300_megabytes_is_refused_without_reading_it(folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(300_000_000)

    done = nutgraf("brief", "huge.txt", "ferry.txt", folder=folder, expect=2)
    assert "huge.txt: " in done.stderr
    assert "20 MB" in done.stderr
    assert "Ferry to Tern Island" in done.stdout


@pytest.mark.soak
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (".", "directory"),
        ("http://127.0.0.1:9/x", "127.0.0.1"),
        ("http://[::1]/x", "::1"),
        ("http://0x7f000001/", ""),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
        ("ftp://courier.example/x", ""),
        ("http:///", ""),
    ],
)
def test_an_address_that_may_not_be_read_is_refused_by_name(
    folder: Path, address: str, reason: str
) -> None:
    done = nutgraf("brief", address, folder=folder, expect=2)

    assert done.stderr.startswith(f"{address}: ")
    assert reason in done.stderr


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("[briefing]\nmax_storys = 3", "config/nutgraf.toml: unknown key briefing.max_storys"),
        ("[briefing]\nmax_stories = 'x'", "config/nutgraf.toml: briefing.max_stories must be a"),
    ],
)
def test_settings_that_are_wrong_stop_the_command(folder: Path, toml: str, sentence: str) -> None:
    (folder / "config").mkdir()
    (folder / "config/nutgraf.toml").write_text(toml, encoding="utf-8")

    assert nutgraf("brief", "ferry.txt", folder=folder, expect=2).stderr.startswith(sentence)


def test_an_unknown_briefing_is_a_sentence(folder: Path) -> None:
    said = nutgraf("show", "zzzzzzzz", folder=folder, expect=2).stderr

    assert said == "No briefing has the id 'zzzzzzzz'.\n"


def test_a_missing_or_broken_export_is_bad_input(folder: Path) -> None:
    (folder / "broken.json").write_text("{", encoding="utf-8")

    assert (
        "gone.json: cannot be read"
        in nutgraf("verify", "gone.json", folder=folder, expect=2).stderr
    )
    assert "is not JSON" in nutgraf("verify", "broken.json", folder=folder, expect=2).stderr
    (folder / "other.json").write_text("{}", encoding="utf-8")
    assert "NOT VERIFIED" in nutgraf("verify", "other.json", folder=folder, expect=1).stderr


def test_a_desk_without_sources_says_what_to_do(folder: Path) -> None:
    assert "list them as [[source]]" in nutgraf("brief", folder=folder, expect=2).stderr


def test_the_sources_of_the_settings_are_read_when_no_address_is_named(folder: Path) -> None:
    (folder / "config").mkdir()
    (folder / "config/nutgraf.toml").write_text(
        "[[source]]\naddress = 'ferry.txt'\noutlet = 'Harbour Courier'\n", encoding="utf-8"
    )

    assert "Harbour Courier [1]" in nutgraf("brief", folder=folder).stdout
    typed = "sources\nbrief ferry\nstory 1\nquotes tolland\nhelp\nnonsense\nstory 9\nquit\n"
    said = nutgraf("chat", folder=folder, typed=typed).stdout
    assert "Harbour Courier: ferry.txt" in said
    assert said.count("— Mira Tolland") == 3
    assert "There is no command 'nonsense'" in said
    assert "No story here is '9'" in said


def test_the_lab_streams_quotes_and_names_bad_lines(folder: Path) -> None:
    lines = json.dumps({"id": "d1", "text": "“We wait,” said Mira Tolland."}) + "\n{\n\n"

    done = nutgraf("lab", "quotes", folder=folder, typed=lines, expect=2)
    record = json.loads(done.stdout)
    assert record["id"] == "d1"
    assert record["quotes"][0] | {"start": 1, "end": 8, "text": "We wait"} == record["quotes"][0]
    assert record["quotes"][0]["speaker"] == "Mira Tolland"
    assert done.stderr.startswith("line 2: ")


def test_the_lab_summarises_in_the_sources_own_sentences(folder: Path) -> None:
    line = json.dumps({"id": "d1", "docs": [{"title": "Ferry", "body": ARTICLE}], "sentences": 1})

    record = json.loads(nutgraf("lab", "summarise", folder=folder, typed=line).stdout)
    assert record["summary"] in ARTICLE


def test_the_doctor_says_what_is_in_order(folder: Path) -> None:
    assert "Archive: data/nutgraf.db is open" in nutgraf("doctor", folder=folder).stdout


@pytest.mark.parametrize(
    "arguments", [["--help"], ["brief", "ferry.txt"], ["lab", "quotes"], ["lab", "summarise"]]
)
def test_a_command_imports_only_what_it_needs(folder: Path, arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from bot.cli import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    loaded = set(done.stderr.split())
    assert "bot" in loaded
    assert not loaded & {"discord", "openai", "apscheduler", "aiohttp", "trafilatura", "feedparser"}
    if arguments != ["brief", "ferry.txt"]:
        assert not loaded & {"sqlalchemy", "alembic"}


def test_the_article_that_the_project_began_with(folder: Path) -> None:
    seed = SHARED / "data" / "seed-article.txt"
    if not seed.is_file():
        pytest.skip("needs ../shared/data/seed-article.txt")
    printed = nutgraf("brief", str(seed), folder=folder).stdout

    assert "\nRussia, Iran Hail Syria’s Move to Sign Weapons Pact\n---" in printed
    for furniture in ("Share", "Read Later", "(More:", "More:", "Participants hold", "REUTERS"):
        assert furniture not in printed
    assert "Yankees out" not in printed
    assert "Nobel prize" not in printed
    said = [line.strip() for line in printed.splitlines() if line.startswith(("    “", "      — "))]
    credits_by_words = dict(zip(said[::2], said[1::2], strict=True))
    speakers = {
        "I would like to hope": "— Russian President Vladimir Putin ·",
        "Legally speaking": "Bashar Ja’afari ·",
        "The words of the Syrian regime": "— Secretary of State John Kerry ·",
        "has been moving stocks": "— Wall Street Journal (speaker not certain), via ",
        "While the world’s attention": "Joe Stork",
        "As the U.S. and Russia negotiate": "Joe Stork",
    }
    for words, speaker in speakers.items():
        (credit,) = (c for w, c in credits_by_words.items() if w.startswith(f"“{words}"))
        assert speaker in credit
    assert len(credits_by_words) == len(speakers)
    second_hand = printed[printed.index("At second hand: ") :]
    for name in ("Wall Street Journal", "New York Times", "Human Rights Watch", "U.N. commission"):
        assert f"{name} [1]" in second_hand


@pytest.mark.soak
def test_quotations_of_a_draft_are_checked_against_the_archive(folder: Path) -> None:
    nutgraf("brief", "ferry.txt", folder=folder)

    good = nutgraf("check-quotes", "-", folder=folder, typed="“The hull needs new plates”")
    assert "1 quotation checked: 1 exact" in good.stdout
    assert "“The hull needs new plates”\n      — Mira Tolland" in good.stdout
    bad = nutgraf("check-quotes", "-", folder=folder, typed="“The hull needs no plates”", expect=1)
    assert "Altered" in bad.stdout
    assert "no such file" in nutgraf("check-quotes", "gone", folder=folder, expect=2).stderr
    nutgraf("check-quotes", "-", folder=folder, typed=b"\xff\xfe\xfa", expect=2)
