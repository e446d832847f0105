"""Prints sentences and quotes with the numbers of their sources, and the sources themselves."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Final

from bot.cards import Note, QuoteBlock, Run
from bot.delivery.phrases import listed, short_hour
from bot.errors import VerificationError
from bot.news import Insertion, Quote, Reference, Sentence, Speaker, Taken
from bot.text import squeeze

CLOSING: Final = (",", ".", ";", ":", "!", "?", ")", "’", "'", "”")


def sentence_runs(references: Sequence[Reference], sentence: Sentence) -> tuple[Run, ...]:
    """Return the sentence and, for each article it stands on, its number in the sources list.

    The outlet is named where words are taken over from it.
    """
    ids = dict.fromkeys(i for _, cited in _parts(sentence) for i in cited)
    taken = any(isinstance(part, Taken) for part in sentence.parts)
    return Run(plain(sentence)), *(citation(references, i, named=taken) for i in ids)


def plain(sentence: Sentence) -> str:
    """Return the sentence on one line, its insertions in square brackets.

    Between two parts there is a space, but not before a mark that closes: "[Mira Tolland], too".
    """
    said = ""
    for text, _ in _parts(sentence):
        said += text if not said or text.startswith(CLOSING) else f" {text}"
    return squeeze(said)


def _parts(sentence: Sentence) -> Iterator[tuple[str, list[str]]]:
    """Return each part's words as printed, with the ids of the articles that they come from."""
    for part in sentence.parts:
        if isinstance(part, Taken):
            yield squeeze(part.passage.words), [part.passage.span.article_id]
        elif isinstance(part, Insertion):
            yield f"[{squeeze(part.passage.words)}]", [part.passage.span.article_id]
        else:
            yield squeeze(part.text), [cite.span.article_id for cite in part.cites]


def citation(references: Sequence[Reference], article_id: str, *, named: bool) -> Run:
    """Return the article's number in square brackets, after its outlet if `named`, as a link.

    Raises:
        VerificationError: the article is not in the list.
    """
    number, reference = numbered(references, article_id)
    outlet = f"{squeeze(reference.outlet)} " if named else ""
    return Run(f" {outlet}[{number}]", "quiet", reference.address)


def numbered(references: Sequence[Reference], article_id: str) -> tuple[int, Reference]:
    """Return the article's line in a sources list with its number, counted from 1.

    Raises:
        VerificationError: the article is not in the list.
    """
    for number, reference in enumerate(references, start=1):
        if reference.article_id == article_id:
            return number, reference
    raise VerificationError(f"Article {article_id} is not in the sources list.")


def quote_block(references: Sequence[Reference], quote: Quote) -> QuoteBlock:
    """Return the statement in its pieces, with who said it and the citation."""
    cited = citation(references, quote.article_id, named=True)
    _, reference = numbered(references, quote.article_id)
    credit = Run(f"{_credit(quote)}{_chain(quote, reference.outlet) or ' ·'}")
    return QuoteBlock(tuple(squeeze(piece.words) for piece in quote.pieces), (credit, cited))


def _credit(quote: Quote) -> str:
    """Say who spoke, in the article's words, and plainly when that is not certain."""
    speaker = quote.speaker
    if speaker is None:
        credit = "speaker not named"
    else:
        credit = _name(speaker)
        if not quote.attribution.certain:
            credit += " (speaker not certain)"
    if quote.attribution.corrected:
        credit += " (speaker corrected by an editor)"
    if quote.standing == "anonymous":
        credit += " (anonymous)"
    if quote.language:
        credit += f" (in {quote.language})"
    return credit


def _name(speaker: Speaker) -> str:
    """Return name and role in the article's words: a title stands before the name, as it did."""
    name = squeeze(speaker.name.words)
    if speaker.role is None:
        return name
    role = squeeze(speaker.role.words)
    is_title = speaker.role.span.end + 1 == speaker.name.span.start
    return f"{role} {name}" if is_title else f"{name}, {role}"


def _chain(quote: Quote, outlet: str) -> str:
    """Say who reported it first; nobody is named twice: not the speaker, nor the outlet cited."""
    others = [v.words for v in quote.attribution.via if v.words != outlet]
    if not others:
        return ""
    speaker = quote.speaker.name.words if quote.speaker else ""
    first = [squeeze(words) for words in others if words != speaker]
    return f", per {listed(first)}, via" if first else ", via"


def reference_runs(reference: Reference, zone: tzinfo) -> tuple[Run, ...]:
    """Return outlet, title as a link, and time in `zone`, without the number."""
    title = squeeze(reference.title.words) if reference.title else "untitled"
    facts = [short_hour(reference.published_at, zone)] if reference.published_at else []
    facts += ["reprint"] if reference.reprint else []
    facts += ["changed since first read"] if reference.corrected else []
    tail = f" ({'; '.join(facts)})" if facts else ""
    return (
        Run(f"{squeeze(reference.outlet)}: "),
        Run(title, href=reference.address),
        Run(tail, "quiet"),
    )


def source_lines(references: Sequence[Reference], ids: Iterable[str]) -> Note:
    """Return in small print what the numbers of these articles stand for, in their order.

    Raises:
        VerificationError: one of them is not in the list.
    """
    found = sorted((numbered(references, i) for i in set(ids)), key=lambda pair: pair[0])
    runs = [
        run
        for n, r in found
        for run in (Run(" · "), Run(f"[{n}] {squeeze(r.outlet)}", href=r.address))
    ]
    return Note(tuple(runs[1:]))
