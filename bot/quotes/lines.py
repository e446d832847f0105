"""Writes quotes as the lab prints them: one record for each piece of a statement."""

from bot.news import Quote


def quote_record(quote: Quote) -> list[dict[str, str | int | float | bool | None]]:
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
