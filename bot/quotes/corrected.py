"""Applies what editors decided of quotes: who said these words, or that nobody did.

A decision is about words at a place in one revision. In another revision of the article it holds
where the same words stand with the same words around them.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.news import Attribution, Passage, Quote, Revision, Speaker, WrongReport
from bot.text import squeeze

NO_STATEMENT = "term"
"""The use of words between marks of which an editor says that nobody said them."""


def corrected(
    quotes: Sequence[Quote], revision: Revision, decided: Sequence[WrongReport]
) -> tuple[Quote, ...]:
    """Return the quotes of the revision as editors decided of them; the last decision counts."""
    found = list(quotes)
    for report in decided:
        places = [n for n, quote in enumerate(found) if _is_meant(quote, revision, report)]
        # the same words twice in the same surroundings: nobody knows which was meant
        if len(places) == 1:
            found[places[0]] = as_decided(found[places[0]], revision, report)
    return tuple(found)


def as_decided(quote: Quote, revision: Revision, report: WrongReport) -> Quote:
    """Return the quote as the report has it."""
    if report.kind == "not a quote":
        return replace(quote, use=NO_STATEMENT)
    name = speaker_in(revision, report)
    if name is None:
        return replace(quote, attribution=Attribution(corrected=True), standing="unknown")
    via = quote.attribution.via
    said = Attribution(Speaker(name), None, via, confidence=1.0, certain=True, corrected=True)
    return replace(quote, attribution=said, standing="on record")


def speaker_in(revision: Revision, report: WrongReport) -> Passage | None:
    """Return the name that the report gives, where it stands in the revision nearest its quote."""
    name = report.speaker
    if name is None:
        return None
    if revision.body_sha256 == report.body_sha256:
        return revision.passage("body", name.span.start, name.span.end)
    starts = _starts(revision.body, name.words)
    near = report.quote[0].span.start
    start = min(starts, key=lambda at: abs(at - near), default=None)
    return None if start is None else revision.passage("body", start, start + len(name.words))


def _is_meant(quote: Quote, revision: Revision, report: WrongReport) -> bool:
    pieces = [(p.span.start, p.span.end) for p in quote.pieces]
    if revision.body_sha256 == report.body_sha256:
        return pieces == [(p.span.start, p.span.end) for p in report.quote]
    if [squeeze(p.words) for p in quote.pieces] != [squeeze(p.words) for p in report.quote]:
        return False
    before, after = around(revision.body, pieces[0][0], pieces[-1][1], len(report.before))
    return squeeze(before)[-len(squeeze(report.before)) :] == squeeze(report.before) or (
        squeeze(after)[: len(squeeze(report.after))] == squeeze(report.after)
    )


def around(body: str, start: int, end: int, size: int) -> tuple[str, str]:
    """Return so many characters before and after a stretch of the body."""
    return body[max(0, start - size) : start], body[end : end + size]


def _starts(body: str, words: str) -> list[int]:
    found, at = [], body.find(words)
    while at >= 0:
        found.append(at)
        at = body.find(words, at + 1)
    return found
