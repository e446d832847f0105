"""Writes verdicts as the lab prints them."""

from typing import Any

from bot.news import Place, Verdict


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON values.

    Keys: `verdict`; `span`, the first place, or None; `places`, all of them; `differences`, each
    with `kind`, `given`, `found`. A place has `source`, `start`, `end` (code points), `text`,
    `said` (somebody's words, not the article's), `speaker` (as the article names it, or None) and
    `certain`.
    """
    places = [_place(place) for place in verdict.places]
    return {
        "verdict": verdict.kind,
        "span": places[0] if places else None,
        "places": places,
        "differences": [
            {"kind": d.kind, "given": d.given, "found": d.found} for d in verdict.differences
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    span = place.passage.span
    return {
        "source": span.article_id,
        "start": span.start,
        "end": span.end,
        "text": place.passage.words,
        "said": place.said,
        "speaker": place.speaker.name.words if place.speaker else None,
        "certain": place.certain,
    }
