"""The card of a briefing, and the cards of its parts."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.phrases import count, day_and_hour, listed, short_hour
from bot.news import Brief, Briefing, Coverage, Insertion, Quote, Reference, Sentence, Taken
from bot.text import squeeze


def briefing_card(briefing: Briefing, zone: tzinfo) -> Card:
    """Return the whole edition as a card, with local times in `zone`."""
    head = Heading(f"Briefing, {day_and_hour(briefing.made_at, zone)}", 1)
    stories = [block for brief in briefing.briefs for block in _brief_blocks(brief, zone)]
    return Card((head, Note((Run(_edition_line(briefing)),)), *stories, *_foot(briefing)))


def story_card(briefing: Briefing, brief: Brief, zone: tzinfo) -> Card:
    """Return one story of the edition as a card of its own."""
    return Card((*_brief_blocks(brief, zone), Note((Run(_provenance(briefing)),))))


def quotes_card(briefing: Briefing, speaker: str = "") -> Card:
    """Return the key quotes of the edition, story by story; only the speaker's if one is named."""
    blocks: list[Block] = [Heading(f"Quotes of {speaker}" if speaker else "Quotes", 1)]
    for brief in briefing.briefs:
        quotes = [q for q in brief.quotes if _spoken_by(q, speaker)]
        if quotes:
            blocks.append(Heading(_plain(brief.headline), 2))
            blocks += [_quote_block(brief, quote) for quote in quotes]
            blocks.append(_source_lines(brief, {q.article_id for q in quotes}))
    if len(blocks) == 1:
        blocks.append(Paragraph((Run("No quote found."),)))
    return Card((*blocks, Note((Run(_provenance(briefing)),))))


def _spoken_by(quote: Quote, name: str) -> bool:
    if not name:
        return True
    return quote.speaker is not None and name.casefold() in quote.speaker.name.words.casefold()


def _edition_line(briefing: Briefing) -> str:
    coverage = briefing.coverage
    told, found = len(briefing.briefs), briefing.stories_found
    stories = count(found, "story", "stories")
    if told < found:
        stories = f"{told} of {stories}"
    read = f"{count(coverage.articles, 'article')} from {count(coverage.sources, 'source')}"
    if not told:
        return f"{count(coverage.articles, 'item')} seen, none passed."
    return f"{stories}, from {read}."


def _brief_blocks(brief: Brief, zone: tzinfo) -> Iterator[Block]:
    yield Heading(_plain(brief.headline), 2)
    if brief.sentences:
        yield Bullets(tuple(tuple(_sentence_runs(brief, s)) for s in brief.sentences))
    for quote in brief.quotes:
        yield _quote_block(brief, quote)
    origins = count(len(brief.story.origins), "origin")
    reprints = len(brief.references) - len(brief.story.origins)
    extra = f", {count(reprints, 'reprint')}" if reprints else ""
    yield Note((Run(f"Sources ({origins}{extra})"),))
    yield Bullets(tuple(_reference_runs(r, zone) for r in brief.references), numbered=True)
    if brief.second_hand:
        yield Note(tuple(_second_hand_runs(brief)))


def _plain(sentence: Sentence) -> str:
    return squeeze(" ".join(text for text, _ in _parts(sentence)))


def _parts(sentence: Sentence) -> Iterator[tuple[str, list[str]]]:
    """Return each part's words as printed, with the ids of the articles that they come from."""
    for part in sentence.parts:
        if isinstance(part, Taken):
            yield squeeze(part.passage.words), [part.passage.span.article_id]
        elif isinstance(part, Insertion):
            yield f"[{squeeze(part.passage.words)}]", [part.passage.span.article_id]
        else:
            yield squeeze(part.text), [cite.span.article_id for cite in part.cites]


def _sentence_runs(brief: Brief, sentence: Sentence) -> Iterator[Run]:
    yield Run(_plain(sentence))
    ids = dict.fromkeys(i for _, cited in _parts(sentence) for i in cited)
    taken = any(isinstance(part, Taken) for part in sentence.parts)
    for article_id in ids:
        yield from _citation(brief, article_id, named=taken)


def _citation(brief: Brief, article_id: str, *, named: bool) -> Iterator[Run]:
    reference = brief.reference(article_id)
    number = f"[{brief.number(article_id)}]"
    outlet = f"{squeeze(reference.outlet)} " if named else ""
    yield Run(f" {outlet}{number}", "quiet", reference.address)


def _quote_block(brief: Brief, quote: Quote) -> QuoteBlock:
    runs = [Run(_credit(quote))]
    runs += _citation(brief, quote.article_id, named=True)
    return QuoteBlock(tuple(squeeze(piece.words) for piece in quote.pieces), tuple(runs))


def _credit(quote: Quote) -> str:
    """Say who spoke, in the article's words, and plainly when that is not certain."""
    speaker = quote.speaker
    if speaker is None:
        credit = "speaker not named"
    else:
        credit = squeeze(speaker.name.words)
        if speaker.role:
            credit += f", {squeeze(speaker.role.words)}"
        if not quote.attribution.certain:
            credit += " (speaker not certain)"
    if quote.standing == "anonymous":
        credit += " (anonymous)"
    if quote.language:
        credit += f" (in {quote.language})"
    return credit + _chain(quote)


def _chain(quote: Quote) -> str:
    """Say who reported it first; an outlet that is the speaker itself is not named twice."""
    if not quote.attribution.via:
        return ""
    speaker = quote.speaker.name.words if quote.speaker else ""
    first = [squeeze(v.words) for v in quote.attribution.via if v.words != speaker]
    return f", per {listed(first)}, via" if first else ", via"


def _reference_runs(reference: Reference, zone: tzinfo) -> tuple[Run, ...]:
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


def _source_lines(brief: Brief, ids: Iterable[str]) -> Note:
    """Say what the numbers behind the quotes stand for."""
    runs: list[Run] = []
    for number in sorted(brief.number(i) for i in ids):
        reference = brief.references[number - 1]
        runs.append(Run(f"[{number}] {squeeze(reference.outlet)}  ", href=reference.address))
    return Note(tuple(runs))


def _second_hand_runs(brief: Brief) -> Iterator[Run]:
    yield Run("At second hand: ")
    for position, second in enumerate(brief.second_hand):
        number = brief.number(second.claim.span.article_id)
        kind = " (report)" if second.kind == "document" else ""
        yield Run(f"{', ' if position else ''}{squeeze(second.name.words)}{kind} [{number}]")


def _foot(briefing: Briefing) -> Iterator[Block]:
    coverage = briefing.coverage
    if coverage.held:
        yield Note((Run(f"{count(coverage.held, 'article')} held back (embargo, kill)."),))
    if coverage.unread:
        yield Note((Run(_unread_line(coverage)),))
        yield Bullets(tuple((Run(f"{u.address}: {u.reason}"),) for u in coverage.unread))
    yield Note((Run(_provenance(briefing)),))


def _unread_line(coverage: Coverage) -> str:
    return f"{count(len(coverage.unread), 'address', 'addresses')} could not be read:"


def _provenance(briefing: Briefing) -> str:
    version = f", version {briefing.version}" if briefing.version > 1 else ""
    how = (
        "put together from the sources' own sentences, without a model"
        if briefing.writer == "extractive"
        else f"written by {briefing.writer}"
    )
    checked = sum(1 for _ in briefing.passages())
    return (
        f"Briefing {briefing.id}{version}, {how}; "
        f"{count(checked, 'passage')} checked against the stored sources."
    )
