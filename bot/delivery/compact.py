"""An edition as chat messages that read well on a phone: short stories, each with its button."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Final

from bot.cards import Block, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.chat_text import stretches, units
from bot.delivery.citing import numbered, quote_block, reference_runs, sentence_runs
from bot.delivery.differing import differing_notes
from bot.delivery.edition import (
    edition_line,
    foot,
    headline,
    late_note,
    mark_line,
    note_of_editors,
)
from bot.delivery.how_written import how_line
from bot.delivery.phrases import count, short_hour
from bot.delivery.telling import (
    changed_runs,
    lead_paragraph,
    reported_by,
    short_told,
    title_of,
    unconfirmed_blocks,
)
from bot.news import Brief, Briefing, Coverage, Dossier, Quote

MAX_UNITS: Final = 4000
"""Characters over all text displays of a message. Source: Discord API, "Component Reference"."""
MAX_COMPONENTS: Final = 40
"""Components of a message, nested ones counted. Source: the same."""
FRAME_COMPONENTS: Final = 5
"""The container; a line, a text, a row and its menu at the end of each message."""
STORY_COMPONENTS: Final = 4
"""A line, a section, its text and its button."""

PLAINER: Final = 2
"""Steps towards brevity that leave no sentence or quote out."""
SENTENCES: Final = 2
"""Sentences of a story, unless fewer bring the edition into one message."""
DOUBTS: Final = 1
"""Sentences on what is not confirmed."""
DIFFERING: Final = "Reports differ; Open tells how."
DISAGREEMENTS: Final = 1
"""Disagreements of a story that its edition names; its thread names all."""
KEY_QUOTES: Final = 3
"""Of the first so many quotes the shortest may stand for the first."""
NAMED: Final = 3
"""Addresses that could not be read which are named; *Open* names them all."""
CONTINUED: Final = "-# The edition goes on in the next message."


@dataclass(frozen=True)
class Stretch:
    """Text of a message; where a story begins, its number in the edition, from 1, and its brief."""

    text: str
    story: int | None = None
    told: Brief | None = None


@dataclass(frozen=True)
class ChatMessage:
    """One message: its texts in order, and what stands above the menu at its end.

    Its stories have the numbers of the version `counted_in`, 0 for the one that it shows.
    """

    stretches: tuple[Stretch, ...]
    closing: str
    counted_in: int = 0

    @property
    def units(self) -> int:
        """Characters of all its texts, as `MAX_UNITS` counts them."""
        return units(self.closing) + sum(units(stretch.text) for stretch in self.stretches)

    @property
    def components(self) -> int:
        """Components of the message, as `MAX_COMPONENTS` counts them."""
        return FRAME_COMPONENTS + sum(map(_components, self.stretches))


def edition_messages(dossier: Dossier, zone: tzinfo) -> tuple[ChatMessage, ...]:
    """Return the messages that together tell every story of the edition, in order.

    One message if it can be: at most two sentences and one key quote of each story. What is left
    out of a story stands in its thread; no sentence, quote or story is cut.
    """
    edition = dossier.briefing
    closings = stretches(foot(edition, named=NAMED))
    steps = brevities(len(edition.briefs))
    # stories that need more components than a message has do not fit, however short they are
    may_fit = FRAME_COMPONENTS + STORY_COMPONENTS * len(edition.briefs) <= MAX_COMPONENTS
    for brevity in range(steps if may_fit else 0):
        messages = pack(_edition_stretches(edition, zone, brevity), closings)
        if len(messages) == 1:
            return messages
    return pack(_edition_stretches(edition, zone, 0), closings)


def brevities(stories: int) -> int:
    """Return in how many ways, each shorter than the one before, so many stories can be told."""
    return PLAINER + 3 * stories + 1


def post_keys(key: str, messages: int) -> tuple[str, ...]:
    """Return the keys of an edition's posts, one for each of its messages."""
    return tuple(f"{key}/{number}" for number in range(1, messages + 1))


def message_number(post_key: str) -> int:
    """Return which message of its edition the post is, from 1, as `post_keys` numbered it."""
    number = post_key.rpartition("/")[2]
    return int(number) if number.isdecimal() else 1


def card_texts(card: Card) -> tuple[str, ...]:
    """Return any card as texts of messages, each within `MAX_UNITS`."""
    return stretches(card.blocks)


def _edition_stretches(edition: Briefing, zone: tzinfo, brevity: int) -> Iterator[Stretch]:
    """Return head and stories; with each step of `brevity` there is less of them.

    First the names of the outlets go, which the citations tell, then the lead paragraph, whose
    headlines follow. From then on, from the last story to the first they lose their second
    sentence, and then, if there are more steps than stories, again from the last on, a long key
    quote gives way to a short one, and at last where reports differ to a word that they do.
    """
    yield from head_stretches(edition, zone, brevity)
    yield from story_stretches([*enumerate(edition.briefs, start=1)], zone, brevity)


def head_stretches(edition: Briefing, zone: tzinfo, brevity: int) -> tuple[Stretch, ...]:
    """Return what stands above the first story."""
    head = _head(edition, zone, leads=brevity < PLAINER)
    return tuple(Stretch(text) for text in stretches(head))


def story_stretches(
    numbered_briefs: Sequence[tuple[int, Brief]], zone: tzinfo, brevity: int
) -> Iterator[Stretch]:
    """Return stories with their numbers in the edition, as short as `brevity` asks."""
    stories, shorter = len(numbered_briefs), max(0, brevity - PLAINER)
    for position, (number, brief) in enumerate(numbered_briefs, start=1):
        after = stories - position
        sentences = 1 if after < shorter else SENTENCES
        quote = _key_quote(brief, short=after < shorter - stories)
        differing = after >= shorter - 2 * stories
        told = _story(brief, zone, sentences, quote, differing=differing)
        counts = Note((Run(_counts(brief, named=not brevity)),))
        first, *rest = stretches((*told, counts))
        yield Stretch(first, number, brief)
        yield from (Stretch(text) for text in rest)


def _head(edition: Briefing, zone: tzinfo, *, leads: bool) -> Iterator[Block]:
    yield Heading(headline(edition, zone), 2)
    yield from late_note(edition, zone)
    yield Note(
        (Run(mark_line(edition, zone) + edition_line(edition) + _window(edition.coverage, zone)),)
    )
    yield from note_of_editors(edition)
    if leads:
        yield from lead_paragraph(edition)


def _window(coverage: Coverage, zone: tzinfo) -> str:
    """Say since when articles count, and what a story needed to pass."""
    if coverage.since is None:
        return ""
    about = f", with the words {coverage.about}" if coverage.about else ""
    least = count(coverage.min_origins, "origin")
    return f" Since {short_hour(coverage.since, zone)}; stories of at least {least}{about}."


def _story(
    brief: Brief, zone: tzinfo, sentences: int, quote: Quote | None, *, differing: bool
) -> Iterator[Block]:
    yield Heading(title_of(brief), 3)
    runs: list[Run] = [*changed_runs(brief, zone)]
    for position, sentence in enumerate(short_told(brief, sentences)):
        runs += [Run(" ")] if position else []
        runs += sentence_runs(brief.references, sentence)
    linked: set[str] = set()
    yield Paragraph(_link_once(runs, linked))
    notes = (
        *unconfirmed_blocks(brief, at_most=DOUBTS),
        *differing_notes(brief, zone, at_most=DISAGREEMENTS if differing else 0),
    )
    for note in notes:
        yield Note(_link_once(note.runs, linked))
    if brief.disagreements and not differing:
        yield Note((Run(DIFFERING),))
    if quote:
        block = _quote(brief, quote, zone)
        yield replace(block, attribution=_link_once(block.attribution, linked))
    if not any(linked):  # a story that is all headline leads to its source too
        article_id = next(brief.headline.passages()).span.article_id
        yield Note(reference_runs(numbered(brief.references, article_id)[1], zone))


def _key_quote(brief: Brief, *, short: bool) -> Quote | None:
    """Return the first quote, or the shortest of the first few that are as whole as that one."""
    first = brief.quotes[:1]
    if not short:
        return next(iter(first), None)
    alike = [q for q in brief.quotes[:KEY_QUOTES] if q.kind == first[0].kind]
    return min(
        alike, key=lambda quote: sum(len(piece.words) for piece in quote.pieces), default=None
    )


def _quote(brief: Brief, quote: Quote, zone: tzinfo) -> QuoteBlock:
    block = quote_block(brief.references, quote)
    _, reference = numbered(brief.references, quote.article_id)
    if not reference.published_at:
        return block
    hour = Run(f", {short_hour(reference.published_at, zone)}")
    return replace(block, attribution=(*block.attribution, hour))


def _link_once(runs: Iterable[Run], linked: set[str]) -> tuple[Run, ...]:
    """Return the runs with each address linked at its first number: it counts as characters."""
    found = []
    for run in runs:
        found.append(replace(run, href="") if run.href in linked else run)
        linked.add(run.href)
    return tuple(found)


def _counts(brief: Brief, *, named: bool) -> str:
    """Say "Harbour Courier and Radio Tamble · 2 origins · 1 reprint", and if a model wrote."""
    reprints = sum(len(origin.reprints) for origin in brief.story.origins)
    more = len(brief.quotes) - 1
    facts = [reported_by(brief)] if named else []
    facts += [count(len(brief.story.origins), "origin")]
    facts += [count(reprints, "reprint")] if reprints > 0 else []
    facts += [count(more, "more quote")] if more > 0 else []
    facts += [how] if (how := how_line(brief.how)) else []
    return " · ".join(facts)


def _components(stretch: Stretch) -> int:
    return STORY_COMPONENTS if stretch.story else 1


def pack(parts: Iterable[Stretch], closings: Sequence[str]) -> tuple[ChatMessage, ...]:
    """Fill messages in order; the last of the closings closes the last of them."""
    messages = [ChatMessage((), CONTINUED)]
    for part in (*parts, *(Stretch(text) for text in closings[:-1])):
        longer = replace(messages[-1], stretches=(*messages[-1].stretches, part))
        if _fits(longer) or not messages[-1].stretches:
            messages[-1] = longer
        else:
            messages.append(ChatMessage((part,), CONTINUED))
    last = replace(messages[-1], closing=closings[-1])
    if _fits(last):
        return (*messages[:-1], last)
    return (*messages, ChatMessage((), closings[-1]))


def _fits(message: ChatMessage) -> bool:
    return message.units <= MAX_UNITS and message.components <= MAX_COMPONENTS
