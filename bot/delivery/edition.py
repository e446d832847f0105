"""The card of a briefing, and the cards of its parts."""

from collections.abc import Iterator
from datetime import tzinfo

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.citing import plain, quote_block, reference_runs, sentence_runs, source_lines
from bot.delivery.differing import differing_notes
from bot.delivery.how_written import how_line, writers
from bot.delivery.phrases import count, day_and_hour, short_hour
from bot.delivery.telling import changed_blocks, lead_paragraph, title_of, unconfirmed_blocks
from bot.news import Brief, Briefing, Coverage, Quote
from bot.text import squeeze


def briefing_card(briefing: Briefing, zone: tzinfo) -> Card:
    """Return the whole edition as a card, with local times in `zone`."""
    head = Heading(headline(briefing, zone), 1)
    numbers = range(1, len(briefing.briefs) + 1) if len(briefing.briefs) > 1 else (None,)
    stories = [
        block
        for number, brief in zip(numbers, briefing.briefs, strict=False)
        for block in _brief_blocks(brief, zone, number=number)
    ]
    counts = Note((Run(f"{mark_line(briefing, zone)}{edition_line(briefing)}"),))
    lead = lead_paragraph(briefing)
    top: tuple[Block, ...] = (head, *late_note(briefing, zone), counts, *note_of_editors(briefing))
    return Card((*top, *lead, *stories, *foot(briefing)))


def headline(briefing: Briefing, zone: tzinfo) -> str:
    """Return "Briefing, Thursday 17 September 2026, 07:00 BST": when it is due, or was made."""
    return f"Briefing, {day_and_hour(briefing.due_at or briefing.made_at, zone)}"


def late_note(briefing: Briefing, zone: tzinfo) -> tuple[Note, ...]:
    """Say when a late edition was due, when it was made instead, and why; nothing of others."""
    if not (briefing.late and briefing.due_at):
        return ()
    due, made = short_hour(briefing.due_at, zone), short_hour(briefing.made_at, zone)
    return (Note((Run(f"Due {due}, made {made}: late because {briefing.late}."),)),)


def note_of_editors(briefing: Briefing) -> tuple[Note, ...]:
    """Return the editors' own words, marked as theirs; nothing if there are none."""
    if not briefing.editors_note:
        return ()
    return (Note((Run("Editors’ note: ", "strong"), Run(briefing.editors_note))),)


def story_card(briefing: Briefing, brief: Brief, zone: tzinfo) -> Card:
    """Return one story of the edition as a card of its own."""
    return Card((*_brief_blocks(brief, zone), Note((Run(_provenance(briefing)),))))


def quotes_card(briefing: Briefing, speaker: str = "") -> Card:
    """Return the key quotes of the edition, story by story; only the speaker's if one is named."""
    blocks: list[Block] = [Heading(f"Quotes of {speaker}" if speaker else "Quotes", 1)]
    for brief in briefing.briefs:
        quotes = [q for q in brief.quotes if _spoken_by(q, speaker)]
        if quotes:
            blocks.append(Heading(plain(brief.headline), 2))
            blocks += [quote_block(brief.references, quote) for quote in quotes]
            blocks.append(source_lines(brief.references, {q.article_id for q in quotes}))
    if len(blocks) == 1:
        blocks.append(Paragraph((Run("No quote found."),)))
    return Card((*blocks, Note((Run(_provenance(briefing)),))))


def _spoken_by(quote: Quote, name: str) -> bool:
    if not name:
        return True
    return quote.speaker is not None and name.casefold() in quote.speaker.name.words.casefold()


def mark_line(briefing: Briefing, zone: tzinfo) -> str:
    """Return "New since 16 Sep, 19:00: " of a briefing for who knows what was there by then."""
    mark = briefing.coverage.mark
    return f"New since {short_hour(mark, zone)}: " if mark else ""


def edition_line(briefing: Briefing) -> str:
    """Say how many stories are told, and how much was read for them."""
    coverage = briefing.coverage
    told, found = len(briefing.briefs), briefing.stories_found
    stories = count(found, "story", "stories")
    if told < found:
        stories = f"{told} of {stories}"
    usable = count(coverage.articles - coverage.held, "article")
    read = f"{usable} from {count(coverage.sources, 'source')}"
    if not told and briefing.corrections:
        return "No story of this edition stands any more."
    again = count(coverage.repeats, "story", "stories") if coverage.repeats else ""
    if not told and not again:
        return f"{count(coverage.articles, 'item')} seen, none passed."
    if not told:
        return f"{count(coverage.articles, 'item')} seen, nothing new in {again} told before."
    return f"{stories}, from {read}{again and f'; nothing new in {again} told before'}."


def _brief_blocks(brief: Brief, zone: tzinfo, *, number: int | None = None) -> Iterator[Block]:
    yield Heading(f"{f'{number}. ' if number else ''}{title_of(brief)}", 2)
    yield from changed_blocks(brief, zone)
    if brief.sentences:
        yield Bullets(tuple(sentence_runs(brief.references, s) for s in brief.sentences))
    yield from unconfirmed_blocks(brief)
    yield from differing_notes(brief, zone)
    for quote in brief.quotes:
        yield quote_block(brief.references, quote)
    if brief.chosen_for:
        yield Note((Run(f"Why it is here: {brief.chosen_for}."),))
    origins = count(len(brief.story.origins), "origin")
    reprints = sum(len(origin.reprints) for origin in brief.story.origins)
    extra = f", {count(reprints, 'reprint')}" if reprints else ""
    yield Note((Run(f"Sources ({origins}{extra})"),))
    yield Bullets(tuple(reference_runs(r, zone) for r in brief.references), numbered=True)
    if brief.second_hand:
        yield Note(tuple(_second_hand_runs(brief)))
    if how := how_line(brief.how):
        yield Note((Run(how),))


def _second_hand_runs(brief: Brief) -> Iterator[Run]:
    yield Run("At second hand: ")
    for position, second in enumerate(brief.second_hand):
        number = brief.number(second.claim.span.article_id)
        kind = " (report)" if second.kind == "document" else ""
        yield Run(f"{', ' if position else ''}{squeeze(second.name.words)}{kind} [{number}]")


def foot(briefing: Briefing, *, named: int | None = None) -> Iterator[Block]:
    """Return what was held back and could not be read, and how the briefing was written.

    Of the addresses that could not be read, `named` are named and the others counted.
    """
    coverage = briefing.coverage
    if coverage.held:
        yield Note((Run(f"{count(coverage.held, 'article')} held back (embargo, kill)."),))
    if coverage.unread:
        yield Note((Run(_unread_line(coverage)),))
        lines = [f"{u.address}: {u.reason}" for u in coverage.unread[:named]]
        more = len(coverage.unread) - len(lines)
        yield Bullets(tuple((Run(line),) for line in (*lines, *[f"and {more} more"] * bool(more))))
    yield Note((Run(_provenance(briefing)),))


def _unread_line(coverage: Coverage) -> str:
    return f"{count(len(coverage.unread), 'address', 'addresses')} could not be read:"


def _provenance(briefing: Briefing) -> str:
    version = f", version {briefing.version}" if briefing.version > 1 else ""
    checked = sum(1 for _ in briefing.passages())
    return (
        f"Briefing {briefing.id}{version}, {writers(briefing)}; "
        f"{count(checked, 'passage')} checked against the stored sources."
    )
