"""The lab's readers, as `nutgraf lab` runs them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import SourceError

DATA = Path(__file__).parent / "data"
PAGE = DATA / "sources" / "lighthouse.html"


def lab(*arguments: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, ["lab", *arguments], input=typed)


def test_each_page_gives_its_line_and_one_that_cannot_be_read_is_named() -> None:
    lines = f"{PAGE}\thttps://beacon.example/keepers\nmissing.html\thttps://x.example/\n{PAGE}\n"
    done = lab("extract", typed=lines)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [bool(page["body"]) for page in found] == [True, False, True]
    assert set(found[0]) == set(found[1]) == {"title", "byline", "date", "body"}
    assert found[0]["title"].startswith("Lighthouse keepers")
    assert done.stderr == "line 2: missing.html: there is no such file.\n"
    assert done.exit_code == 2


def test_a_line_that_is_no_text_does_not_stop_the_others() -> None:
    done = lab("extract", typed=b"\xff\xfe\n" + str(PAGE).encode())
    assert [bool(json.loads(line)["body"]) for line in done.stdout.splitlines()] == [False, True]
    assert done.exit_code == 2


def test_a_feed_without_entries_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "utf-8")
    done = lab("extract", typed=str(path))
    assert done.stderr == f"line 1: {path}: holds no article.\n"
    assert json.loads(lab("feed", str(path)).stdout) == []


def test_a_feed_gives_its_entries() -> None:
    done = lab("feed", str(DATA / "sources" / "tidewater.rss"))
    entries = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(entries[0]) == {"id", "title", "link", "date"}
    assert entries[0]["link"].startswith("https://")


def test_a_wire_document_gives_what_each_item_states() -> None:
    done = lab("wire", str(DATA / "wire" / "ferry.newsml.xml"))
    package, story, picture = json.loads(done.stdout)
    assert (package["item"], picture["itemclass"]) == ("packageItem", "ninat:picture")
    assert story["signals"] == ["sig:correction"]
    assert story["byline"] == ["By Ilse Marrow"]
    assert story["body_chars"] == len(story["body"])


@pytest.mark.parametrize(
    ("command", "path", "sentence"),
    [
        ("feed", "no.xml", "there is no such file"),
        ("wire", "no.xml", "there is no such file"),
        ("feed", "x.bin", "is a PDF"),
        ("wire", "x.bin", "is not in a wire format"),
    ],
)
def test_what_cannot_be_read_is_said(
    command: str, path: str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "x.bin").write_bytes(b"%PDF-1.7")
    done = lab(command, str(tmp_path / path))
    assert isinstance(done.exception, SourceError)  # which `main` prints, with exit code 2
    assert sentence in str(done.exception)


def test_the_figures_of_a_story_are_found_and_compared() -> None:
    told = [
        {"id": "a", "title": "Fire", "body": "The fire in the old hall killed 12 people in Tarn.",
         "date": "2026-03-04T14:05:00Z", "source": "Harbour Courier"},
        {"id": "b", "title": "", "body": "At least 15 people died in the fire in Tarn, Ebb said.",
         "date": "2026-03-04", "source": "Coast Monitor"},
    ]  # fmt: skip
    done = lab("figures", typed=json.dumps({"id": "s", "articles": told}))
    record = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [f["text"] for f in record["figures"]] == ["12 people", "At least 15 people"]
    (group,) = record["groups"]
    assert (group["kind"], group["subject"]) == ("differing", "dead")
    assert [r["source"] for r in group["reports"]] == ["Coast Monitor", "Harbour Courier"]
    first = record["figures"][0]
    assert told[0]["body"][first["start"] : first["end"]] == "12 people"
    assert (first["low"], first["high"], first["unit"]) == (12, 12, "")


def test_a_date_that_is_none_is_named() -> None:
    line = {"id": "s", "articles": [{"id": "a", "body": "Twelve died.", "date": "tomorrow"}]}
    done = lab("figures", typed=json.dumps(line))
    assert done.exit_code == 2
    assert "“tomorrow” is no date" in done.stderr


def test_a_written_sentence_is_kept_or_rejected_with_reasons() -> None:
    cited = ["Mira Ebb said on Monday that 12 boats would stay in Tarn.", "It rained."]
    asked = [
        {"id": "a", "sentence": "Ebb said twelve boats would stay in Tarn.", "cited": cited},
        {"id": "b", "sentence": "Ebb said 13 boats would stay in Tarn.", "cited": cited},
        {"id": "c", "sentence": cited[0], "cited": cited},
        {"id": "d", "sentence": "Il pleut.", "cited": ["Il pleut à Tarn."], "language": "fr"},
    ]
    done = lab("check", typed="\n".join(json.dumps(line) for line in asked))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [record["verdict"] for record in records] == ["kept", "rejected", "kept", "kept"]
    assert records[0]["derived"] == [{"words": "twelve", "source": "12"}]
    assert records[1]["reasons"] == [
        {"kind": "number", "words": "13", "reason": "no cited sentence has this number"}
    ]
    assert records[2]["reasons"] == []


def test_a_copied_sentence_is_kept_and_said_to_be_copied() -> None:
    text = "Mira Ebb said on Monday that twelve of the old boats would have to stay in Tarn."
    done = lab("check", typed=json.dumps({"id": "a", "sentence": text, "cited": [text]}))
    record = json.loads(done.stdout)
    assert record["verdict"] == "kept"
    assert [reason["kind"] for reason in record["reasons"]] == ["copied"]


def test_a_line_without_citations_is_rejected_and_one_that_is_no_record_is_named() -> None:
    done = lab("check", typed='{"id":"a","sentence":"It rained.","cited":[]}\n{"id":1}\n')
    assert json.loads(done.stdout)["reasons"][0]["kind"] == "uncited"
    assert done.stderr.startswith("line 2: ")
    assert done.exit_code == 2
