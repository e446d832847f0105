"""The checks on written sentences alone."""

from typing import Any

import msgspec

from bot.lab.lines import Stage
from bot.language import load_check_words
from bot.text import clean
from bot.writing.checks import Cited, check_sentence


class CheckLine(msgspec.Struct):
    """A line for `lab check`; without a language it is English."""

    id: str
    sentence: str
    cited: list[str]
    language: str = "en"


def check_stage() -> Stage:
    """Return the stage that says of a sentence whether the cited texts support it.

    A sentence that copies is `kept`, with a reason of the kind `copied`: it would be printed as
    taken from its source. Quotation marks are kept around words that a cited text has in marks.
    """
    decoder = msgspec.json.Decoder(CheckLine)

    def check(line: bytes) -> dict[str, Any]:
        asked = decoder.decode(line)
        cited = [Cited(clean(text)) for text in asked.cited]
        words = load_check_words(asked.language)
        checked = check_sentence(
            clean(asked.sentence), cited, words, language=asked.language, resolved=True
        )
        return {
            "id": asked.id,
            "verdict": "kept" if checked.is_supported else "rejected",
            "reasons": checked.faults,
            "derived": checked.derived,
        }

    return check
