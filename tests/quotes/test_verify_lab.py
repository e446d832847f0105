import json

import msgspec
import pytest

from bot.lab.quotes import verify_stage

TEXT = "“The hull needs plates,” said Mira Tolland."


def line(words: str, *, speaker: str = "", text: str = TEXT) -> bytes:
    sources = [{"id": "x", "text": text}]
    asked = {"id": "1", "words": words, "speaker": speaker, "sources": sources}
    return json.dumps(asked).encode()


def test_a_line_becomes_a_verdict_with_span_speaker_and_differences() -> None:
    stage = verify_stage()
    exact = stage(line("The hull needs plates", speaker="Tolland"))
    assert exact["verdict"] == "exact"
    assert exact["span"] == {
        "source": "x",
        "start": 1,
        "end": 22,
        "text": "The hull needs plates",
        "said": True,
        "speaker": "Mira Tolland",
        "certain": True,
    }
    altered = stage(line("The hull needs no plates"))
    assert altered["differences"] == [{"kind": "negation", "given": "no", "found": ""}]


def test_another_story_is_looked_up_in_its_own_texts() -> None:
    stage = verify_stage()
    assert stage(line("The hull needs plates"))["verdict"] == "exact"
    other = stage(line("The hull needs plates", text="It rained all day."))
    assert (other["verdict"], other["span"]) == ("not found", None)


def test_a_line_without_sources_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        verify_stage()(b'{"id": "1", "words": "a"}')
