"""Writes quotes and reports as the lab prints them: one record for each piece, or report."""

from bot.news import Quote
from bot.quotes.indirect import Indirect

Record = dict[str, str | int | float | bool | None]


def quote_record(quote: Quote) -> list[Record]:
    """Return one record for each piece of a statement, in text order; none for any other use.

    Keys: `start`, `end` (code points of the body), `text`, `speaker` (the words of the name, or
    None), `cue`, `via`, `type` ("direct" or "mixed"), `confidence`, `certain`.
    """
    if quote.use != "statement":
        return []
    attribution = quote.attribution
    return [
        {
            "start": piece.span.start,
            "end": piece.span.end,
            "text": piece.words,
            "speaker": attribution.speaker.name.words if attribution.speaker else None,
            "cue": attribution.cue.words if attribution.cue else None,
            "via": attribution.via[0].words if attribution.via else None,
            "type": "mixed" if quote.kind == "partial" else "direct",
            "confidence": attribution.confidence,
            "certain": attribution.certain,
        }
        for piece in quote.pieces
    ]


def indirect_record(report: Indirect) -> Record:
    """Return the record of one report of speech.

    Keys: `start`, `end` (code points of the body), `content`, `speaker`, `cue`, `confidence`,
    `certain`. The key `text` is left to quotes: nobody said these words.
    """
    attribution = report.attribution
    return {
        "start": report.content.span.start,
        "end": report.content.span.end,
        "content": report.content.words,
        "speaker": attribution.speaker.name.words if attribution.speaker else None,
        "cue": attribution.cue.words if attribution.cue else None,
        "confidence": attribution.confidence,
        "certain": attribution.certain,
    }
